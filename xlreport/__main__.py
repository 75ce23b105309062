"""Where a process starts: `xlreport` and `python -m xlreport` are the same program."""

import gc
import sys


def main() -> int:
    """Run one command. One command ends before collecting garbage would pay: seldom is enough, from the imports on."""
    gc.set_threshold(200_000, 50, 100)
    from xlreport.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
