"""Our own forms come back filled in, edited or signed: held against what we know, and standing for ours."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from archive.campaigns.contents import documents_of
from archive.intake.report import Difference, IntakeReport
from archive.intake.run import intake
from archive.records.database import one, rows
from generator.word.reading import document_text
from tests.archive.campaigns.conftest import Commune
from tests.archive.intake.files import picture, signed_pdf

WHO = "DV061"


@pytest.fixture
def printed(commune: Commune) -> Commune:
    """The commune whose blank forms were printed."""
    commune.run("prepare")
    return commune


def blank(commune: Commune, form: str) -> bytes:
    """The blank form of a member, as it lies in the print folder."""
    code = f"2018-{form}-{commune.evaluation(WHO).id}"
    for path in sorted(commune.office.print_root.rglob("*.docx")):
        data = path.read_bytes()
        if code in document_text(data):
            return data
    raise AssertionError(f"no blank form {form}")


def edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    """A Word file in which somebody overwrote the text of runs."""
    document = Document(io.BytesIO(data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    for before, after in changes:
        hit = next(paragraph for paragraph in paragraphs if before in paragraph.text)
        text = hit.text.replace(before, after)
        for run in hit.runs[1:]:
            run.text = ""
        hit.runs[0].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def take(commune: Commune, folder: Path, name: str, data: bytes) -> IntakeReport:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    (folder / name).write_bytes(data)
    return intake(commune.office, folder, actor="cli")


def test_a_form_filled_in_as_printed_shows_no_difference(printed: Commune, tmp_path: Path) -> None:
    (taken,) = take(printed, tmp_path / "in", "quet-tay.docx", blank(printed, "2")).taken
    assert (taken.matched_by, taken.differences) == ("code", ())
    assert taken.subject.startswith(WHO)


def test_a_form_whose_footer_was_cut_is_known_by_the_code_in_its_properties(printed: Commune, tmp_path: Path) -> None:
    document = Document(io.BytesIO(blank(printed, "2")))
    for footer in (document.sections[0].footer, document.sections[0].first_page_footer):
        for paragraph in footer.paragraphs:
            paragraph.clear()
    cut = io.BytesIO()
    document.save(cut)
    assert printed.evaluation(WHO).id not in document_text(cut.getvalue())
    (taken,) = take(printed, tmp_path / "in", "khong-ro-cua-ai.docx", cut.getvalue()).taken
    assert taken.matched_by == "code"
    assert taken.subject.startswith(WHO)


def test_name_number_and_level_changed_on_the_paper_are_shown_and_kept(printed: Commune, tmp_path: Path) -> None:
    form = blank(printed, "5.1")
    lines = [line for line in document_text(form).split("\n") if ":" in line]
    card = next(line.partition(":")[2].strip() for line in lines if "Số thẻ đảng viên" in line)
    name = next(line.partition(":")[2].strip() for line in lines if "Họ và tên đảng viên" in line)
    claimed = (
        one(
            printed.database,
            "SELECT level FROM assessment WHERE evaluation_id = ? AND assessor = 'self'",
            [printed.evaluation(WHO).id],
        )
        or {}
    )
    other = "Không hoàn thành nhiệm vụ" if claimed["level"] != "not_completed" else "Hoàn thành nhiệm vụ"
    changed = edited(
        form, (f"Họ và tên đảng viên: {name}", "Họ và tên đảng viên: Người Khác"),
        (f"Số thẻ đảng viên: {card}", "Số thẻ đảng viên: 99.999999"),
        (f"\N{NO-BREAK SPACE}{other}", f"X  {other}"),
    )  # fmt: skip
    changed = edited(changed, (name, "Người Khác")) if name in document_text(changed) else changed
    (taken,) = take(printed, tmp_path / "in", "phieu.docx", changed).taken
    told = {difference.label: (difference.ours, difference.theirs) for difference in taken.differences}
    assert told["Số thẻ đảng viên"] == (card, "99.999999")
    assert told["Họ và tên"] == (name, "Người Khác")
    assert told["Mức xếp loại"][1] == other
    assert any("99.999999" in note for note in taken.notes())
    kept = one(printed.database, "SELECT differences FROM taken_paper") or {}
    assert "99.999999" in kept["differences"]
    assert isinstance(taken.differences[0], Difference)


def test_the_signed_copy_of_a_paper_of_ours_stands_for_it(printed: Commune, tmp_path: Path) -> None:
    printed.run("ballots", "submit")
    evaluation = printed.evaluation(WHO)
    made = rows(
        printed.database,
        "SELECT title FROM document WHERE evaluation_id = ? AND form = '2' AND state = 'final'", [evaluation.id],
    )  # fmt: skip
    assert made
    (taken,) = take(printed, tmp_path / "in", f"{WHO} - Bản tự kiểm điểm.jpg", picture()).taken
    assert (taken.stands_for, taken.signature) == (made[0]["title"], "copy")
    kept = (
        one(
            printed.database,
            "SELECT d.title, d.state, t.stands_for FROM taken_paper t JOIN document d ON d.id = t.document_id",
        )
        or {}
    )
    assert kept["state"] == "signed" and kept["title"].endswith("(bản đã ký)") and kept["stands_for"]
    bound = [
        document["key"]
        for listed in documents_of(printed.database, printed.situation().picture).values()
        for document in listed
    ]
    assert kept["stands_for"] not in bound, "the dossier holds the signed copy in place of ours"


def test_a_digitally_signed_pdf_is_kept_untouched_and_the_dossier_says_so(commune: Commune, tmp_path: Path) -> None:
    data = signed_pdf()
    (taken,) = take(commune, tmp_path / "in", f"{WHO} - Bản cam kết.pdf", data).taken
    assert taken.signature == "digital" and any("từng byte" in note for note in taken.notes())
    kept = (
        one(
            commune.database,
            "SELECT d.title, c.data FROM document d JOIN content c ON c.digest = d.content_digest"
            " WHERE d.source = 'intake'",
        )
        or {}
    )
    assert kept["data"] == data and "ký số" in kept["title"]


def test_two_papers_in_one_file_wait_for_a_person(printed: Commune, tmp_path: Path) -> None:
    both = Document(io.BytesIO(blank(printed, "2")))
    other = next(
        evaluation["id"]
        for evaluation in printed.database.query("SELECT id FROM evaluation WHERE person_id IS NOT NULL")
        if evaluation["id"] != printed.evaluation(WHO).id
    )
    both.add_paragraph(f"2018-5.1-{other}")
    out = io.BytesIO()
    both.save(out)
    report = take(printed, tmp_path / "in", "hai-giay.docx", out.getvalue())
    assert report.taken == []
    assert "mã của nhiều giấy tờ" in str(report.undecided[0])


def test_a_line_broken_by_the_printer_is_no_difference(printed: Commune, tmp_path: Path) -> None:
    # Of the two sheets of a member, his own and the committee's, this is the committee's.
    lines = document_text(blank(printed, "5.1")).split("\n")
    assert any("Chi ủy" in line for line in lines)
    note = next(line for line in lines if line.startswith("Ghi chú:"))
    half = note.rindex(" ", 0, len(note) // 2)
    broken = edited(blank(printed, "5.1"), (note, f"{note[:half].rstrip()}\n{note[half:].lstrip()}"))
    (taken,) = take(printed, tmp_path / "in", "phieu-in.docx", broken).taken
    assert taken.differences == ()
