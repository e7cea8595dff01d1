"""Write the shipped templates: `python -m templates_docx.build`."""

from __future__ import annotations

import sys
from pathlib import Path

from .registry import build_all


def main() -> None:
    """Make every template of the rulebook's folder anew."""
    folder = Path(__file__).parents[1] / "hd13_2018"
    folder.mkdir(exist_ok=True)
    for name, content in build_all().items():
        (folder / name).write_bytes(content)
        sys.stdout.write(f"{name}\t{len(content)}\n")


if __name__ == "__main__":
    main()
