"""Blocks A and B of Mẫu 2 are printed later: as a new sheet, or over the sheet the member has signed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from generator.documents import generate
from generator.errors import InvalidInput
from generator.forms.library import manifest
from generator.forms.samples import sample
from generator.pdf.convert import convert, office_available
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text, open_docx

BOOK = load_rulebook("hd13_2018")
WHO: dict[str, Any] = {
    "issuing_body": "CHI BỘ KHU 3", "year": 2018, "full_name": "Nguyễn Thị Hường", "cell": "Chi bộ Khu 3",
    "variant": "leader",
}  # fmt: skip
ENTRIES: dict[str, Any] = {
    "employer_comment": "Hoàn thành đúng tiến độ các nhiệm vụ được giao; phục vụ nhân dân tận tình.\nTích cực.",
    "employer_level": "excellent",
    "committee_comment": "Gương mẫu, trách nhiệm.",
    "cell_proposed_level": "good",
    "decided_level": "completed",
}


def page(state: str = "final", **given: Any) -> bytes:
    return generate("2", {"document": WHO | given}, state=state).word


def inked(word: bytes) -> str:
    """The text of a file that is not white."""
    text = open_docx(word)["word/document.xml"].decode()
    runs = [run for run in text.split("<w:r>")[1:] if 'w:val="FFFFFF"' not in run.partition("</w:r>")[0]]
    return " ".join(run.partition("</w:r>")[0].partition("<w:t")[2].partition(">")[2].partition("<")[0] for run in runs)


def places(page: PageObject) -> list[tuple[str, int, int]]:
    """Each piece of text of a page with where it begins, in points."""
    found: list[tuple[str, int, int]] = []

    def visit(text: str, _user: Any, matrix: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            found.append((text.strip(), round(matrix[4]), round(matrix[5])))

    page.extract_text(visitor_text=visit)
    return found


def test_the_page_alone_needs_nothing_of_the_self_review() -> None:
    text = document_text(page(print_only="assessment", **ENTRIES))
    assert "BẢN TỰ KIỂM ĐIỂM" not in text.upper().replace("KÈM THEO BẢN TỰ KIỂM ĐIỂM", "")
    assert "năm 2018 của đồng chí Nguyễn Thị Hường, Chi bộ Khu 3" in text
    assert all(str(value).split("\n")[0] in text for name, value in ENTRIES.items() if name.endswith("comment"))


def test_a_member_who_is_no_employee_has_no_block_a() -> None:
    text = document_text(page("blank", print_only="assessment", variant="member"))
    assert "CÁN BỘ, CÔNG CHỨC" not in text and "T/M CHI ỦY (CHI BỘ)" in text


def test_over_a_printed_sheet_only_what_was_entered_is_in_ink() -> None:
    printed = inked(page(print_only="entries", **ENTRIES))
    assert printed.split() == [
        *ENTRIES["employer_comment"].split(), "X", *ENTRIES["committee_comment"].split(), "X", "X",
    ]  # fmt: skip
    assert "T/M CHI ỦY (CHI BỘ)" in inked(page(print_only="assessment", **ENTRIES))


def test_entries_of_another_day_are_printed_alone() -> None:
    assert inked(page(print_only="entries", decided_level="good")).split() == ["X"]


def test_a_comment_longer_than_its_lines_is_not_printed_over_them() -> None:
    with pytest.raises(InvalidInput, match="3 dòng chấm") as raised:
        page(print_only="entries", committee_comment="Gương mẫu, trách nhiệm. " * 12)
    assert [problem.place.field for problem in raised.value.problems] == ["committee_comment"]
    assert page(print_only="assessment", committee_comment="Gương mẫu, trách nhiệm. " * 12)


def test_the_whole_form_still_asks_for_all_of_it() -> None:
    with pytest.raises(InvalidInput) as raised:
        generate("2", {"document": WHO})
    assert len(raised.value.problems) > 10


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_what_is_printed_over_the_sheet_meets_its_lines_and_boxes() -> None:
    whole = generate("2", sample(manifest("2", BOOK), BOOK), state="blank").word
    sheet, over = (
        PdfReader(io.BytesIO(made.data)).pages for made in convert([whole, page(print_only="entries", **ENTRIES)])
    )
    assert len(over) == 1
    printed, entries = places(sheet[-1]), places(over[0])
    signed = [one for one in printed if one[0].startswith(("THỦ TRƯỞNG", "T/M"))]
    assert len(signed) == 3 and set(signed) <= set(entries)
    dotted = [y for text, _, y in printed if text.startswith("......")]
    written = {text: y for text, _, y in entries}
    assert [written["Hoàn thành đúng tiến độ các nhiệm vụ được giao; phục vụ nhân dân tận tình."],
            written["Tích cực."]] == dotted[:2]  # fmt: skip
    assert written["Gương mẫu, trách nhiệm."] == dotted[3]
