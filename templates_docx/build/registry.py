"""Which builder makes which template. A module of a family of forms registers its builders here by decorating them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from docx.document import Document

from .page import page_bytes

Builder = Callable[[], Document]

# One module per family of forms; each registers its templates when it is imported.
FAMILIES = (
    "annulments",
    "assessment_sheet",
    "ballots",
    "cell_report",
    "collective_report",
    "complaints",
    "conference_papers",
    "deciding_meeting",
    "decisions",
    "excellent",
    "extracts",
    "filing_papers",
    "handover",
    "histories",
    "letters",
    "member_forms",
    "minutes",
    "notices",
    "own_papers",
    "plans",
    "reports",
    "self_review",
    "tallies",
    "waivers",
)

_builders: dict[str, Builder] = {}


def template(file_name: str) -> Callable[[Builder], Builder]:
    """Register the function below as the maker of that file of `templates_docx/hd13_2018/`.

    Raises:
        ValueError: two builders claim one file.
    """

    def register(builder: Builder) -> Builder:
        if file_name in _builders:
            raise ValueError(f"two builders for {file_name}")
        _builders[file_name] = builder
        return builder

    return register


def build_all() -> dict[str, bytes]:
    """Every shipped template: file name → bytes, the same on every run."""
    for family in FAMILIES:
        import_module(f"{__package__}.{family}")
    return {name: page_bytes(builder()) for name, builder in sorted(_builders.items())}
