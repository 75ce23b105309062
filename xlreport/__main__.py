"""`python -m xlreport` is the same program as `xlreport`."""

import sys

from xlreport.cli import main

if __name__ == "__main__":
    sys.exit(main())
