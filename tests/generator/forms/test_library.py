"""Every form of the guidance is there, found however its code is written, and says what it does with a level."""

from __future__ import annotations

import pytest

from generator.forms.library import UnknownForm, form_rows, forms, manifest
from generator.forms.manifest import Manifest, level_column
from generator.rules.rulebook import Rulebook

NEEDED = {
    "minutes-cell", "tally-minutes", "tally-summary", "ballot-level", "ballot-decision", "residence-comment",
    "decision-members", "result-notice", "extract-minutes", "extract-decision", "dossier-cover", "contents-list",
}  # fmt: skip
CODED = [
    "1", "2", "3A.1", "3A.2", "3A.3", "3A.4", *(f"3B.{number}" for number in range(1, 9)), "4A.1", "4A.2", "4A.3",
    "4A.4", *(f"4B.{number}" for number in range(1, 9)), "4X", "5.1", "5.2", "5.3", "6",
]  # fmt: skip


def test_the_forms_the_guidance_asks_for_are_there_in_its_order(book: Rulebook) -> None:
    codes = list(forms(book))
    assert set(codes) >= NEEDED
    assert [code for code in codes if code[0].isdigit()] == CODED


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("3B.1", "3B.1"),
        ("3b1", "3B.1"),
        ("mau 3b.1", "3B.1"),
        ("Mẫu 3B.1-HD, KĐ, ĐG", "3B.1"),
        ("Mẫu 3B.1-HD,KĐ,ĐG", "3B.1"),
        ("3B.1-HD KĐ.ĐG", "3B.1"),
        ("Mẫu 5.1-HD KĐ.ĐG 2018", "5.1"),
        ("M\u1ea7\u0302u 6".replace("\u1ea7\u0302", "â\u0303"), "6"),
        (" 4x ", "4X"),
        ("3A1", "3A.1"),
        ("Mẫu 4B.7-HD, KĐ, ĐG", "4B.7"),
        ("MINUTES-CELL", "minutes-cell"),
    ],
)
def test_a_code_is_known_however_it_is_written(written: str, code: str, book: Rulebook) -> None:
    assert manifest(written, book).code == code


@pytest.mark.parametrize(("written", "near"), [("3B.11", "3B.1"), ("tally-minute", "tally-minutes"), ("5.9", "5.1")])
def test_an_unknown_code_brings_those_that_come_near(written: str, near: str, book: Rulebook) -> None:
    with pytest.raises(UnknownForm) as raised:
        manifest(written, book)
    assert near in raised.value.suggestions
    assert near in raised.value.message


@pytest.mark.parametrize("written", ["", "Mẫu", "không có", "../../etc/passwd"])
def test_nonsense_is_no_form(written: str, book: Rulebook) -> None:
    with pytest.raises(UnknownForm):
        manifest(written, book)


def test_the_list_of_forms_has_the_keys_other_programs_rely_on(book: Rulebook) -> None:
    for row in form_rows(book):
        assert list(row) == ["code", "title", "subject_kinds", "filled_by", "states", "citation", "template"]
        assert row["citation"].startswith("13-HD/TU")


def test_every_form_prints_blank_draft_and_final(form: Manifest) -> None:
    assert form.states == ("blank", "draft", "final")


def test_subjects_and_dossier_items_are_those_of_the_rulebook(form: Manifest, book: Rulebook) -> None:
    assert set(form.subject_kinds) <= set(book.kinds)
    items = {item.code for profile in form.subject_kinds if profile != "head" for item in book.dossier_items(profile)}
    assert form.dossier_item in {"", "other_documents", *items}


def test_a_form_that_proposes_or_decides_says_where_its_level_stands(form: Manifest) -> None:
    if form.binds:
        held = level_column(form)
        assert held is not None
        assert held[0].kind == "level" or form.level_fixed or held[1] is not None


def test_who_proposes_and_who_decides(book: Rulebook) -> None:
    says = {code: form.says for code, form in forms(book).items()}
    assert {says[code] for code in ("2", "5.1", "3B.1", "4X", "1")} == {"claims"}
    assert {says[code] for code in ("5.2", "tally-minutes", "minutes-cell")} == {"records"}
    assert {says[code] for code in ("5.3", "6")} == {"proposes"}
    assert says["decision-members"] == "decides"


def test_every_field_has_a_label_and_every_required_one_a_sample(form: Manifest) -> None:
    for field in form.fields:
        assert field.label == field.label.strip()
        if field.required and field.kind not in ("table", "group") and field.when is None:
            assert field.sample is not None, field.name
