"""What nothing tells for certain waits, with its bytes, until a person says whose it is; pages; papers of bodies."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import NotFound
from archive.intake.errors import DecisionUnusable
from archive.intake.recognising import Decision
from archive.intake.run import Upload, intake, intake_uploads, take_waiting
from archive.intake.waiting import Waiting, look_at, put_away, waiting_papers
from archive.office.folder import Office
from archive.records.database import rows
from tests.archive.intake.conftest import Put, Take
from tests.archive.intake.files import pdf, picture, word
from tests.archive.intake.test_intake import papers, select

SCAN = "scan0012.pdf"


def waiting(office: Office) -> list[Waiting]:
    database = office.connect()
    try:
        campaign = rows(database, "SELECT id FROM campaign")[0]["id"]
        return waiting_papers(database, campaign)
    finally:
        database.close()


def test_a_doubtful_paper_waits_once_and_is_taken_as_decided(office: Office, put: Put, take: Take) -> None:
    put(SCAN, pdf())
    take()
    copy = put("chep/" + SCAN, pdf())
    take()
    copy.unlink()
    (paper,) = waiting(office)
    assert (paper.path, paper.code) == (SCAN, "intake.unknown-person")
    report = take_waiting(office, paper.id, Decision("dv4", "self_review"), actor="cli")
    assert [one.matched_by for one in report.taken] == ["decision"]
    assert papers(office) == [("DV4", "member", "self_review", "signed")]
    assert waiting(office) == []
    # What was decided is not asked again when the folder is taken in once more.
    assert take().known == [SCAN]
    with pytest.raises(NotFound, match="không còn chờ"):
        take_waiting(office, paper.id, Decision("DV4", "self_review"), actor="cli")


def test_a_renamed_file_waits_no_longer(office: Office, put: Put, take: Take) -> None:
    path = put(SCAN, pdf())
    take()
    path.rename(path.with_name("DV2 tự kiểm điểm.pdf"))
    take()
    assert waiting(office) == [] and len(papers(office)) == 1


def test_a_paper_put_away_leaves_nothing_but_its_event(office: Office, put: Put, take: Take) -> None:
    put(SCAN, pdf())
    take()
    (paper,) = waiting(office)
    database = office.connect()
    assert look_at(database, paper.id, actor="cli")[1] == pdf()
    assert put_away(office, database, paper.id, actor="cli") == SCAN
    database.close()
    assert waiting(office) == [] and select(office, "SELECT * FROM content") == []
    actions = [row["action"] for row in select(office, "SELECT action FROM event ORDER BY seq DESC LIMIT 2")]
    assert actions == ["paper.put-away", "paper.looked-at"]


def test_a_dry_run_lets_nothing_wait(office: Office, put: Put, take: Take) -> None:
    put(SCAN, pdf())
    assert len(take(dry_run=True).undecided) == 1
    assert waiting(office) == [] and select(office, "SELECT * FROM content") == []


def test_a_decision_in_the_call_takes_the_file(office: Office, put: Put, take: Take) -> None:
    put("CB2/" + SCAN, pdf())
    report = take(decisions={"CB2/" + SCAN: Decision("DV4", "identification_list")})
    assert [(one.title, one.subject) for one in report.taken] == [
        ("Bản liên hệ theo bản nhận diện biểu hiện suy thoái", "DV4 – Phạm Thị Dung (Chi bộ Khu 2)")
    ]
    assert papers(office) == [("DV4", "member", "other_documents", "signed")]


@pytest.mark.parametrize(
    ("file", "decision", "sentence"),
    [
        ("khac.pdf", Decision("DV4", "self_review"), "không có tệp “khac.pdf”"),
        (SCAN, Decision("DV99", "self_review"), "không có đảng viên"),
        (SCAN, Decision("DV4", "giay-la"), "Không có loại giấy “giay-la”"),
        (SCAN, Decision("DV4", "collective_review_report"), "không phải giấy tờ của"),
        (SCAN, Decision("CB1", "self_review"), "không phải giấy tờ của"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_followed_is_refused(
    office: Office, put: Put, take: Take, file: str, decision: Decision, sentence: str
) -> None:
    put(SCAN, pdf())
    put("DV2 tự kiểm điểm.docx", word())
    with pytest.raises(DecisionUnusable, match=sentence):
        take(decisions={file: decision})
    assert papers(office) == []


@pytest.mark.parametrize(
    ("name", "item", "unit"),
    [
        ("Chi bộ Khu 1 - Báo cáo kiểm điểm tập thể.pdf", "collective_review_report", "CB1"),
        ("CB1 báo cáo kiểm điểm.pdf", "collective_review_report", "CB1"),
        ("Chi bộ Khu 1/Biên bản hội nghị kiểm điểm.pdf", "review_minutes", "CB1"),
    ],
)
def test_a_paper_of_a_body_goes_to_the_body(
    office: Office, put: Put, take: Take, name: str, item: str, unit: str
) -> None:
    put(name, pdf())
    report = take()
    assert report.undecided == []
    (document,) = select(
        office,
        "SELECT d.item, u.reference, d.evaluation_id FROM document d JOIN unit u ON u.id = d.unit_id"
        " WHERE d.source = 'intake'",
    )
    assert (document["item"], document["reference"]) == (item, unit)
    # What concerns many stands in the unit's own dossier.
    assert (document["evaluation_id"] is None) == (item == "review_minutes")


# Pages


def test_photographs_named_as_pages_are_one_paper(office: Office, put: Put, take: Take) -> None:
    put("DV2 tự kiểm điểm trang 2.jpg", picture(tone=20))
    put("DV2 tự kiểm điểm - trang 1.jpg", picture(tone=10))
    put("DV4 tự kiểm điểm_tr.1.jpg", picture(tone=30))
    report = take()
    assert report.undecided == []
    assert [(one.file, len(one.pages_from)) for one in report.taken] == [
        ("DV2 tự kiểm điểm.pdf", 2), ("DV4 tự kiểm điểm_tr.1.jpg", 0),
    ]  # fmt: skip
    assert [row["pages"] for row in select(office, "SELECT pages FROM document ORDER BY key, pages DESC")] in (
        [2, 1], [1, 2],
    )  # fmt: skip
    assert take().taken == [] and len(take().known) == 2


def test_a_missing_page_is_asked_for_and_nothing_of_the_paper_is_taken(office: Office, put: Put, take: Take) -> None:
    for number in (1, 3):
        put(f"DV2 tự kiểm điểm trang {number}.jpg", picture(tone=number))
    (question,) = take().undecided
    assert question.code == "intake.pages-missing" and "thiếu trang 2" in str(question)
    assert papers(office) == []


def test_a_copy_that_windows_numbers_is_no_page(office: Office, put: Put, take: Take) -> None:
    put("DV2 tự kiểm điểm.jpg", picture(tone=1))
    put("DV2 tự kiểm điểm (1).jpg", picture(tone=1))
    report = take()
    assert len(report.taken) == 1 and len(report.known) == 1


# Uploads, names, stops


def test_uploaded_files_are_taken_as_those_of_a_folder(office: Office) -> None:
    uploads = [
        Upload("C:\\giấy tờ\\DV2 tự kiểm điểm.docx", word()),
        Upload("../../etc/passwd", b"root"),
        Upload(SCAN, pdf()),
    ]
    report = intake_uploads(office, uploads, actor="someone")
    assert [one.file for one in report.taken] == ["DV2 tự kiểm điểm.docx"]
    assert [one.file for one in report.refused] == ["passwd"]
    assert [one.path for one in waiting(office)] == [SCAN]
    assert select(office, "SELECT taken_by FROM taken_paper") == [{"taken_by": "someone"}]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=80))
def test_whatever_a_file_is_called_it_is_taken_or_asked_about(office: Office, name: str) -> None:
    report = intake_uploads(office, [Upload(name, word(f"Bản tự kiểm điểm {name!r}"))], actor="cli")
    assert len(report.taken) + len(report.known) + len(report.undecided) == 1
    assert report.refused == []


def test_a_full_disk_keeps_what_was_taken_and_nothing_half(
    office: Office, put: Put, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        put(f"DV2 góp ý {number}.docx", word(f"Ý kiến {number} " + "x" * 20_000 * number))
    connect = Office.connect

    def small(self: Office) -> object:
        database = connect(self)
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages + 30}")
        return database

    monkeypatch.setattr(Office, "connect", small)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        intake(office, folder, actor="cli")
    monkeypatch.undo()
    counts = select(
        office,
        "SELECT (SELECT count(*) FROM document) AS documents, (SELECT count(*) FROM taken_paper) AS taken,"
        " (SELECT count(*) FROM content) AS contents,"
        " (SELECT count(*) FROM event WHERE action = 'paper.taken') AS events",
    )[0]
    assert len(set(counts.values())) == 1 and counts["documents"] < 4
    report = intake(office, folder, actor="cli")
    assert len(report.known) == counts["documents"] and len(report.known) + len(report.taken) == 4


def test_two_at_once_take_each_paper_once(office: Office, put: Put, folder: Path) -> None:
    for number in range(6):
        put(f"DV2 góp ý {number}.docx", word(f"Ý kiến {number}"))
    with ThreadPoolExecutor(2) as people:
        reports = list(people.map(lambda who: intake(office, folder, actor=who), ("a", "b")))
    assert sum(len(report.taken) for report in reports) == 6
    assert sum(len(report.known) for report in reports) == 6
    assert len(papers(office)) == len(select(office, "SELECT * FROM taken_paper")) == 6
