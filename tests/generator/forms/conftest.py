"""The shipped forms, each with its sample, as every test of this folder takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.forms import library
from generator.forms.manifest import Manifest
from generator.forms.samples import sample
from generator.rules.rulebook import Rulebook, load_rulebook

CODES = tuple(library.forms(load_rulebook()))

Document = dict[str, Any]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load_rulebook()


@pytest.fixture(params=CODES)
def form(request: pytest.FixtureRequest, book: Rulebook) -> Manifest:
    return library.manifest(request.param, book)


@pytest.fixture
def complete(form: Manifest, book: Rulebook) -> Document:
    """The complete sample input of the form under test."""
    return sample(form, book)


@pytest.fixture
def sample_of(book: Rulebook) -> Callable[[str], Document]:
    """The `document` of the sample of a form, to change as a test likes."""

    def document(code: str) -> Document:
        made: Document = sample(library.manifest(code, book), book)["document"]
        return made

    return document


@pytest.fixture
def longest_texts(book: Rulebook) -> Callable[[Manifest], Document]:
    """The sample with every Vietnamese letter in its names and ten lines in its texts."""
    letters = "ăâđêôơư áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ"

    def document(form: Manifest) -> Document:
        made: Document = sample(form, book)["document"]
        for one in form.fields:
            if one.name in made and one.kind in ("name", "text"):
                words = f"{letters} {letters.upper()}"
                made[one.name] = words if one.kind == "name" else "\n".join([words] * 10)
        return made

    return document
