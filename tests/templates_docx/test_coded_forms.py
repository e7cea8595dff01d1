"""The forms the guidance numbers: what they ask for, who signs them, and that a pen finds room on the blank ones."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from generator.documents import generate
from generator.forms.library import manifest
from generator.forms.samples import sample, sample_document
from generator.pdf.convert import convert, office_available
from generator.pdf.text import Letters
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text

BOOK = load_rulebook("hd13_2018")
needs_office = pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")


def word(code: str, state: str = "final", variant: str = "", **values: Any) -> bytes:
    """The Word file of the form's sample with these values in place."""
    form = manifest(code, BOOK)
    given = sample_document(form.fields, {"variant": variant}) if variant else sample(form, BOOK)["document"]
    if variant:
        given.pop("print_only", None)
    return generate(code, {"document": given | values}, state=state).word


def said(code: str, state: str = "final", variant: str = "", **values: Any) -> str:
    """What it says, its spaces and line ends as one space."""
    return " ".join(document_text(word(code, state, variant, **values)).split())


def pages(papers: Sequence[bytes]) -> list[list[str]]:
    """The text of each page of each paper, its spaces and line ends as one space."""
    letters = Letters()
    return [
        [" ".join(letters.of(page).split()) for page in PdfReader(io.BytesIO(one.data)).pages]
        for one in convert(list(papers))
    ]


def names(count: int) -> list[dict[str, str]]:
    """So many members of a cell, two of one name and an officer among them."""
    rows = [{"full_name": f"Nguyễn Thị Kim Liên {number}"} for number in range(1, count + 1)]
    rows[2] = {"full_name": "Nguyễn Văn Bình (sinh năm 1950)"}
    rows[3] = {"full_name": "Nguyễn Văn Bình (sinh năm 1971)", "note": "Đảng ủy viên, Bí thư chi bộ"}
    return rows


@pytest.mark.office
@needs_office
def test_the_ballot_of_a_cell_of_thirty_is_one_page_and_so_is_that_of_a_smaller_one() -> None:
    counts = (5, 16, 17, 20, 21, 28, 30)
    made = pages([word("5.2", "blank", candidates=names(count)) for count in counts])
    assert [(count, len(sheets)) for count, sheets in zip(counts, made, strict=True)] == [
        (count, 1) for count in counts
    ]
    assert all("XÁC NHẬN CỦA CHI ỦY" in sheets[-1] for sheets in made)
    second = (16, 20, 21, 28)
    made = pages([word("5.3", "blank", candidates=names(count)) for count in second])
    assert [len(sheets) for sheets in made] == [1] * len(second)


@pytest.mark.office
@needs_office
def test_no_page_of_a_blank_self_review_ends_with_a_question_whose_lines_are_on_the_next() -> None:
    lengths = ("Ủy ban nhân dân xã An Đồng", "Ủy ban nhân dân xã An Đồng, huyện Thanh Lâm", None)
    papers = [
        word("2", "blank", variant, workplace=workplace)
        for variant in ("member", "public_employee", "leader")
        for workplace in lengths
    ]
    for number, sheets in enumerate(pages([*papers, word("1", "blank")])):
        for sheet in sheets:
            # A question ends with a colon or is a heading; what belongs to it are dots, boxes or a table.
            assert not sheet.endswith(":"), (number, sheet[-80:])


@pytest.mark.parametrize("code", ["3A.1", "3B.8", "4B.8", "4X", "5.1"])
def test_the_heading_of_a_group_of_criteria_has_no_boxes_to_tick(code: str) -> None:
    (table,) = [one for one in Document(io.BytesIO(word(code, "blank"))).tables if "TIÊU CHÍ" in one.cell(0, 1).text]
    cells = [(row.cells[0].text, len(row._tr.tc_lst)) for row in table.rows[2:]]
    assert {number: count for number, count in cells if number in ("I", "II")} == {"I": 2, "II": 2}
    assert all(count == 6 for number, count in cells if number not in ("I", "II"))


def test_who_has_a_seal_is_asked_for_it_and_a_cell_is_not() -> None:
    participant: dict[str, Any] = {
        "assessor": "participant",
        "assessor_body": "Ủy ban nhân dân xã An Đồng",
        "ballot": None,
    }
    assert "(Ký, ghi rõ họ tên)" in said("3B.8")
    assert "(Ký, ghi rõ họ tên và đóng dấu nếu có)" in said("3B.8", **participant)
    assert "đóng dấu" in said("3B.1")
    assert "đóng dấu" not in said("5.1", assessor="cell_committee", assessor_body="Chi ủy Chi bộ Khu 3")
    union = {"assessor": "mass_organisation", "assessor_body": "Hội Liên hiệp Phụ nữ xã An Đồng"}
    for authority in ("T/M BAN THƯỜNG VỤ", None):
        assert "và đóng dấu nếu có" in said("5.1", signature_authority=authority, **union)


def test_the_part_of_a_participant_stands_on_a_line_of_its_own() -> None:
    role = "Các cấp ủy đảng trực thuộc (chi bộ nơi không có cấp ủy)"
    sheet: dict[str, Any] = {
        "assessor": "participant",
        "assessor_body": "Chi bộ Khu 3",
        "assessor_role": role,
        "ballot": None,
    }
    assert f"- Tư cách tham gia: {role} - Đánh giá" in said("3B.1", **sheet)
    assert "Tư cách tham gia" not in said("3B.1")


# What I.3.2 wants reviewed and a shorter prompt would leave out.
@pytest.mark.parametrize(
    ("asked", "variants"),
    [
        ("vận động gia đình và nhân dân", ("member", "public_employee", "leader")),
        ("tham gia các đợt sinh hoạt chính trị", ("member", "public_employee", "leader")),
        ("đấu tranh với quan liêu, tham nhũng, lãng phí, tiêu cực", ("member", "public_employee", "leader")),
        ("ý thức xây dựng địa phương, cơ quan, đơn vị", ("member", "public_employee", "leader")),
        ("khối lượng, chất lượng, tiến độ, hiệu quả", ("public_employee", "leader")),
        ("tổ chức thực hiện nhiệm vụ chính trị, công tác tổ chức, cán bộ", ("leader",)),
        ("đời sống vật chất, tinh thần", ("leader",)),
    ],
)
def test_the_self_review_asks_for_all_that_the_guidance_wants_reviewed(asked: str, variants: tuple[str, ...]) -> None:
    for variant in ("member", "public_employee", "leader"):
        assert (asked in said("2", "blank", variant).replace("Khối", "khối")) is (variant in variants), variant


@pytest.mark.parametrize(("code", "table", "known"), [("2", "remedied", "content"), ("1", "remedies", "shortcoming")])
def test_a_blank_review_shows_the_shortcomings_that_are_known_and_leaves_their_remedy_to_the_pen(
    code: str, table: str, known: str
) -> None:
    rows = sample(manifest(code, BOOK), BOOK)["document"][table]
    none: dict[str, Any] = {table: []}
    told = said(code, "blank")
    assert rows and all(row[known] in told and row["source"] in told for row in rows)
    assert not any(row["result"] in told for row in rows) and "Đã khắc phục" not in told
    assert told.count("TT Hạn chế, khuyết điểm") == said(code, "blank", **none).count("TT Hạn chế, khuyết điểm") == 1


def test_an_answer_in_a_table_finds_as_many_lines_as_its_form_leaves_it() -> None:
    (table,) = [
        one
        for one in Document(io.BytesIO(word("2", "blank", remedied=[]))).tables
        if "Tình trạng" in [cell.text for cell in one.rows[0].cells]
    ]
    assert [len(row.cells[4].paragraphs) for row in table.rows[1:]] == [3, 3, 3]
    assert [len(row.cells[1].paragraphs) for row in table.rows[1:]] == [1, 1, 1]
    explained = Document(io.BytesIO(word("1", "blank"))).paragraphs
    start = next(number for number, line in enumerate(explained) if line.text.startswith("- Giải trình:"))
    assert [line.text.strip() for line in explained[start + 1 : start + 4]] == ["", "", ""]
    assert explained[start + 4].text.startswith("- Nguyên nhân:")


def test_the_local_sheet_bears_the_code_by_which_it_is_asked_for() -> None:
    assert said("4X").startswith("2 Mẫu 4X ")
