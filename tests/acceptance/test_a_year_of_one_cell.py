"""A year of the smallest cell as its clerk types it: papers come back, a complaint, results annulled, a hand-over.

Every step is a call of `hoso`; the one thing done beside it is making the accounts, which an office does on its page.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import bagit
import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from archive.office.accounts import make_account
from archive.office.folder import open_office
from tests.acceptance.journey import INTAKE, Desk, Said, call

CELL = "CBK3"
PEOPLE = {"duyet": "approver", "thu": "clerk", "tra": "auditor"}
# Who of the cell has which part in the year.
COMPLAINS, LATE, CORRECTED, MOVES = "DV106", "DV107", "DV108", "DV105"
RESERVES, WAITS, FILED = "DV110", "DV109", "DV103"
GROUNDS, FOUND = "Chưa xét việc vận động dựng nhà sàn.", "Khai thác rừng mà chưa khai báo."


class Year(Desk):
    """The desk with three people at it."""

    def by(self, user: str, *words: str | Path, code: int = 0) -> Said:
        """Calls `hoso` as the one with this user name."""
        said = call("--data", self.root, *words, env={"HOSO_USER": user})
        assert said.code == code, f"{words}: {said.code}\n{said.out}\n{said.err}"
        return said

    def row(self, dossier: str) -> dict[str, Any]:
        """The dossier as the list has it."""
        return next(one for one in self("dossier", "list", "--unit", CELL, "--json").json if
                    one["dossier_id"] == dossier)  # fmt: skip

    def state(self, dossier: str) -> tuple[str, str | None, str]:
        """Status, level and complaint of the dossier, told alike by list, search and history."""
        listed = self.row(dossier)
        hits = self("search", listed["subject"], "--unit", CELL, "--json").json["hits"]
        [hit] = [one for one in hits if one["dossier_id"] == dossier]
        assert (hit["status"], hit["level"]) == (listed["status"], listed["level"])
        [match] = self("history", listed["subject"], "--json").json["matches"]
        [result] = [one for one in match["results"] if one["dossier_id"] == dossier]
        assert (result["status"], result["level"]) == (listed["status"], listed["level"])
        return listed["status"], listed["level"], listed["complaint"]

    def titles(self, dossier: str) -> list[str]:
        """What `dossier show` lists, in its order."""
        return [one["title"] for one in self("dossier", "show", dossier, "--json").json["files"]]

    def paper(self, dossier: str, ending: str) -> str:
        """The words of the newest version's paper whose file ends so."""
        shown = self("dossier", "show", dossier, "--json").json["files"]
        [path] = [one["path"] for one in shown if one["path"].endswith(ending)]
        return words_of(self.file(dossier, path))

    def whole(self) -> None:
        """Store, records, index and the chain of events hold together."""
        assert self("verify", "--json").json == []
        assert self("events", "verify", "--json").json["damages"] == []


def words_of(word: bytes) -> str:
    """The text of a Word file, tables with it."""
    document = Document(BytesIO(word))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@contextmanager
def connected(root: Path) -> Iterator[Any]:
    database = open_office(root).connect()
    try:
        yield database
    finally:
        database.close()


def begin(taken_in: Desk, root: Path, *, with_pdf: bool) -> Year:
    """The cell's campaign run to its end, with people to act on it."""
    taken_in.copied(root)
    year = Year(root)
    with connected(root) as database:
        for name, role in PEOPLE.items():
            make_account(database, name, f"Người {name}", role, "mot mat khau dai")
    year("campaign", "run", "2018", "--unit", CELL, *([] if with_pdf else ["--no-pdf"]))
    return year


def late_paper(folder: Path, name: str) -> Path:
    """A folder of papers with one self-review in it, of the person whose reference begins the name."""
    (folder / CELL).mkdir(parents=True)
    shutil.copy(INTAKE / CELL / "DV106_tu_kiem_diem.docx", folder / CELL / f"{name}.docx")
    return folder


def complain(year: Year, dossier: str, letter: Path) -> None:
    """From the letter to the conclusion that asks for the result to be annulled."""
    opened = year.by("thu", "complaint", "open", dossier, "--grounds", GROUNDS, "--on", "2019-01-10", "--dated",
                     "2019-01-09", "--reply-by", "2019-01-25", "--file", letter, "--json").json  # fmt: skip
    assert (opened["dossier_id"], opened["version"]) == (dossier, 2)
    assert year.state(dossier) == ("filed", "good", "open")
    assert "đang có khiếu nại" in year("search", "Bàn Văn Khước").out
    assert "đang có khiếu nại" in year("dossier", "list", "--complaint", "open").out
    assert "hẹn trả lời ngày 25/01/2019" in year("campaign", "status", "2018", "--unit", CELL).out
    year.by("thu", "complaint", "acknowledge", dossier, "--on", "2019-01-11", "--number", "05-TB/ĐU")
    end = ["complaint", "resolve", dossier, "--outcome", "annulled", "--number", "07-KL/ĐU", "--findings", FOUND,
           "--grounds", "Biên bản xác minh.", "--on", "2019-01-20"]  # fmt: skip
    assert "hoso complaint consider" in year.by("duyet", *end, code=1).err
    year.by("thu", "complaint", "consider", dossier, "--on", "2019-01-15", "--text", "Họp xác minh tại chi bộ.")
    assert "Người duyệt" in year.by("thu", *end, code=1).err
    year.by("duyet", *end)
    assert year.state(dossier) == ("filed", "good", "none")
    assert "chưa có quyết định hủy" in year("status").out
    assert "đã kết luận (hủy kết quả)" in year("dossier", "show", dossier).out
    receipt, concluded = year.paper(dossier, "complaint-receipt.docx"), year.paper(dossier, "complaint-conclusion.docx")
    assert all(told in receipt for told in (GROUNDS, "05-TB/ĐU", "Đơn khiếu nại", "14-QĐ/ĐU", "25/01/2019"))
    assert all(told in concluded for told in (FOUND, "07-KL/ĐU", "Hủy bỏ mức", "Họp xác minh"))
    assert "……" not in concluded, "nothing is left for the pen in a paper that is final"
    titles = year.titles(dossier)
    assert titles.index("Đơn khiếu nại") < titles.index("Thông báo tiếp nhận khiếu nại")


def annul_and_decide_again(year: Year, dossier: str) -> None:
    """In time: annulled on 22 January, decided again and reported before 12 March."""
    annulled = year.by("duyet", "annul", dossier, "--reason", FOUND, "--document", "21-QĐ/ĐU", "--on", "2019-01-22",
                       "--complaint", dossier, "--json").json  # fmt: skip
    assert (annulled["level"], annulled["clock"]["due_on"]) == (None, "2019-03-12")
    assert year.state(dossier) == ("annulled", None, "none")
    assert "Đã hủy kết quả" in year("history", COMPLAINS).out
    assert "Đang ở bước: Hủy kết quả" in year("why", dossier).out
    assert "Mức đang ghi" not in year("why", dossier).out
    decision = year.paper(dossier, "annulment-decision.docx")
    assert all(told in decision for told in ("21-QĐ/ĐU", "07-KL/ĐU", "chậm nhất ngày 12/03/2019", FOUND))
    assert "Đã bị hủy" in words_of(year.file(dossier, "00-muc-luc.docx"))
    assert "kết quả xếp loại đã bị hủy" in words_of(year.file(dossier, "00-bia-ho-so.docx"))
    again = ["reclassify", dossier, "--decision", "30-QĐ/ĐU", "--on", "2019-02-20"]
    assert "MEM-EXC" in year.by("duyet", *again, "--level", "excellent", code=1).err
    assert year.state(dossier) == ("annulled", None, "none")
    year.by("duyet", *again, "--level", "completed", "--reviewed", "2019-02-15", "--voted", "2019-02-18")
    assert "còn phải báo cáo cấp trên" in year("status").out
    reported = year.by(
        "duyet", "reclassify", dossier, "--reported", "2019-02-22", "--report", "12-BC/ĐU", "--json"
    ).json
    assert (reported["clock"]["state"], reported["clock"]["findings"]) == ("in_time", [])
    assert year.state(dossier) == ("reclassified", "completed", "none")
    decision = year.paper(dossier, "reclassification-decision.docx")
    assert all(
        told in decision for told in ("kiểm điểm lại ngày 15/02/2019", "ngày 18/02/2019", "chậm nhất ngày 12/03")
    )
    assert "đã xếp loại lại" in words_of(year.file(dossier, "00-bia-ho-so.docx"))


def decide_again_too_late(year: Year, dossier: str) -> None:
    """Too late is done all the same, and said: by the command, in the decision, for ever in the dossier."""
    year.by("duyet", "annul", dossier, "--reason", "Không bảo đảm điều kiện.", "--cause", "conditions", "--document",
            "22-QĐ/ĐU", "--on", "2019-01-22")  # fmt: skip
    late = year.by("duyet", "reclassify", dossier, "--level", "completed", "--decision", "31-QĐ/ĐU", "--on",
                   "2019-03-20", "--reported", "2019-03-21", "--report", "13-BC/ĐU")  # fmt: skip
    assert "DL-05" in late.err
    assert year.state(dossier) == ("reclassified", "completed", "none")
    decision = year.paper(dossier, "reclassification-decision.docx")
    assert "nêu rõ lý do chậm" in decision and "hết ngày 12/03/2019" in decision
    assert "chậm nhất" not in decision and "kiểm điểm lại" not in decision
    assert "sau thời hạn (12/03/2019)" in year("dossier", "show", dossier).out


def correct_after_filing(year: Year, dossier: str, paper: Path) -> None:
    """A filed dossier changes only with a reason and an approver; what was filed before stays readable."""
    correction: list[str | Path] = [
        "file", dossier, "--reason", "Thiếu giấy xác nhận", "--document", "02-TTr/CB", "--file", paper, "--title",
        "Giấy xác nhận của thôn",
    ]  # fmt: skip
    assert "Người duyệt" in year.by("thu", *correction, code=1).err
    year.by("duyet", *correction)
    assert (year.row(dossier)["version"], year.state(dossier)) == (2, ("filed", "good", "none"))
    assert "Giấy xác nhận của thôn" in year.titles(dossier)
    assert "Thiếu giấy xác nhận" in year("dossier", "show", dossier).out
    broken = year.by("duyet", "file", dossier, "--reason", "Khai lại việc mất thẻ", "--fact", "card_lost=true", code=1)
    assert "GEN-08" in broken.err and "hủy kết quả" in broken.err
    assert "GEN-08" in year("why", dossier).out, "the reason stands there for whoever asks"
    year.by("duyet", "file", dossier, "--reason", "Thẻ đã tìm thấy", "--fact", "card_lost=false")


def take_late_papers(year: Year, folder: Path) -> None:
    """One dossier waits for a self-review; when it comes the dossier is whole. A filed one asks for an approver."""
    waits = year.dossier_of(WAITS)
    assert year.row(waits)["status"] == "incomplete"
    assert "Bản tự kiểm điểm" in year("dossier", "show", waits).out
    taken = year("intake", late_paper(folder / "one", f"{WAITS} - bản tự kiểm điểm"), "--json").json
    [one_taken] = taken["taken"]
    assert one_taken["subject"].startswith(WAITS) and taken["undecided"] == []
    year("campaign", "run", "2018", "--unit", CELL, "--no-pdf")
    assert year.state(waits) == ("filed", "good", "none")
    assert year.row(waits)["version"] == 2
    more, filed = late_paper(folder / "two", f"{FILED} - bản tự kiểm điểm"), year.dossier_of(FILED)
    assert "đã nộp lưu" in year.by("thu", "intake", more).err
    assert year.row(filed)["version"] == 1
    assert "Người duyệt" in year.by("thu", "intake", more, "--reason", "Nộp muộn", code=1).err
    year.by("duyet", "intake", more, "--reason", "Nộp muộn", "--document", "03-CV/CB")
    assert (year.row(filed)["version"], year.state(filed)) == (2, ("filed", "good", "none"))


def move_away(year: Year, folder: Path) -> None:
    """A member moves in March; the result of the year stays, and his papers go with him in one folder."""
    book = folder / "khu3.xlsx"
    year("workbook", "-o", book, "--unit", CELL)
    typed = load_workbook(book)
    sheet = typed["Đảng viên"]
    column = {str(cell.value).rstrip(" *"): place for place, cell in enumerate(sheet[3])}
    [line] = [row for row in sheet.iter_rows(min_row=5) if row[column["Mã"]].value == MOVES]
    line[column["Tình trạng sinh hoạt"]].value = "Đã chuyển đi"
    line[column["Đến ngày"]].value = date(2019, 3, 1)
    line[column["Nơi đi, nơi đến"]].value = "Chuyển sinh hoạt đảng chính thức đến Đảng bộ xã Yên Sơn"
    typed.save(book)
    year("import", book)
    dossier = year.dossier_of(MOVES)
    assert year.state(dossier) == ("filed", "good", "none")
    assert "hiện không sinh hoạt" in year("history", MOVES).out
    said = year("campaign", "run", "2018", "--unit", CELL, "--no-pdf", "--json").json
    assert (sum(said["made"].values()), said["filed"]) == (0, 0), "what is filed does not change because someone moves"
    year.by("thu", "export", "--member", MOVES, folder / "chuyen")
    summary = words_of((folder / "chuyen" / "tong-hop-ket-qua.docx").read_bytes())
    assert "Đặng Phúc Trường" in summary and "14-QĐ/ĐU" in summary and "00009450" in summary


def hand_over(year: Year, folder: Path) -> None:
    """The year's dossiers go to the archive above: a valid bag, minutes, and a list for the member database."""
    bag = folder / "giao-nop"
    where: list[str | Path] = [
        "export",
        "--bagit",
        bag,
        "--unit",
        CELL,
        "--period",
        "2018",
        "--to",
        "Kho lưu trữ Huyện ủy",
    ]
    assert "hạn chế" in year.by("thu", *where, code=1).err
    assert not bag.exists()
    year.by("duyet", *where, "--venue", "Huyện ủy", "--giver", "Nguyễn Thị Lan, văn thư", "--receiver",
            "Trần Văn Bình, lưu trữ")  # fmt: skip
    assert bagit.Bag(str(bag)).is_valid()
    minutes = words_of(next(bag.rglob("bien-ban-ban-giao.docx")).read_bytes())
    assert all(told in minutes for told in ("Kho lưu trữ Huyện ủy", "Nguyễn Thị Lan", "Trần Văn Bình", "Bàn Văn Khước"))
    year.by("thu", "export", "--excel", folder / "ket-qua.xlsx", "--unit", CELL)
    lines = list(load_workbook(folder / "ket-qua.xlsx").worksheets[0].iter_rows(values_only=True))
    asked = [lines[0].index(title) for title in ("Mức xếp loại", "Số quyết định", "Hiệu lực")]
    told = [tuple(line[place] for place in asked) for line in lines if "Bàn Văn Khước" in line]
    assert told == [
        ("Hoàn thành tốt nhiệm vụ", "14-QĐ/ĐU", "Đã hủy bỏ"), ("Hoàn thành nhiệm vụ", "30-QĐ/ĐU", "Xếp loại lại"),
    ]  # fmt: skip


def lists(year: Year) -> list[Any]:
    """What the archive answers about the cell."""
    asked = [year("search", query, "--unit", CELL, "--limit", "100", "--json").json for query in ("", "rừng", "Khước")]
    people = [year("history", one, "--json").json for one in (COMPLAINS, LATE, CORRECTED, MOVES)]
    told = year.by("tra", "complaint", "list", "--json").json
    return [*asked, people, told, year("dossier", "list", "--unit", CELL, "--json").json]


def survive(year: Year, folder: Path) -> None:
    """The year comes back from its copy, and from the store alone when the database is lost."""
    before = lists(year)
    copy = folder / "sao-luu"
    year("backup", copy)
    year("restore", copy, "--check")
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (year.root / part).unlink(missing_ok=True)
    shutil.rmtree(year.root / "index")
    year("rebuild")
    with connected(year.root) as database:
        make_account(database, "tra", "Người tra", "auditor", "mot mat khau dai")
    assert lists(year) == before
    year.whole()


def test_a_year_of_one_cell(typed_in: Desk, tmp_path: Path) -> None:
    year = begin(typed_in, tmp_path / "data", with_pdf=False)
    letter = INTAKE / CELL / "DV110 - Dương Thị Liễu - bản tự kiểm điểm.pdf"
    take_late_papers(year, tmp_path)
    complaining = year.dossier_of(COMPLAINS)
    complain(year, complaining, letter)
    annul_and_decide_again(year, complaining)
    decide_again_too_late(year, year.dossier_of(LATE))
    correct_after_filing(year, year.dossier_of(CORRECTED), letter)
    reserves = year.dossier_of(RESERVES)
    year.by("thu", "reserve-opinion", reserves, "--statement", "Chưa năng động.", "--opinion", "Không nhất trí.",
            "--on", "2019-01-09")  # fmt: skip
    assert "Không nhất trí." in year.paper(reserves, "reserved-opinion.docx")
    year.whole()
    move_away(year, tmp_path)
    hand_over(year, tmp_path)
    assert [one["status"] for one in year("dossier", "list", "--unit", CELL, "--json").json].count("incomplete") == 0
    survive(year, tmp_path)


def test_nobody_without_the_right_reads_a_complaint(typed_in: Desk, tmp_path: Path) -> None:
    year = begin(typed_in, tmp_path / "data", with_pdf=False)
    dossier = year.dossier_of(COMPLAINS)
    letter = INTAKE / CELL / "DV110 - Dương Thị Liễu - bản tự kiểm điểm.pdf"
    complain(year, dossier, letter)
    shown = year.by("thu", "dossier", "show", dossier, "--json").out
    exported = year.by("thu", "dossier", "export", dossier, "-o", tmp_path / "ra")
    assert "hạn chế" in exported.err
    names = {path.name for path in (tmp_path / "ra").rglob("*")}
    assert not any("complaint" in name for name in names), names
    assert "dossier.json" not in names, "the description tells the complaint as well"
    found = year.by("thu", "search", GROUNDS, "--json").json
    assert dossier not in {hit["dossier_id"] for hit in found["hits"]}
    for text in (shown, json.dumps(found, ensure_ascii=False), year.by("thu", "complaint", "list").out):
        assert GROUNDS not in text and FOUND not in text
    assert "Kiểm tra" in year.by("thu", "complaint", "show", dossier, code=1).err
    assert GROUNDS in year.by("tra", "complaint", "show", dossier).out
    assert year.rows("SELECT actor FROM event WHERE action = 'complaint.read' AND object = ?", dossier)
    logged = "".join(path.read_text(encoding="utf-8") for path in (year.root / "logs").rglob("*") if path.is_file())
    assert "Bàn Văn Khước" not in logged and GROUNDS not in logged
    notes = " ".join(str(row) for row in year.rows("SELECT * FROM event"))
    assert "Khước" not in notes and "nhà sàn" not in notes


@pytest.mark.office
def test_the_bundle_tells_what_became_of_the_result(typed_in: Desk, tmp_path: Path) -> None:
    year = begin(typed_in, tmp_path / "data", with_pdf=True)
    dossier = year.dossier_of(COMPLAINS)
    year.by("duyet", "annul", dossier, "--reason", FOUND, "--document", "21-QĐ/ĐU", "--on", "2019-01-22")
    bundle = PdfReader(BytesIO(year.file(dossier, "ho-so.pdf")))
    marks = [str(entry["/Title"]) for entry in bundle.outline if isinstance(entry, dict)]
    papers = [title for title in year.titles(dossier) if title not in ("Mô tả hồ sơ", "Toàn bộ hồ sơ")]
    assert marks[:2] == ["Bìa hồ sơ", "Mục lục văn bản"] and set(marks) == set(papers)
    assert "Quyết định hủy kết quả xếp loại chất lượng" in marks
    assert "Đã bị hủy" in " ".join(bundle.pages[1].extract_text().split())
    count = len(bundle.pages)
    for number, page in enumerate(bundle.pages, start=1):
        assert f"Tờ số {number}/{count}" in page.extract_text()
    year.whole()
