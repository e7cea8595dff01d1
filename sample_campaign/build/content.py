"""All rows of the sample campaign, each checked by its row model, as the workbook takes them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from generator.facts.values import Row
from generator.rules.rulebook import load_rulebook
from generator.workbook.write import write
from sample_campaign.build import bodies, people

RULEBOOK = "hd13_2018"


def rows() -> dict[str, list[Row]]:
    """Sheet key → its rows, in the order of the sources.

    Raises:
        pydantic.ValidationError: a row of the sources is not valid.
    """
    placed: dict[str, list[Row]] = {}
    for key, row in chain(bodies.rows(), people.rows()):
        placed.setdefault(key, []).append(row)
    return placed


def content() -> Mapping[str, list[dict[str, Any]]]:
    """The rows as `generator.workbook.write` takes them."""
    return {key: [row.model_dump() for row in found] for key, found in rows().items()}


def workbook() -> bytes:
    """The workbook of the sample campaign; the same sources give the same bytes."""
    return write(content(), book=load_rulebook(RULEBOOK))
