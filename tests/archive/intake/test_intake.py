"""Papers go to the right person for certain, or to nobody; each only once; what is no paper is refused."""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from archive.errors import NotFound
from archive.intake.papers import PaperRefused, open_paper
from archive.intake.run import intake
from archive.office.folder import Office, make_office
from archive.records.database import rows, writing
from tests.archive.intake.conftest import Put, Take, pdf, word

SELF = "DV2 Trần Thị Bình - Bản tự kiểm điểm.docx"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)


def select(office: Office, sql: str, *parameters: Any) -> list[dict[str, Any]]:
    database = office.connect()
    try:
        return rows(database, sql, list(parameters))
    finally:
        database.close()


def papers(office: Office) -> list[tuple[str, str, str, str]]:
    sql = (
        "SELECT p.reference, e.capacity, d.item, d.state FROM document d JOIN evaluation e ON e.id = d.evaluation_id"
        " JOIN person p ON p.id = e.person_id WHERE d.source = 'intake' ORDER BY p.reference, e.capacity DESC, d.item"
    )
    return [tuple(row.values()) for row in select(office, sql)]


def evaluation_of(office: Office, reference: str, capacity: str = "member") -> str:
    sql = "SELECT e.id FROM evaluation e JOIN person p ON p.id = e.person_id WHERE p.reference = ? AND e.capacity = ?"
    return str(select(office, sql, reference, capacity)[0]["id"])


# What is taken


def test_a_paper_is_kept_with_its_bytes_and_one_event(office: Office, put: Put, take: Take) -> None:
    data = word()
    put(SELF, data)
    report = take()
    assert [one.evaluations for one in report.taken] == [1] and report.saved
    (document,) = select(office, "SELECT * FROM document")
    digest = hashlib.sha512(data).hexdigest()
    assert document["key"] == f"intake:{evaluation_of(office, 'DV2')}:self_review:1"
    assert (document["form"], document["author"], document["state"]) == ("2", "Trần Thị Bình", "final")
    assert (document["content_digest"], document["fingerprint"]) == (digest, digest)
    assert select(office, "SELECT data FROM content WHERE digest = ?", digest)[0]["data"] == data
    (event,) = select(office, "SELECT * FROM event WHERE action = 'paper.taken'")
    assert "Bình" not in event["note"]


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("dv2_ban tu kiem diem.pdf", "self_review"),
        ("Tran Thi Binh_ban tu kiem diem.pdf", "self_review"),
        ("BẢN KIỂM ĐIỂM - TRẦN THỊ BÌNH.pdf", "self_review"),
        ("Chi bộ Khu 1/Bản tự kiểm điểm/Trần Thị Bình.pdf", "self_review"),
        ("CB1/Nhận xét nơi cư trú (Trần Thị Bình).pdf", "residence_comment"),
        ("Trần Thị Bình kê khai tài sản.pdf", "asset_declaration"),
        (unicodedata.normalize("NFD", "Trần Thị Bình - tự kiểm điểm.pdf"), "self_review"),
    ],
)
def test_a_paper_is_known_by_name_and_folder(office: Office, put: Put, take: Take, name: str, item: str) -> None:
    put(name, pdf())
    report = take()
    assert report.undecided == [] and report.refused == []
    assert papers(office) == [("DV2", "member", item, "signed")]


def test_who_is_member_and_leader_gets_the_shared_paper_twice(office: Office, put: Put, take: Take) -> None:
    put("DV1 tự kiểm điểm.pdf", pdf())
    put("DV1 kê khai tài sản.pdf", pdf(pages=2))
    assert sorted(one.evaluations for one in take().taken) == [1, 2]
    assert papers(office) == [
        ("DV1", "member", "self_review", "signed"),
        ("DV1", "leader_manager", "asset_declaration", "signed"),
        ("DV1", "leader_manager", "self_review", "signed"),
    ]
    assert len(select(office, "SELECT * FROM content")) == 2


def test_our_own_form_is_known_by_the_code_in_its_footer(office: Office, put: Put, take: Take) -> None:
    put("scan0001.docx", word(footer=f"Mã: 2018-2-{evaluation_of(office, 'DV4')}"))
    put("scan0002.docx", word("Phiếu", footer=f"2018-5.1-{evaluation_of(office, 'DV2')}"))
    put("scan0003.docx", word("Nhận xét", footer=f"2018-residence-comment-{evaluation_of(office, 'DV4')}"))
    report = take()
    assert report.undecided == [] and len(report.taken) == 3
    assert [(who, item) for who, _, item, _ in papers(office)] == [
        ("DV2", "other_documents"), ("DV4", "residence_comment"), ("DV4", "self_review"),
    ]  # fmt: skip


def test_photographs_are_taken(office: Office, put: Put, take: Take) -> None:
    put("DV2 tự kiểm điểm.png", PIXEL)
    assert take().refused == []
    assert select(office, "SELECT media_type, pages FROM document") == [{"media_type": "image/png", "pages": 1}]


def test_the_same_file_is_taken_once_wherever_it_lies(office: Office, put: Put, take: Take) -> None:
    put(SELF, word())
    take()
    assert (take().taken, take().known) == ([], [SELF])
    put("Bản sao/" + SELF, select(office, "SELECT data FROM content")[0]["data"])
    assert take().taken == []


def test_a_changed_file_is_a_new_version_and_the_earlier_one_is_kept(office: Office, put: Put, take: Take) -> None:
    put(SELF, word())
    take()
    put(SELF, word("Bản sửa lại"))
    (changed,) = take().taken
    assert changed.version == 2 and "bản thứ 2" in " ".join(changed.notes())
    sql = "SELECT key, item, revision FROM document ORDER BY length(key)"
    now, before = select(office, sql)
    assert now["key"].endswith(":self_review:1") and now["item"] == "self_review"
    assert before == {"key": f"{now['key']}:v1", "item": "", "revision": 2}
    assert len(select(office, "SELECT * FROM content")) == 2
    # Changed back is a change as well.
    put(SELF, select(office, "SELECT c.data FROM content c JOIN document d ON d.content_digest = c.digest"
                             " WHERE d.item = ''")[0]["data"])  # fmt: skip
    assert [one.version for one in take().taken] == [3]


def test_another_file_of_the_same_kind_stands_beside_the_first(office: Office, put: Put, take: Take) -> None:
    put("DV2 góp ý của UBND.pdf", pdf())
    put("DV2 góp ý của MTTQ.pdf", pdf(pages=2))
    assert [one.version for one in take().taken] == [1, 1]
    assert [item for _, _, item, _ in papers(office)] == ["contributed_opinions"] * 2


def test_the_dry_run_tells_the_same_and_keeps_nothing(office: Office, put: Put, take: Take) -> None:
    put(SELF, word())
    before = select(office, "SELECT * FROM event")
    dry = take(dry_run=True)
    assert not dry.saved and select(office, "SELECT * FROM document") == select(office, "SELECT * FROM content") == []
    assert select(office, "SELECT * FROM event") == before
    assert dry.taken == take().taken


# What is asked


@pytest.mark.parametrize(
    ("name", "code", "sentence"),
    [
        ("tự kiểm điểm.docx", "intake.unknown-person", "không có đảng viên nào"),
        ("Nguyễn Văn Anh tự kiểm điểm.docx", "intake.unknown-person", "không có đảng viên nào"),
        ("Phạm Thị Dung tự kiểm điểm.docx", "intake.several-people", "DV4 – Phạm Thị Dung (Chi bộ Khu 2)"),
        ("pham thi dung tu kiem diem.docx", "intake.several-people", "DV6 – Phạm Thị Dũng"),
        ("CB2/pham thi dung tu kiem diem.docx", "intake.several-people", "DV6 – Phạm Thị Dũng"),
        ("CB2/Trần Thị Bình tự kiểm điểm.docx", "intake.name-against-folder", "không ở chi bộ của thư mục"),
        ("DV1 Trần Thị Bình tự kiểm điểm.docx", "intake.name-against-code", "hai người khác nhau"),
        ("DV2 Trần Thị Bình.docx", "intake.unknown-kind", "đây là giấy tờ gì"),
    ],
)
def test_what_is_doubtful_is_asked_and_not_guessed(
    office: Office, put: Put, take: Take, name: str, code: str, sentence: str
) -> None:
    put(name, word())
    report = take()
    (question,) = report.undecided
    assert (question.code, question.file) == (code, name)
    assert sentence in str(question) and question.remedy
    assert papers(office) == [] and not report.saved


def test_marks_or_the_folder_settle_a_name_that_several_bear(office: Office, put: Put, take: Take) -> None:
    put("CB1/pham thi dung tu kiem diem.docx", word("một"))
    put("CB2/Phạm Thị Dũng tự kiểm điểm.docx", word("hai"))
    put("CB2/Phạm Thị Dung tự kiểm điểm.docx", word("ba"))
    assert take().undecided == []
    assert [who for who, *_ in papers(office)] == ["DV4", "DV6", "DV7"]


def test_a_code_of_another_year_is_asked_about(office: Office, put: Put, take: Take) -> None:
    put(SELF, word(footer=f"2017-2-{evaluation_of(office, 'DV2')}"))
    assert [question.code for question in take().undecided] == ["intake.unknown-code"]


def test_a_filed_dossier_takes_nothing_in_passing(office: Office, put: Put, take: Take) -> None:
    evaluation = evaluation_of(office, "DV2")
    database = office.connect()
    with writing(database):
        database.execute(
            "INSERT INTO dossier"
            " (id, campaign_id, kind, evaluation_id, unit_id, title, status, subject_name, unit_name)"
            " SELECT 'x', campaign_id, 'member', id, unit_id, 'x', 'filed', 'x', 'x' FROM evaluation WHERE id = ?",
            [evaluation],
        )
    database.close()
    put(SELF, word())
    assert [question.code for question in take().undecided] == ["intake.filed"]


# What is refused


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(60 * 1024 * 1024))
    return buffer.getvalue()


def _macro() -> bytes:
    buffer = io.BytesIO(word())
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.docx", b"", "tệp rỗng"),
        ("a.docx", word()[:500], "bị hỏng"),
        ("a.docx", word(""), "không có chữ nào"),
        ("a.docx", _macro(), "macro"),
        ("a.docx", _bomb(), "quá lớn"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "không phải là văn bản Word"),
        ("a.pdf", pdf("bí mật"), "PDF có mật khẩu"),
        ("a.pdf", b"%PDF-1.4\nkhong con gi", "PDF bị hỏng"),
        ("a.jpg", b"\xff\xd8\xff\xe0 cut", "không phải ảnh đọc được"),
        ("a.exe", b"MZ\x90", "loại tệp này không nhận"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "Word"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused_with_a_sentence_and_the_rest_is_taken(
    office: Office, put: Put, take: Take, name: str, data: bytes, sentence: str
) -> None:
    put(f"DV4 tự kiểm điểm {name}", data)
    put(SELF, word())
    report = take()
    (refusal,) = report.refused
    assert refusal.code == "intake.refused"
    assert sentence in str(refusal) and refusal.remedy
    assert [who for who, *_ in papers(office)] == ["DV2"]


@settings(max_examples=60, deadline=None)
@given(where=st.floats(0, 1), new=st.binary(max_size=6), cut=st.integers(0, 6))
@pytest.mark.filterwarnings("ignore")
def test_a_damaged_pdf_is_taken_or_refused_but_never_breaks(where: float, new: bytes, cut: int) -> None:
    whole = pdf(pages=2)
    at = 5 + int(where * (len(whole) - 5))
    try:
        paper = open_paper("a.pdf", whole[:at] + new + whole[at + cut :])
    except PaperRefused as refusal:
        assert refusal.message.endswith(".")
    else:
        assert paper.pages


def test_an_unknown_filter_does_not_keep_a_readable_pdf_out() -> None:
    objects = (
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << >> >> >>\nendobj\n"
        b"4 0 obj\n<< /Length 4 /Filter /LaDecode >>\nstream\nabcd\nendstream\nendobj\n"
    )
    data = b"%PDF-1.4\n" + objects + b"trailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n"
    with pytest.raises(NotImplementedError):
        PdfReader(io.BytesIO(data)).pages[0].extract_text()
    paper = open_paper("a.pdf", data)
    assert (paper.pages, paper.code) == (1, None)


def test_links_lock_files_and_files_of_the_system_are_not_followed(
    office: Office, put: Put, take: Take, folder: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(pdf())
    (folder / "DV2 tự kiểm điểm.pdf").symlink_to(secret)
    put("~$V2 tự kiểm điểm.docx", b"lock")
    put("Thumbs.db", b"x")
    report = take()
    assert [refusal.file for refusal in report.refused] == ["DV2 tự kiểm điểm.pdf"]
    assert report.undecided == [] and papers(office) == []


def test_no_folder_or_no_campaign_is_said(office: Office, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Không có thư mục"):
        intake(office, folder / "nowhere", actor="cli")
    with pytest.raises(NotFound, match="Chưa có đợt"):
        intake(make_office(tmp_path / "other"), folder, actor="cli")
