"""The sample campaign: a workbook and an intake folder of one invented commune's party base in 2018.

Every person, commune and district in it is invented. `python -m sample_campaign.build` makes both from `source/`.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable


def workbook_bytes() -> bytes:
    """The campaign workbook `campaign-2018.xlsx`, as `hoso import` takes it."""
    return resources.files(__name__).joinpath("campaign-2018.xlsx").read_bytes()


def intake_folder() -> Traversable:
    """The folder of people's own papers, one folder per cell, as `hoso intake` takes it."""
    return resources.files(__name__).joinpath("intake")
