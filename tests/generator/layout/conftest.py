"""A decision as an office would send it: the paper in which every component of the format stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.forms.context import context
from generator.forms.inputs import read
from generator.forms.library import manifest
from generator.forms.samples import sample
from generator.rules.rulebook import load_rulebook
from generator.word.template import load

TEMPLATES = Path(__file__).parents[3] / "templates_docx" / "hd13_2018"


@pytest.fixture(scope="session")
def decision() -> bytes:
    """The sample decision on members, in draft, so that the draft mark stands in it too."""
    book = load_rulebook("hd13_2018")
    form = manifest("decision-members", book)
    values = read(form, sample(form, book)["document"], state="draft")
    return load(TEMPLATES / form.template).render(context(form, values, state="draft", book=book))
