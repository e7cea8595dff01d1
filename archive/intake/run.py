"""Taking a folder of people's own papers into a campaign."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from sqlite_utils import Database

from archive.errors import ArchiveError, NotFound
from archive.importing.evaluations import Evaluations
from archive.intake.matching import Kind, Member, People, kind_of, kinds
from archive.intake.papers import Paper, PaperRefused, open_paper
from archive.intake.report import IntakeReport, LeftAside, Taken
from archive.office.folder import Office
from archive.records import events
from archive.records.database import new_id, now, one, rows, writing
from generator.errors import reason
from generator.forms import library
from generator.forms.library import UnknownForm
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import nfc

_STAGE = "submit"
_PROFILES = {"member": "party_member", "leader_manager": "leader_manager"}
_ASKS = {
    "unknown-person": ("không có đảng viên nào mang tên như tên tệp", "Hãy đặt lại tên tệp bắt đầu bằng mã đảng viên"),
    "several-people": ("có nhiều người cùng tên", "Hãy đặt lại tên tệp bắt đầu bằng mã đảng viên"),
    "name-against-code": ("mã và họ tên trong tên tệp là của hai người khác nhau", "Hãy sửa lại tên tệp"),
    "name-against-folder": ("người mang tên này không ở chi bộ của thư mục", "Hãy chuyển tệp hoặc ghi mã đảng viên"),
}
_LEFT_OUT = ("~$", ".")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


class _TakenBack(Exception):
    """Ends the transaction without keeping anything."""


def intake(
    office: Office, folder: Path, *, actor: str, dry_run: bool = False, campaign_id: str | None = None
) -> IntakeReport:
    """Takes the papers of a folder and its subfolders into the dossiers of their people; the same file only once.

    A file is known by the code in its footer, else by its name (`DV012 Nguyễn Văn An - Bản tự kiểm điểm.docx`) and its
    folder (a cell's reference or name). A paper that concerns both the member and the leader of the same person goes
    to both evaluations. Doubtful files are listed, never guessed. The dry run is the same and takes it back.

    Raises:
        NotFound: the folder, or the campaign, does not exist; or there are several campaigns and none was named.
    """
    if not folder.is_dir():
        raise NotFound(f"Không có thư mục {folder}. Xin kiểm tra lại đường dẫn.")
    database = office.connect()
    try:
        work = _Intake(database, _campaign(database, campaign_id))
        try:
            # Files are opened and matched before the database is locked for writing.
            accepted = [found for path in _files(folder) if (found := work.examine(folder, path)) is not None]
            with writing(database):
                for one_file in accepted:
                    work.keep(one_file)
                if dry_run:
                    raise _TakenBack
                if work.report.taken:
                    work.record(actor)
        except _TakenBack:
            pass
        return work.report
    finally:
        database.close()


def _campaign(database: Database, campaign_id: str | None) -> Mapping[str, Any]:
    found = rows(database, "SELECT * FROM campaign WHERE ?1 IS NULL OR id = ?1", [campaign_id])
    if len(found) != 1:
        raise NotFound(
            "Có nhiều đợt đánh giá. Xin chỉ rõ đợt nào." if found else "Chưa có đợt đánh giá. Xin nhập dữ liệu trước."
        )
    return found[0]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*"), key=lambda path: nfc(str(path))):
        # Lock files of Word and files of the system are no papers; a link may lead out of the folder.
        is_paper = not path.name.startswith(_LEFT_OUT) and path.name.lower() not in _SYSTEM_FILES
        if is_paper and (path.is_file() or path.is_symlink()):
            yield path


@dataclass(frozen=True)
class _Find:
    """Whose paper a file is and which: the evaluations of the subject, and the subject's name."""

    kind: Kind
    subject: str
    evaluations: tuple[str, ...]


@dataclass(frozen=True)
class _Accepted:
    """A file that will be taken: where it lies, its name under the folder, what it holds (the bytes left out)."""

    path: Path
    name: PurePath
    paper: Paper
    digest: str
    found: _Find


class _Intake:
    def __init__(self, database: Database, campaign: Mapping[str, Any]) -> None:
        self._database, self._campaign = database, campaign
        self._book: Rulebook = load_rulebook(campaign["rulebook"])
        self._locks = Evaluations(database, campaign["id"])
        members = _members(database, campaign["id"])
        self._members = {member.id: member for member in members}
        self._people = People(members, _units(database))
        self.report = IntakeReport()

    def examine(self, folder: Path, path: Path) -> _Accepted | None:
        """What a file is and whose; None when it is not taken, which the report then says."""
        name = PurePath(nfc(str(path.relative_to(folder))))
        if path.is_symlink():
            self._refuse(name, "tệp này là một liên kết, không phải tệp thật", "Hãy chép tệp thật vào thư mục")
            return None
        try:
            paper = open_paper(path.name, path.read_bytes())
        except PaperRefused as error:
            message, _, remedy = error.message.removesuffix(".").partition(". ")
            self._refuse(name, message[0].lower() + message[1:], remedy or "Hãy xin lại tệp khác")
            return None
        except OSError as error:
            self._refuse(name, f"không đọc được tệp ({reason(error)})", "Hãy kiểm tra quyền đọc tệp")
            return None
        found = self._by_code(name, paper) if paper.code else self._by_name(name)
        if isinstance(found, LeftAside):
            self.report.undecided.append(found)
        elif any(self._locks.is_locked(evaluation) for evaluation in found.evaluations):
            message = f"hồ sơ của {found.subject} đã nộp lưu"
            remedy = "Hãy bổ sung trên trang hồ sơ, có lý do và người duyệt"
            self.report.undecided.append(LeftAside("intake.filed", str(name), message, remedy))
        else:
            return _Accepted(path, name, replace(paper, data=b""), hashlib.sha512(paper.data).hexdigest(), found)
        return None

    def keep(self, file: _Accepted) -> None:
        """Writes one file for each evaluation it belongs to and does not have yet."""
        found = file.found
        made = sum(self._keep_for(evaluation, file) for evaluation in found.evaluations)
        if made:
            self.report.taken.append(Taken(str(file.name), found.subject, found.kind.title, made))
        else:
            self.report.known.append(str(file.name))

    def record(self, actor: str) -> None:
        """Writes the event of what was taken."""
        note = (
            f"taken={len(self.report.taken)} undecided={len(self.report.undecided)} refused={len(self.report.refused)}"
        )
        events.append(self._database, actor=actor, action="papers.taken", subject=str(self._campaign["id"]), note=note)
        self.report.saved = True

    def _refuse(self, name: PurePath, message: str, remedy: str) -> None:
        self.report.refused.append(LeftAside("intake.refused", str(name), message, remedy))

    def _by_code(self, name: PurePath, paper: Paper) -> _Find | LeftAside:
        code = paper.code
        evaluation = one(
            self._database,
            "SELECT * FROM evaluation WHERE id = ? AND campaign_id = ?",
            [code.evaluation_id if code else "", self._campaign["id"]],
        )
        if code is None or evaluation is None or code.period != self._campaign["period"]:
            message = "mã ở chân trang không thuộc đợt đánh giá này"
            return LeftAside("intake.unknown-code", str(name), message, "Hãy kiểm tra giấy này của đợt nào")
        try:
            form = library.manifest(code.form, self._book)
        except UnknownForm as error:
            return LeftAside("intake.unknown-code", str(name), error.message.removesuffix("."), "Hãy kiểm tra lại tệp")
        kind = Kind(form.dossier_item or "other_documents", form.code, form.title, ())
        member = self._members.get(evaluation["person_id"] or "")
        if member is None:
            return _Find(kind, form.title, (evaluation["id"],))
        return self._of_member(kind, member, evaluation["id"])

    def _by_name(self, name: PurePath) -> _Find | LeftAside:
        owners, why = self._people.owners(name)
        if why:
            message, remedy = _ASKS[why]
            return LeftAside(f"intake.{why}", str(name), message, remedy, tuple(str(owner) for owner in owners))
        kind = kind_of(name)
        if kind is None:
            titles = "; ".join(kind.title for kind in kinds())
            message = "tên tệp không cho biết đây là giấy tờ gì"
            return LeftAside(
                "intake.unknown-kind", str(name), message, f"Hãy ghi thêm loại giấy vào tên tệp: {titles}",
                (str(owners[0]),),
            )  # fmt: skip
        return self._of_member(kind, owners[0], None)

    def _of_member(self, kind: Kind, member: Member, named: str | None) -> _Find:
        own = rows(
            self._database,
            "SELECT id, capacity FROM evaluation WHERE campaign_id = ? AND person_id = ? ORDER BY capacity DESC",
            [self._campaign["id"], member.id],
        )
        asked = [record["id"] for record in own if self._asks_for(record["capacity"], kind.item)]
        # The evaluation the paper itself names always gets it; an item nobody is asked for stays with the member.
        chosen = {*asked, named} - {None} if asked or named else {own[0]["id"]}
        ordered = tuple(record["id"] for record in own if record["id"] in chosen)
        return _Find(kind, str(member), ordered)

    def _asks_for(self, capacity: str, item: str) -> bool:
        items = self._book.dossier_items(_PROFILES[capacity])
        return any(one.code == item and one.requirement != "not_applicable" for one in items)

    def _keep_for(self, evaluation: str, file: _Accepted) -> bool:
        there = rows(
            self._database,
            "SELECT content_digest FROM document WHERE evaluation_id = ? AND item = ? AND source = 'intake'",
            [evaluation, file.found.kind.item],
        )
        if any(record["content_digest"] == file.digest for record in there):
            return False
        data = file.path.read_bytes()
        if hashlib.sha512(data).hexdigest() != file.digest:
            raise ArchiveError(f"Tệp “{file.name}” bị sửa trong lúc nhận. Xin đóng tệp rồi chạy lại.")
        self._database.execute(
            "INSERT INTO content (digest, data) VALUES (?, ?) ON CONFLICT DO NOTHING", [file.digest, data]
        )
        self._database.table("document").insert(self._document(evaluation, file, number=len(there) + 1))
        return True

    def _document(self, evaluation: str, file: _Accepted, *, number: int) -> dict[str, Any]:
        kind = file.found.kind
        sql = "SELECT unit_id, person_id FROM evaluation WHERE id = ?"
        place = self._database.execute(sql, [evaluation]).fetchone()
        member = self._members.get(place[1] or "")
        own = kind.item in ("self_review", "asset_declaration")
        return {
            "id": new_id(),
            "campaign_id": self._campaign["id"],
            "evaluation_id": evaluation,
            "unit_id": place[0],
            "form": kind.form,
            "item": kind.item,
            "key": f"intake:{evaluation}:{kind.item}:{number}",
            "title": kind.title,
            "author": member.full_name if member and own else "",
            "stage": _STAGE,
            "state": file.paper.state,
            "source": "intake",
            "rulebook": self._campaign["rulebook"],
            "media_type": file.paper.media_type,
            "file_name": file.name.name,
            "pages": file.paper.pages,
            "content_digest": file.digest,
            "fingerprint": file.digest,
            "created_at": now(),
        }


def _members(database: Database, campaign_id: str) -> list[Member]:
    # A person's cell is where his evaluation as a member stands; a leader without one stands in his body's unit.
    found: dict[str, Member] = {}
    for record in rows(
        database,
        "SELECT p.id, p.reference, p.full_name, e.unit_id, u.name FROM evaluation e JOIN person p ON p.id = e.person_id"
        " LEFT JOIN unit_period u ON u.unit_id = e.unit_id AND u.valid_to IS NULL"
        " WHERE e.campaign_id = ? ORDER BY e.capacity = 'member' DESC, p.reference",
        [campaign_id],
    ):
        member = Member(record["id"], record["reference"], record["full_name"], record["unit_id"], record["name"] or "")
        found.setdefault(member.id, replace(member, full_name=nfc(member.full_name)))
    return list(found.values())


def _units(database: Database) -> dict[str, list[str]]:
    return {
        record["id"]: [record["reference"], record["name"], record["short_name"] or ""]
        for record in rows(
            database,
            "SELECT u.id, u.reference, p.name, p.short_name FROM unit u"
            " JOIN unit_period p ON p.unit_id = u.id AND p.valid_to IS NULL",
        )
    }
