"""After a change in `macros/`: `python -m tools.macros` publishes the sources and builds what carries them."""

from __future__ import annotations

from pathlib import Path

from xlreport import job
from xlreport.host.excel.package import addin, macro_workbook
from xlreport.host.excel.sources import ADDIN, macros_path, module
from xlreport.safe import macros

KNOWN = Path(macros.__file__).with_name("known_macros.txt")


def unknown() -> list[str]:
    """The lines that the list of published sources lacks: digest and name of the module."""
    digests = {name: macros.digest(macros.bare_source(module(name).source.decode("ascii"))) for name in ADDIN}
    return [f"{digest} {name}" for name, digest in digests.items() if digest not in macros.known()]


def main() -> None:
    with KNOWN.open("a", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in unknown())
    (macros_path() / "xlreport.xlam").write_bytes(addin())
    (macros_path().parent / "templates" / "report_template.xlsm").write_bytes(
        macro_workbook(job.build_template("2021"))
    )


if __name__ == "__main__":
    main()
