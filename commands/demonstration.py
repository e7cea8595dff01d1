"""The demonstration: the sample campaign from its workbook to its dossiers, and three searches in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from archive.campaigns.running import CampaignRun, RunReport
from archive.errors import ArchiveError
from archive.importing.run import import_workbook
from archive.intake.run import intake
from archive.office.accounts import first_administrator
from archive.office.folder import Office, make_office
from archive.records import events
from archive.records.database import one, rows, writing
from archive.store.filing import recover
from commands.campaign import import_summary
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook
from generator.workbook.read import read
from sample_campaign import intake_folder, workbook_bytes
from search.find import find
from search.index import drain

PERIOD = "2018"
_ACTOR = "demo"
_PASSWORD_FILE = "tai-khoan-xem-thu.txt"  # noqa: S105  a file name
_SEARCHES = ("nguyen thi", '"khu 1" muc:tot', "mat the dang vien")
Progress = Callable[[str, int, int], None]


class NotADemonstration(ArchiveError):
    """Thư mục dữ liệu này đang dùng thật nên không chạy thử vào đó; xin chọn thư mục khác bằng --data."""

    code = "archive.not-a-demonstration"


def _open(root: Path) -> tuple[Office, Database]:
    office = make_office(root)
    database = office.connect()
    used = one(database, "SELECT 1 AS found FROM campaign")
    ours = one(database, "SELECT 1 AS found FROM event WHERE action = 'demonstration.start'")
    if used and not ours:
        raise NotADemonstration
    if not ours:
        with writing(database):
            events.append(database, actor=_ACTOR, action="demonstration.start", subject=PERIOD)
    with office.locked():
        recover(office, database)
    return office, database


def _account(office: Office, database: Database) -> str:
    path = office.root / _PASSWORD_FILE
    made = first_administrator(database)
    if made:
        account, password = made
        path.touch(mode=0o600)
        path.write_text(f"{account.user_name} / {password}\n", encoding="utf-8")
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def demonstrate(root: Path, progress: Progress, say: Callable[[str], object]) -> str:
    """Runs the sample campaign in a data folder and gives what it made and where, for people.

    A second run finds everything done.

    Raises:
        NotADemonstration: the folder holds an office's own campaign.
    """
    office, database = _open(root)
    say("1. Nhập bảng Excel mẫu …")
    content = read(workbook_bytes(), "campaign-2018.xlsx", book=load_rulebook(office.settings.rulebook))
    with office.locked():
        report = import_workbook(database, content, actor=_ACTOR, rulebook=office.settings.rulebook)
    if report.problems:
        raise InvalidInput(report.problems)
    say(f"   {import_summary(report)}")
    say("2. Nhận giấy tờ do từng người nộp …")
    taken = intake(office, Path(str(intake_folder())), actor=_ACTOR)
    for left in (*taken.undecided, *taken.refused):
        say(f"   • {left}")
    say(f"   {taken.summary()}")
    say("3. Chạy cả đợt: in phôi, bỏ phiếu, báo cáo, quyết định, nộp lưu …")
    run = CampaignRun(office, database, PERIOD, actor=_ACTOR, progress=progress).run()
    drain(office, database)
    return "\n".join(
        [*_made(office, database, run), *_refused(run), *_found(office, database), *_where(office, database)]
    )


def _made(office: Office, database: Database, run: RunReport) -> list[str]:
    def count(sql: str) -> int:
        return int(rows(database, f"SELECT count(*) AS count FROM {sql}")[0]["count"])  # noqa: S608

    documents = count("document")
    dossiers = count("dossier")
    findings = count("finding WHERE severity IN ('error', 'warning')")
    lines = [
        "",
        f"Tất cả có {documents} văn bản, {dossiers} hồ sơ, {findings} điều cần xem lại.",
        f"Lần chạy này lập {run.made} văn bản, nộp lưu {run.filed} hồ sơ; {run.incomplete} hồ sơ còn chờ giấy tờ.",
    ]
    if not run.with_pdf:
        lines.append("Máy chưa có LibreOffice nên mới có tệp Word; cài xong, chạy lại “make demo” thì có thêm PDF.")
    return lines


def _refused(run: RunReport) -> list[str]:
    lines = ["", "Đề nghị xếp loại không đúng quy định, chưa được quyết định:"] if run.refused else []
    for name, unit, sentences in run.refused:
        lines.append(f"  ✗ {name} ({unit})")
        lines += [f"      {sentence}" for sentence in sentences]
    lines += [f"  ! {group}: {sentence}" for group, sentence in run.quota_sentences]
    lines += [f"  ✗ Chưa lập được {paper}: {reason}" for paper, reason in run.failures]
    return lines


def _found(office: Office, database: Database) -> list[str]:
    book = load_rulebook(office.settings.rulebook)
    lines = ["", "Ba lần tra cứu thử:"]
    for query in _SEARCHES:
        result = find(office, database, query, limit=3)
        lines.append(f"  hoso search '{query}' → {result['total']} hồ sơ")
        for hit in result["hits"]:
            level = book.levels.label(hit["level"]) if hit["level"] else "chưa có mức"
            lines.append(f"      {hit['subject']} – {hit['unit']} – {level} – {hit['dossier_id']}")
    return lines


def _where(office: Office, database: Database) -> list[str]:
    account = _account(office, database)
    return [
        "",
        f"Giấy tờ để in:      {office.print_root / PERIOD}",
        f"Kho hồ sơ:          {office.store_root}",
        "Xem trên trình duyệt: make serve, rồi mở "
        f"http://{office.settings.host}:{office.settings.port} (tài khoản: {account})",
    ]
