"""Where a process starts and ends: `xlreport` and `python -m xlreport` are the same program."""

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run one command and leave with its exit code.

    One command ends before collecting garbage would pay, and taking the interpreter apart would cost an eighth of a
    `check`: what has to be tidied is tidied here, and the rest goes with the process.
    """
    gc.set_threshold(200_000, 50, 100)
    from xlreport.cli import main as run

    code = run()
    atexit._run_exitfuncs()  # noqa: SLF001  as the interpreter itself would
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # a stream that is closed, or that there never was
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
