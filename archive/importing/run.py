"""Importing a campaign workbook: everything is checked first, and all of it is saved or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlite_utils import Database

from archive.campaigns.opened import open_campaign_dossiers
from archive.campaigns.plan import plan_of
from archive.campaigns.steps import record_campaign
from archive.importing import checks
from archive.importing.copies import Copies
from archive.importing.evaluations import Evaluations
from archive.importing.plan import Planned, Planner
from archive.importing.report import Conflict, Difference, ImportReport
from archive.importing.stores import REGISTER, YEAR, Desk, Store
from archive.office.readings import freeze_readings
from archive.records import events, register
from archive.records.database import rows, writing
from archive.records.row_tables import Kept
from generator.errors import Place, Problem
from generator.rules.rulebook import load_rulebook
from generator.workbook.headings import words
from generator.workbook.read import WorkbookContent
from generator.workbook.sheets import Column, Sheet, labels, sheets

_KINDS = {"units": "unit", "people": "person", "collectives": "collective", "ballots": "ballot"}
_NAME_FIELDS = {"units": "name", "people": "full_name", "collectives": "name", "ballots": "reference"}


class _TakenBack(Exception):
    """Ends the transaction without keeping anything."""


def import_workbook(
    database: Database,
    content: WorkbookContent,
    *,
    actor: str,
    dry_run: bool = False,
    rulebook: str = "hd13_2018",
    campaign_id: str | None = None,
) -> ImportReport:
    """Saves what a workbook says, in one transaction with one event; with any problem nothing is saved.

    The dry run does the same and takes it back. A cell left empty, or that still says what it said when the workbook
    was written, changes nothing. A row of which someone else has changed the same cell meanwhile, or whose dossier is
    filed, is listed as a conflict and left as it is kept.

    Args:
        database: not inside a transaction.
        content: as `generator.workbook.read.read` gives it; its problems are part of the report.
        actor: account id, or `cli`.
        rulebook: of a campaign that the workbook opens.
        campaign_id: for which campaign the year's rows are, where the workbook does not name one.

    Raises:
        ValueError: called inside a transaction, where the dry run could not take back what it did.
    """
    if database.conn.in_transaction:
        raise ValueError("an import begins and ends its own transaction")
    try:
        with writing(database):
            work = _Import(database, content, rulebook, campaign_id, actor)
            work.run()
            report = work.report
            if dry_run or report.problems:
                raise _TakenBack
            freeze_readings(database)
            if report.campaign_id and (report.created["outcomes"] or report.changed["outcomes"]):
                record_campaign(database, report.campaign_id, actor=actor)
            if report.campaign_id:
                open_campaign_dossiers(database, report.campaign_id)
            if report.changes:
                counts = {"created": report.created, "changed": report.changed}
                note = " ".join(f"{name}={counter.total()}" for name, counter in counts.items())
                note += f" evaluations={report.evaluations} conflicts={len(report.conflicts)}"
                events.append(
                    database,
                    actor=actor,
                    action="workbook.imported",
                    subject=report.campaign_id or "register",
                    note=note,
                )
                report.saved = True
    except _TakenBack:
        pass
    return work.report


class _Import:
    def __init__(
        self, database: Database, content: WorkbookContent, rulebook: str, campaign_id: str | None, actor: str
    ) -> None:
        self._book = load_rulebook(rulebook)
        self._sheets = sheets(self._book)
        self._content = content
        self._desk = Desk(database, rulebook)
        self._campaign_id = campaign_id
        self._known = checks.Known(voted_on=plan_of(self._book).ballots, doubtful=self._doubtful())
        self._copies = Copies(database, content, self._sheets, actor)
        self.report = ImportReport(problems=list(content.problems))

    def run(self) -> None:
        for key, store in REGISTER.items():
            self._import_sheet(key, store)
        given = [key for key in YEAR if self._content.rows.get(key)]
        campaign_id = self._find_campaign(needed=bool(given))
        self.report.campaign_id = campaign_id
        year = Evaluations(self._desk.database, campaign_id) if campaign_id is not None else None
        self._desk = replace(self._desk, campaign_id=campaign_id, evaluations=year)
        if year is None and not self.report.problems:
            return
        # Without a campaign the rows of the year are still checked, so that all problems are told at once.
        for key in ("ballots", *(key for key in YEAR if key != "ballots")):
            self._import_sheet(key, YEAR[key])
        if year is not None and not self.report.problems:
            self.report.evaluations = year.place_members()

    def _doubtful(self) -> set[str]:
        titles = {words(self._sheets[key].title): kind for key, kind in _KINDS.items() if key in self._sheets}
        return {kind for problem in self._content.problems if (kind := titles.get(words(problem.place.sheet)))}

    def _find_campaign(self, *, needed: bool) -> str | None:
        if self._campaign_id is not None:
            return self._campaign_id
        place = Place(file=self._content.file_name, sheet=self._sheets["campaign"].title)
        named = {(row.given.get("period"), row.given.get("owner")) for row in self._content.rows.get("campaign", ())}
        found = [
            record["id"]
            for record in rows(
                self._desk.database,
                "SELECT c.id, c.period, u.reference FROM campaign c JOIN unit u ON u.id = c.owner_id",
            )
            if not named or (record["period"], record["reference"]) in named
        ]
        if len(found) == 1:
            return str(found[0])
        if needed and not (named and self.report.problems):
            message = "có nhiều đợt đánh giá" if found else "chưa có đợt đánh giá nào"
            remedy = "Hãy ghi đúng một dòng ở trang này cho đợt đang nhập"
            self.report.problems.append(Problem("import.campaign", place, message, remedy))
        return None

    def _import_sheet(self, key: str, store: Store) -> None:
        # A guidance may ask for fewer sheets than there are kinds of rows.
        if key not in self._sheets:
            return
        sheet = self._sheets[key]
        given = self._content.rows.get(key, ())
        if not given and key not in _KINDS:
            return
        kept = store.kept(self._desk)
        for known in kept:
            self._introduce(key, known.values)
        planner = Planner(sheet, kept, partial(self._copies.merge, sheet))
        planned = planner.plan(given)
        self.report.problems += planner.problems
        if planner.problems and key in _KINDS:
            self._known.doubtful.add(_KINDS[key])
        for one in planned:
            self._introduce(key, one.row.model_dump())
        sound = self._sound(sheet, planned, kept)
        if key == "units":
            for one in sound:
                if one.kept is None:
                    register.reserve_unit(self._desk.database, one.row.reference)  # type: ignore[attr-defined]
        for one in sound:
            self._save(sheet, store, one)

    def _introduce(self, key: str, values: dict[str, Any]) -> None:
        if key in _KINDS:
            self._known.add(_KINDS[key], values["reference"], values[_NAME_FIELDS[key]])
        if key == "ballots":
            self._known.ballot_kinds[values["reference"]] = values["kind"]

    def _sound(self, sheet: Sheet, planned: Sequence[Planned], kept: Sequence[Kept]) -> list[Planned]:
        problems = [
            *(problem for one in planned for problem in checks.check_references(one, sheet, self._known)),
            *(problem for one in planned for problem in checks.check_days(one, sheet)),
            *(problem for one in planned for problem in checks.check_decision(one, sheet)),
        ]
        if sheet.key == "local_ratings":
            known = self._local_criteria()
            problems += [found for one in planned for found in checks.check_local_criterion(one, sheet, known)]
        if sheet.key == "people":
            problems += checks.check_identifiers(planned, kept, sheet)
        if sheet.key == "units":
            problems += checks.check_parents(planned, kept, sheet)
        self.report.problems += problems
        return [] if self.report.problems else list(planned)

    def _local_criteria(self) -> dict[str, list[str]]:
        kinds = {"party_member": "person", "party_organisation": "unit", "leadership_collective": "collective"}
        found: dict[str, list[str]] = {}
        for row in rows(
            self._desk.database,
            "SELECT kind, code FROM local_criterion WHERE campaign_id = ? ORDER BY code",
            [self.report.campaign_id],
        ):
            found.setdefault(kinds[row["kind"]], []).append(row["code"])
        return found

    def _save(self, sheet: Sheet, store: Store, one: Planned) -> None:
        if one.kept is not None and not one.changes:
            self.report.unchanged[sheet.key] += 1
            self._copies.note(sheet, one.source, one.kept.id)
            return
        evaluation = store.evaluation(self._desk, one.row) if self._desk.evaluations else None
        if evaluation and self._desk.year.is_locked(evaluation):
            self._conflict(
                sheet, one, "import.filed", "hồ sơ đã nộp lưu nên không sửa bằng bảng Excel được",
                "Hãy sửa trên trang hồ sơ, có lý do và người duyệt",
            )  # fmt: skip
            return
        if one.contested:
            self._conflict(
                sheet, one, "import.changed-meanwhile", "nội dung này đã được sửa sau khi lấy bảng Excel",
                "Hãy lấy lại bảng nhập liệu rồi sửa trên bảng mới",
            )  # fmt: skip
            return
        self._copies.note(sheet, one.source, store.save(self._desk, one.row, one.kept))
        (self.report.changed if one.kept else self.report.created)[sheet.key] += 1

    def _conflict(self, sheet: Sheet, one: Planned, code: str, message: str, remedy: str) -> None:
        before = one.kept.values if one.kept else {}
        after = one.row.model_dump()
        differences = tuple(
            Difference(column.header, self._shown(before, column), self._shown(after, column))
            for column in sheet.facts
            if self._shown(before, column) != self._shown(after, column)
        )
        self.report.conflicts.append(Conflict(code, one.source.place, message, remedy, differences))

    def _shown(self, values: dict[str, Any], column: Column) -> str:
        value = values.get(column.field)
        if column.part:
            value = (value or {}).get(column.part)
        return checks.as_text(value, column.choices, labels(column.choices, self._book) if column.choices else {})
