"""Write docs/rules/ from the registry and the catalogue: `python -m tools.rulepages`."""

from __future__ import annotations

from pathlib import Path

from xlreport.rules.page import pages

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def main() -> None:
    """Write all pages and remove those of rules that are gone."""
    made = {FOLDER / name: text for name, text in pages().items()}
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in FOLDER.rglob("*.md"):
        if path not in made:
            path.unlink()


if __name__ == "__main__":
    main()
