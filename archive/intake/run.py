"""Taking people's own papers into a campaign: a folder of them, some that were uploaded, or one a person decided on.

Each file is all or nothing: its bytes, its document, how it came and the event stand in one transaction. What is
doubtful waits for a person; what is refused changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha512
from pathlib import Path, PurePath
from typing import Any

from sqlite_utils import Database

from archive.errors import NotFound
from archive.importing.evaluations import Evaluations
from archive.intake.amending_filed import amend_filed
from archive.intake.comparing import Comparison
from archive.intake.errors import DecisionUnusable
from archive.intake.gathering import gathered
from archive.intake.keeping import Accepted, is_known, keep_content, keep_paper_row, tell, was_taken
from archive.intake.machine_reading import read_scans, reader_name, waiting
from archive.intake.opening import Given, opened_file, opened_item
from archive.intake.papers import Paper
from archive.intake.recognising import Decision, Found, Recognition, Target
from archive.intake.report import Difference, IntakeReport, LeftAside, Taken
from archive.intake.waiting import let_wait, no_longer_waits, waiting_paper
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.database import one, rows, writing
from generator.rules.rulebook import load_rulebook
from generator.vietnamese import nfc


class _TakenBack(Exception):
    """Ends the transaction without keeping anything."""


@dataclass(frozen=True)
class Amendment:
    """Why papers may still go into dossiers that are filed: the reason, the paper that allows it, and the approver."""

    reason: str
    document: str
    account: Account | None


@dataclass(frozen=True)
class Upload:
    """A file that was uploaded: the name its sender gave it, and its bytes."""

    name: str
    data: bytes


def intake(
    office: Office,
    folder: Path,
    *,
    actor: str,
    dry_run: bool = False,
    campaign_id: str | None = None,
    decisions: Mapping[str, Decision] | None = None,
    amendment: Amendment | None = None,
) -> IntakeReport:
    """Takes the papers of a folder and its subfolders into the dossiers of their people; the same file only once.

    A file is known by the code in its footer or properties, else by its name (`DV012 Nguyễn Văn An - Bản tự kiểm
    điểm.docx`) and its folder (a cell's reference or name). A paper that concerns both the member and the leader of
    the same person goes to both evaluations. Doubtful files are listed and wait, never guessed. The dry run is the
    same and takes it back. The data folder is locked for each file by itself.

    Args:
        decisions: path under the folder → what a person decided about the file.
        amendment: lets papers go into filed dossiers, as a new version of each.

    Raises:
        NotFound: the folder, or the campaign, does not exist; or there are several campaigns and none was named.
        DecisionUnusable: a decision names no file of the folder, nobody of the campaign or no kind of paper.
        NotPermitted: an amendment is asked for by an account that may not.
    """
    if not folder.is_dir():
        raise NotFound(f"Không có thư mục {folder}. Xin kiểm tra lại đường dẫn.")
    decided = {nfc(name).removeprefix("./"): decision for name, decision in (decisions or {}).items()}
    items = gathered(folder)
    for name in decided.keys() - {str(item.name) for item in items}:
        raise DecisionUnusable(f"Trong thư mục không có tệp “{name}”. Xin ghi đường dẫn tính từ thư mục {folder}.")
    given = (opened_item(folder, item) for item in items)
    return _take(office, given, actor, dry_run, campaign_id, decided, amendment)


def intake_uploads(
    office: Office, uploads: Iterable[Upload], *, actor: str, campaign_id: str | None = None
) -> IntakeReport:
    """Takes uploaded files as `intake` takes those of a folder.

    Raises:
        NotFound: there is no campaign, or several and none was named.
    """
    given = (opened_file(PurePath(PurePath(nfc(one_file.name).replace("\\", "/")).name or "tệp"), one_file.data)
             for one_file in uploads)  # fmt: skip
    return _take(office, given, actor, False, campaign_id, {}, None)


def take_waiting(
    office: Office, paper_id: str, decision: Decision, *, actor: str, amendment: Amendment | None = None
) -> IntakeReport:
    """Takes a waiting paper as a person decided.

    Raises:
        NotFound: it waits no longer.
        DecisionUnusable: the decision names nobody of the campaign or no kind of paper.
    """
    database = office.connect()
    try:
        paper, campaign_id, data = waiting_paper(database, paper_id)
    finally:
        database.close()
    given = [opened_file(PurePath(paper.path), data)]
    return _take(office, given, actor, False, campaign_id, {paper.path: decision}, amendment)


def _take(
    office: Office, given: Iterable[Given], actor: str, dry_run: bool, campaign_id: str | None,
    decisions: Mapping[str, Decision], amendment: Amendment | None,
) -> IntakeReport:  # fmt: skip
    database = office.connect()
    try:
        work = _Intake(office, database, campaign_named(database, campaign_id), actor, dry_run, decisions, amendment)
        work.check(decisions.values())
        if dry_run:
            # Files are opened and matched before the database is locked for writing.
            accepted = [found for one_file in given if (found := work.examine(one_file)) is not None]
            with suppress(_TakenBack), writing(database):
                for file, kept in accepted:
                    work.keep(file, kept)
                raise _TakenBack
        else:
            for one_file in given:
                if (seen := work.examine(one_file)) is not None:
                    with office.locked():
                        work.keep(*seen)
            read_scans(database)
            work.report.unread = waiting(database)
        return work.report
    finally:
        database.close()


def campaign_named(database: Database, campaign_id: str | None) -> Mapping[str, Any]:
    """The row of a campaign, the only one where none is named.

    Raises:
        NotFound: there is none, or there are several.
    """
    found = rows(database, "SELECT * FROM campaign WHERE ?1 IS NULL OR id = ?1", [campaign_id])
    if len(found) != 1:
        raise NotFound(
            "Có nhiều đợt đánh giá. Xin chỉ rõ đợt nào." if found else "Chưa có đợt đánh giá. Xin nhập dữ liệu trước."
        )
    return found[0]


@dataclass
class _Intake:
    """One intake on its way."""

    office: Office
    database: Database
    campaign: Mapping[str, Any]
    actor: str
    dry_run: bool
    decisions: Mapping[str, Decision]
    amendment: Amendment | None
    report: IntakeReport = field(default_factory=IntakeReport)

    def __post_init__(self) -> None:
        book = load_rulebook(self.campaign["rulebook"])
        self._recognition = Recognition(self.database, self.campaign)
        self._comparison = Comparison(self.office, self.database, self.campaign["id"], book)

    def check(self, decisions: Iterable[Decision]) -> None:
        """Makes sure that every decision can be followed, before any file is taken.

        Raises:
            DecisionUnusable: one cannot.
        """
        for decision in decisions:
            self._recognition.recognise(PurePath(), None, decision)

    def examine(self, given: Given) -> tuple[Accepted, Given] | None:
        """What a file is and whose; None when it is not taken, which the report then says."""
        if given.refusal is not None:
            aside = self.report.refused if given.refusal.code == "intake.refused" else self.report.undecided
            aside.append(given.refusal)
            return None
        paper = given.paper
        if paper is None:
            return None
        decision = self.decisions.get(str(given.name))
        found = self._recognition.recognise(given.name, paper.code, decision)
        if paper.several and decision is None:
            found = LeftAside(
                "intake.several-papers", str(given.name), "tệp có mã của nhiều giấy tờ khác nhau",
                "Hãy tách thành từng tệp, mỗi tệp một giấy tờ",
            )  # fmt: skip
        if isinstance(found, LeftAside):
            if was_taken(self.database, self.campaign["id"], given.name, sha512(given.source).hexdigest()):
                self.report.known.append(str(given.name))
            else:
                self._ask(found, given)
            return None
        accepted = self._accepted(given, paper, found)
        if self.dry_run:  # the bytes of all its files are not held together
            accepted = replace(accepted, paper=replace(paper, data=b"", digest=paper.digest))
            return accepted, replace(given, source=b"", paper=None)
        return accepted, given

    def keep(self, file: Accepted, given: Given) -> None:
        """Writes one file for each dossier it belongs to and does not have yet, all of them or none."""
        wanted = [target for target in file.found.targets if not is_known(self.database, file, target, self.campaign)]
        if not wanted:
            self.report.known.append(str(file.name))
            if file.found.matched_by == "decision":
                with writing(self.database):
                    no_longer_waits(self.database, self.campaign["id"], file.source_digest)
            return
        locks = Evaluations(self.database, self.campaign["id"])
        filed = [target for target in wanted if _is_filed(self.database, self.campaign, target, locks)]
        if filed and self.amendment is None:
            message = f"hồ sơ của {file.found.subject} đã nộp lưu"
            remedy = "Muốn bổ sung phải có lý do và người duyệt: hoso intake … --reason LÝ-DO"
            self._ask(LeftAside("intake.filed", str(file.name), message, remedy), given)
            return
        version = self._keep_open(file, [target for target in wanted if target not in filed])
        if filed and self.amendment is not None and not self.dry_run:
            amended = amend_filed(
                self.office, self.database, self.campaign, file, filed, reason=self.amendment.reason,
                document=self.amendment.document, account=self.amendment.account,
            )  # fmt: skip
            version = max(version, amended)
        self._note(file, given, len(wanted), max(version, 1))

    def _keep_open(self, file: Accepted, targets: Sequence[Target]) -> int:
        """Writes a file for dossiers that are not filed, in one transaction; gives its newest version there."""
        if not targets:
            return 0
        version = 0
        with writing(self.database):
            if not self.dry_run:
                keep_content(self.database, file.paper.digest, file.paper.data)
            for target in targets:
                version = max(version, keep_paper_row(self.database, file, target, self.campaign, self.actor))
            no_longer_waits(self.database, self.campaign["id"], file.source_digest)
            subject = targets[0].evaluation_id or targets[0].unit_id
            tell(self.database, self.actor, subject, version, file)
        return version

    def _note(self, file: Accepted, given: Given, made: int, version: int) -> None:
        stands_for = str(file.stands_for["title"]) if file.stands_for else ""
        self.report.taken.append(
            Taken(
                str(file.name), file.found.subject, file.found.kind.title, made, given.pages_from, version,
                file.found.matched_by, file.paper.signature, file.paper.converted_from, stands_for,
                file.needs_reading and bool(reader_name()), file.differences,
            )
        )  # fmt: skip
        self.report.saved = not self.dry_run

    def _ask(self, left: LeftAside, given: Given) -> None:
        """Leaves a file to a person: it is listed, and waits with its bytes unless somebody's dossier has them."""
        self.report.undecided.append(left)
        if not self.dry_run and given.paper is not None:
            with writing(self.database):
                came_as = given.paper.converted_from or given.paper.media_type
                let_wait(self.database, self.campaign["id"], left, given.source, came_as)

    def _accepted(self, given: Given, paper: Paper, found: Found) -> Accepted:
        form, evaluation = found.kind.form, found.targets[0].evaluation_id
        differences: tuple[Difference, ...] = ()
        if found.matched_by == "code" and evaluation and paper.text.strip():
            differences = self._comparison.differences(evaluation, form, paper.text)
        stands_for = self._comparison.counterpart(evaluation, form)
        # The digest of the bytes that came tells a file sent twice, also where it was converted.
        return Accepted(given.name, paper, sha512(given.source).hexdigest(), found, differences, stands_for)


def _is_filed(database: Database, campaign: Mapping[str, Any], target: Target, locks: Evaluations) -> bool:
    if target.evaluation_id is not None:
        return locks.is_locked(target.evaluation_id)
    found = one(
        database,
        "SELECT status FROM dossier WHERE campaign_id = ? AND unit_id = ? AND evaluation_id IS NULL AND version > 0",
        [campaign["id"], target.unit_id],
    )
    return found is not None and found["status"] == "filed"
