"""`python -m sample_campaign.build`: writes the workbook, and with `--intake` the folder of people's own papers."""

from __future__ import annotations

import sys
from pathlib import Path

from sample_campaign.build import content, intake

HOME = Path(__file__).parent.parent


def main(arguments: list[str]) -> None:
    """Writes what the sources give into the package."""
    (HOME / "campaign-2018.xlsx").write_bytes(content.workbook())
    if "--intake" in arguments:
        intake.write(HOME / "intake")


if __name__ == "__main__":
    main(sys.argv[1:])
