"""How papers break over pages: a signature never stands alone, nothing spills onto an empty page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from generator.forms.context import context
from generator.forms.inputs import read
from generator.forms.library import manifest
from generator.forms.samples import sample
from generator.pdf.convert import convert, office_available
from generator.pdf.text import Letters
from generator.rules.rulebook import load_rulebook
from generator.word.template import load

SHIPPED = Path(__file__).parents[2] / "templates_docx" / "hd13_2018"
BOOK = load_rulebook("hd13_2018")
# Form, the text that grows, what stands last before the signature, and the signature's first line.
GROWING = [
    ("result-notice", "comment", "Thông báo này được gửi", "T/M BAN CHẤP HÀNH"),
    ("1", "directions", "Không hoàn thành nhiệm vụ", "T/M BAN CHẤP HÀNH"),
    ("minutes-cell", "conclusion", "Hội nghị kết thúc", "NGƯỜI GHI BIÊN BẢN"),
    ("annulment-decision", "findings", "chịu trách nhiệm thi hành", "T/M BAN CHẤP HÀNH"),
    ("complaint-conclusion", "examination", "Người khiếu nại có quyền", "T/M BAN CHẤP HÀNH"),
    ("minutes-individuals", "conclusion", "Hội nghị kết thúc", "NGƯỜI GHI BIÊN BẢN"),
    ("review-plan", "organisation", "Nội dung một dòng.", "T/M BAN CHẤP HÀNH"),
    ("review-suggestion", "further_requests", "Báo cáo kết quả kiểm điểm", "T/M BAN CHẤP HÀNH"),
    ("annual-commitment", "remedies", "Tôi nghiêm túc thực hiện", "XÁC NHẬN CỦA CHI BỘ"),
]


def paper(code: str, **given: Any) -> bytes:
    """A final paper of the form's sample with these values in place."""
    form = manifest(code, BOOK)
    values = read(form, sample(form, BOOK)["document"] | given, state="final")
    return load(SHIPPED / form.template).render(context(form, values, state="final", book=BOOK))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, its spaces and line ends as one space."""
    letters = Letters()
    return [" ".join(letters.of(page).split()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_a_signature_stays_with_the_last_lines_and_no_page_is_empty() -> None:
    lengths = range(2, 32, 3)
    made = [(form, lines) for form in GROWING for lines in lengths]
    papers = [paper(code, **{field: "\n".join(["Nội dung một dòng."] * lines)}) for (code, field, _, _), lines in made]
    for ((code, _, last, signature), lines), converted in zip(made, convert(papers), strict=True):
        read_pages = pages(converted.data)
        place = f"{code}, {lines} dòng"
        signed = [text for text in read_pages if signature.replace(" ", "") in text.replace(" ", "")]
        assert len(signed) == 1, place
        assert last.replace(" ", "") in signed[0].replace(" ", ""), place
        assert "TrầnVănThịnh" in signed[0].replace(" ", ""), place
        assert read_pages[-1] == signed[0], place


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_tables_that_fill_their_page_leave_no_empty_one_behind() -> None:
    lengths = (5, 6, 7, 8, 40)
    made = [(code, rows) for code in ("report-base", "report-district") for rows in lengths]
    papers = [paper(code, **stretched(code, rows)) for code, rows in made]
    for (code, rows), converted in zip(made, convert(papers), strict=True):
        read_pages = pages(converted.data)
        # A page number is all that an empty page holds.
        assert [number for number, text in enumerate(read_pages, start=1) if len(text) < 30] == [], (code, rows)


def stretched(code: str, rows: int) -> dict[str, Any]:
    """The tables of the form's sample with so many rows, its own over and over."""
    form = manifest(code, BOOK)
    given = sample(form, BOOK)["document"]
    tables = [one.name for one in form.fields if one.kind == "table" and one.name in given]
    return {name: [given[name][number % len(given[name])] for number in range(rows)] for name in tables}


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_the_name_under_a_list_of_ones_own_never_stands_alone() -> None:
    texts = ["\n".join([f"Nội dung dòng {number}." for number in range(1, lines + 1)]) for lines in range(1, 30, 2)]
    papers = [paper("degeneration-list", relation=text) for text in texts]
    papers += [paper("contents-list", **stretched("contents-list", rows)) for rows in range(28, 36)]
    lasts = [*(text.rpartition("\n")[2].replace(" ", "") for text in texts), *["Ngàylập"] * 8]
    for number, (converted, last) in enumerate(zip(convert(papers), lasts, strict=True)):
        signed = pages(converted.data)[-1].replace(" ", "")
        assert last in signed, number
        assert "(Ký,ghirõhọtên)" in signed, number


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_a_list_of_110_members_repeats_its_heads_and_loses_nobody() -> None:
    members = [
        {"full_name": f"Nguyễn Thị Hường {number}", "birth_date": "1979-04-17", "cell": "Chi bộ Khu 3", "level": "good"}
        for number in range(1, 111)
    ]
    (converted,) = convert([paper("decision-members", members=members)])
    listed = [text.replace(" ", "") for text in pages(converted.data)][1:]
    listed = listed[next(index for index, text in enumerate(listed) if "DANHSÁCH" in text) :]
    assert all("Họvàtên" in text and "Mứcxếploại" in text for text in listed)
    assert all(any(f"NguyễnThịHường{number}17/04/1979" in text for text in listed) for number in range(1, 111))
    assert "Danhsáchgồm110đảngviên." in listed[-1]


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_a_row_stays_on_one_page_unless_it_is_longer_than_a_page() -> None:
    rows = [
        {"full_name": f"Hà Thị Nết {number}", "conclusion": "\n".join(f"Dòng {number}.{one};" for one in range(1, 8))}
        for number in range(1, 25)
    ]
    rows.append({"full_name": "Hà Thị Dài", "conclusion": "\n".join(f"Dài {line};" for line in range(1, 121))})
    (converted,) = convert([paper("minutes-cell", members=rows)])
    read_pages = [text.replace(" ", "") for text in pages(converted.data)]
    for number in range(1, 25):
        together = [text for text in read_pages if f"Dòng{number}.1;" in text]
        assert len(together) == 1 and all(f"Dòng{number}.{one};" in together[0] for one in range(1, 8)), number
    assert all(any(f"Dài{line};" in text for text in read_pages) for line in range(1, 121))


def test_a_column_that_no_row_fills_is_not_printed() -> None:
    rows = [{"full_name": "Hà Thị Nết", "conclusion": "Hoàn thành tốt nhiệm vụ."}]
    heads = document_text(paper("minutes-cell", members=rows))
    assert "Ý kiến góp ý" not in heads
    heads = document_text(paper("minutes-cell", members=[rows[0] | {"opinions": "Nhất trí."}]))
    assert "Ý kiến góp ý" in heads and "Nhất trí." in heads


def document_text(word: bytes) -> str:
    """All text of a Word file."""
    return "\n".join(
        cell.text for table in Document(io.BytesIO(word)).tables for row in table.rows for cell in row.cells
    )


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_a_list_unsigned_or_sent_to_many_leaves_no_page_empty() -> None:
    line = "- Các đồng chí Ủy viên Ban Chấp hành Đảng bộ xã An Đồng, phụ trách chi bộ số {} và các đoàn thể của chi bộ,"
    many = "\n".join(line.format(number) for number in range(20))
    nobody = dict.fromkeys(("signature_authority", "signature_title", "signer", "recipients", "attached_to"))
    alone = {"subjects": [{"subject": "Bùi Thị Khánh Quỳnh"}]}
    for made in convert([paper("excellent-list", recipients=many), paper("excellent-list", **nobody, **alone)]):
        assert all(len(text) > 20 for text in pages(made.data))
