"""Where the rows of each sheet are kept: how they are read back as rows, and how one is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archive.campaigns.plan import plan_of
from archive.importing.evaluations import SUBJECT_COLUMNS, SUBJECT_KINDS, Evaluations
from archive.records import register
from archive.records.database import now, one, rows
from archive.records.row_tables import TABLES, Kept, RowTable, id_of, kept, write
from generator.facts import campaign as facts
from generator.facts import meetings
from generator.facts.values import Row
from generator.rules.rulebook import load_rulebook
from generator.workbook.sheets import sheets

_REFERENCE = (
    "coalesce((SELECT reference FROM person WHERE id = e.person_id),"
    " (SELECT reference FROM unit WHERE id = e.organisation_id),"
    " (SELECT reference FROM collective WHERE id = e.collective_id))"
)


@dataclass(frozen=True)
class Desk:
    """What rows are read and written with: the database, and the campaign with its evaluations where there is one."""

    database: Database
    rulebook: str
    campaign_id: str | None = None
    evaluations: Evaluations | None = None

    def model(self, sheet: str) -> type[Row]:
        """The row model of a sheet, as the guidance has it."""
        return sheets(load_rulebook(self.rulebook))[sheet].model

    @property
    def year(self) -> Evaluations:
        """The evaluations of the campaign; only asked for where a campaign was found."""
        if self.evaluations is None:
            raise ValueError("rows of the year need a campaign")
        return self.evaluations


@dataclass(frozen=True)
class Store:
    """How the rows of one sheet are kept.

    Args:
        kept: every kept row of the sheet.
        save: writes one complete row, new (None) or over the kept one; gives its id.
        evaluation: the evaluation a row belongs to, if it has one already; None for rows that belong to none.
    """

    kept: Callable[[Desk], list[Kept]]
    save: Callable[[Desk, Any, Kept | None], str]
    evaluation: Callable[[Desk, Any], str | None] = lambda desk, row: None


def _table(table: RowTable) -> Store:
    return Store(
        lambda desk: table.kept(desk.database, desk.campaign_id),
        lambda desk, row, known: table.save(desk.database, row, known.id if known else None, desk.campaign_id),
    )


def _kept_campaigns(desk: Desk) -> list[Kept]:
    sql = (
        "SELECT c.id, c.revision, c.period, u.reference AS owner, c.place, c.evaluated_on, c.excellent_places"
        " FROM campaign c JOIN unit u ON u.id = c.owner_id ORDER BY c.rowid"
    )
    model = desk.model("campaign")
    return [
        kept(record["id"], record["revision"], model, {name: record[name] for name in model.model_fields})
        for record in rows(desk.database, sql)
    ]


def _save_campaign(desk: Desk, row: Any, known: Kept | None) -> str:
    record = row.model_dump(mode="json", exclude={"owner"})
    record["owner_id"] = id_of(desk.database, "unit", row.owner)
    if known is None:
        record |= {"rulebook": desk.rulebook, "opened_at": now()}
    return write(desk.database, "campaign", record, known.id if known else None)


def _facts(sheet: str, capacity: str, column: str = "facts") -> Store:
    """Rows kept as JSON in a column of the evaluation: `facts`, or `sections` for reviews. Their columns are the
    guidance's own."""
    subject = SUBJECT_KINDS[capacity]

    def read(desk: Desk) -> list[Kept]:
        sql = (
            f"SELECT e.id, e.revision, e.{column} AS value, s.reference FROM evaluation e"  # noqa: S608
            f" JOIN {TABLES[subject]} s ON s.id = e.{SUBJECT_COLUMNS[subject]}"
            " WHERE e.campaign_id = ? AND e.capacity = ? ORDER BY e.rowid"
        )
        found: list[Kept] = []
        for record in rows(desk.database, sql, [desk.campaign_id, capacity]):
            value = json.loads(record["value"])
            values = {subject: record["reference"], **({"sections": value} if column == "sections" else value)}
            found.append(kept(record["id"], record["revision"], desk.model(sheet), values, record["id"]))
        return found

    def save(desk: Desk, row: Row, known: Kept | None) -> str:
        values = row.model_dump(mode="json", exclude={subject}, exclude_none=True)
        evaluation = known.id if known else desk.year.ensure(capacity, getattr(row, subject), values)
        value = values["sections"] if column == "sections" else values
        return write(desk.database, "evaluation", {column: value}, evaluation)

    return Store(read, save, lambda desk, row: desk.year.find(capacity, getattr(row, subject)))


def _assessments(model: type[Row], capacity: str) -> Store:
    subject = SUBJECT_KINDS[capacity]

    def read(desk: Desk) -> list[Kept]:
        sql = (
            f"SELECT a.*, s.reference AS {subject} FROM assessment a JOIN evaluation e ON e.id = a.evaluation_id"  # noqa: S608
            f" JOIN {TABLES[subject]} s ON s.id = e.{SUBJECT_COLUMNS[subject]}"
            " WHERE e.campaign_id = ? AND e.capacity = ? ORDER BY a.rowid"
        )
        found: list[Kept] = []
        for record in rows(desk.database, sql, [desk.campaign_id, capacity]):
            row_id, revision, evaluation = (record.pop(name) for name in ("id", "revision", "evaluation_id"))
            record["ratings"] = json.loads(record["ratings"])
            found.append(kept(row_id, revision, model, record, evaluation))
        return found

    def save(desk: Desk, row: Row, known: Kept | None) -> str:
        record = row.model_dump(mode="json", exclude={subject})
        record["evaluation_id"] = desk.year.ensure(capacity, getattr(row, subject))
        return write(desk.database, "assessment", record, known.id if known else None)

    return Store(read, save, lambda desk, row: desk.year.find(capacity, getattr(row, subject)))


def _kept_local_ratings(desk: Desk) -> list[Kept]:
    sql = (
        f"SELECT a.id, a.revision, a.evaluation_id, a.assessor, a.assessor_name, e.capacity, {_REFERENCE} AS subject,"  # noqa: S608
        " a.ratings FROM assessment a JOIN evaluation e ON e.id = a.evaluation_id WHERE e.campaign_id = ?"
        " ORDER BY a.rowid"
    )
    model = desk.model("local_ratings")
    found: list[Kept] = []
    for record in rows(desk.database, sql, [desk.campaign_id]):
        own = {code: rating for code, rating in json.loads(record["ratings"]).items() if "." in code}
        for code, rating in own.items():
            given = {**record, "criterion": code, "rating": rating}
            values = {name: given[name] for name in model.model_fields}
            found.append(kept(f"{record['id']}:{code}", record["revision"], model, values, record["evaluation_id"]))
    return found


def _save_local_rating(desk: Desk, row: Any, known: Kept | None) -> str:
    evaluation = desk.year.ensure(row.capacity, row.subject)
    sheet = one(
        desk.database,
        "SELECT id, ratings FROM assessment WHERE evaluation_id = ? AND assessor = ? AND assessor_name IS ?",
        [evaluation, row.assessor, row.assessor_name],
    )
    ratings = json.loads(sheet["ratings"]) if sheet else {}
    record: dict[str, Any] = {"ratings": {**ratings, row.criterion: row.rating}}
    if sheet is None:
        record |= {"evaluation_id": evaluation, "assessor": row.assessor, "assessor_name": row.assessor_name}
    return f"{write(desk.database, 'assessment', record, sheet['id'] if sheet else None)}:{row.criterion}"


def _kept_outcomes(desk: Desk) -> list[Kept]:
    sql = (
        f"SELECT e.id, e.revision + coalesce(d.revision, 0) AS revision, e.capacity, {_REFERENCE} AS subject,"  # noqa: S608
        " e.proposed_level, e.proposal_comment, e.proposal_reason,"
        " d.level AS decided_level, d.body AS decided_by, d.number AS decision_number, d.decided_on"
        " FROM evaluation e LEFT JOIN decision d ON d.evaluation_id = e.id AND d.annulled_on IS NULL"
        " WHERE e.campaign_id = ? ORDER BY e.rowid"
    )
    found: list[Kept] = []
    for record in rows(desk.database, sql, [desk.campaign_id]):
        row_id, revision = record.pop("id"), record.pop("revision")
        found.append(kept(row_id, revision, facts.OutcomeRow, record, row_id))
    return found


def _save_outcome(desk: Desk, row: facts.OutcomeRow, known: Kept | None) -> str:
    evaluation = known.id if known else desk.year.ensure(row.capacity, row.subject)
    proposal = {name: getattr(row, name) for name in ("proposed_level", "proposal_comment", "proposal_reason")}
    write(desk.database, "evaluation", proposal, evaluation)
    present = one(
        desk.database, "SELECT id FROM decision WHERE evaluation_id = ? AND annulled_on IS NULL", [evaluation]
    )
    if row.decided_level is not None:
        record = {
            "evaluation_id": evaluation,
            "level": row.decided_level,
            "body": row.decided_by,
            "number": row.decision_number,
            "decided_on": row.decided_on.isoformat() if row.decided_on else None,
        }
        write(desk.database, "decision", record, present["id"] if present else None)
    elif present:
        desk.database.execute("DELETE FROM decision WHERE id = ?", [present["id"]])
    return evaluation


def _find_outcome(desk: Desk, row: facts.OutcomeRow) -> str | None:
    return desk.year.find(row.capacity, row.subject)


def _kept_tallies(desk: Desk) -> list[Kept]:
    sql = (
        f"SELECT t.*, b.reference AS ballot, {_REFERENCE} AS subject FROM tally t JOIN ballot b ON b.id = t.ballot_id"  # noqa: S608
        " JOIN evaluation e ON e.id = t.evaluation_id WHERE b.campaign_id = ? ORDER BY t.rowid"
    )
    model = desk.model("tallies")
    found: list[Kept] = []
    for record in rows(desk.database, sql, [desk.campaign_id]):
        given = {**record, **json.loads(record["counts"])}
        values = {name: given.get(name) for name in model.model_fields}
        found.append(kept(record["id"], record["revision"], model, values, record["evaluation_id"]))
    return found


def tally_capacity(desk: Desk, row: Any) -> str | None:
    """With which capacity the subject of a tally is voted on: the ballot's kind says so, and for an organisation
    ballot whether the reference is a unit's or a collective's; None when nobody has that reference."""
    ballot = one(
        desk.database,
        "SELECT kind FROM ballot WHERE reference = ? AND campaign_id = ?",
        [row.ballot, desk.campaign_id],
    )
    capacities = plan_of(load_rulebook(desk.rulebook)).ballots[ballot["kind"]] if ballot else ()
    return next((one for one in capacities if id_of(desk.database, SUBJECT_KINDS[one], row.subject)), None)


def _find_tally(desk: Desk, row: Any) -> str | None:
    capacity = tally_capacity(desk, row)
    return desk.year.find(capacity, row.subject) if capacity else None


def _save_tally(desk: Desk, row: Any, known: Kept | None) -> str:
    given = row.model_dump(mode="json", exclude={"ballot", "subject"})
    record = {name: given.pop(name, None) for name in ("votes", "invalid")}
    # What else the row counts are the options of the sheet.
    record["counts"] = {option: count for option, count in given.items() if count is not None}
    record["ballot_id"] = id_of(desk.database, "ballot", row.ballot, desk.campaign_id)
    record["evaluation_id"] = desk.year.ensure(tally_capacity(desk, row) or "", row.subject)
    return write(desk.database, "tally", record, known.id if known else None)


def _of_subject(table: str, model: type[Row], kind_of: Callable[[Any], str]) -> Store:
    """Rows on a person, unit or collective that belong to no campaign: shortcomings and past results."""
    named = {"shortcoming": "subject_kind"}.get(table, "capacity")

    def read(desk: Desk) -> list[Kept]:
        sql = f"SELECT e.*, {_REFERENCE} AS subject FROM {table} e ORDER BY e.rowid"  # noqa: S608
        found: list[Kept] = []
        for record in rows(desk.database, sql):
            row_id, revision = record.pop("id"), record.pop("revision")
            ids = {kind: record.pop(column) for kind, column in SUBJECT_COLUMNS.items()}
            if named == "subject_kind":
                record[named] = next(kind for kind, value in ids.items() if value)
            found.append(kept(row_id, revision, model, record))
        return found

    def save(desk: Desk, row: Any, known: Kept | None) -> str:
        record = row.model_dump(mode="json", exclude={"subject", "subject_kind"})
        kind = kind_of(row)
        record |= dict.fromkeys(SUBJECT_COLUMNS.values())
        record[SUBJECT_COLUMNS[kind]] = id_of(desk.database, kind, row.subject)
        return write(desk.database, table, record, known.id if known else None)

    return Store(read, save)


_PERSON, _UNIT = ("person_id", "person"), ("unit_id", "unit")
_COLLECTIVE = ("collective_id", "collective")
REGISTER: Mapping[str, Store] = {
    "units": Store(
        lambda desk: register.units(desk.database),
        lambda desk, row, known: register.save_unit(desk.database, row, known.id if known else None),
    ),
    "people": Store(
        lambda desk: register.people(desk.database),
        lambda desk, row, known: register.save_person(desk.database, row, known.id if known else None),
    ),
    "positions": _table(register.POSITIONS),
    "collectives": _table(register.COLLECTIVES),
    "collective_members": _table(register.COLLECTIVE_MEMBERS),
    "shortcomings": _of_subject("shortcoming", facts.ShortcomingRow, lambda row: str(row.subject_kind)),
    "past_results": _of_subject("past_result", facts.PastResultRow, lambda row: SUBJECT_KINDS[row.capacity]),
    "campaign": Store(_kept_campaigns, _save_campaign),
}
YEAR: Mapping[str, Store] = {
    "member_facts": _facts("member_facts", "member"),
    "member_assessments": _assessments(facts.MemberAssessmentRow, "member"),
    "member_reviews": _facts("member_reviews", "member", "sections"),
    "residence_comments": _table(
        RowTable("residence_comment", facts.ResidenceCommentRow, {"person": _PERSON}, of_campaign=True)
    ),
    "organisation_facts": _facts("organisation_facts", "party_organisation"),
    "organisation_assessments": _assessments(facts.OrganisationAssessmentRow, "party_organisation"),
    "organisation_reviews": _facts("organisation_reviews", "party_organisation", "sections"),
    "collective_facts": _facts("collective_facts", "leadership_collective"),
    "collective_assessments": _assessments(facts.CollectiveAssessmentRow, "leadership_collective"),
    "collective_reviews": _facts("collective_reviews", "leadership_collective", "sections"),
    "leader_facts": _facts("leader_facts", "leader_manager"),
    "local_ratings": Store(
        _kept_local_ratings, _save_local_rating, lambda desk, row: desk.year.find(row.capacity, row.subject)
    ),
    "peer_results": _table(RowTable("peer_result", facts.PeerResultRow, {"unit": _UNIT}, of_campaign=True)),
    "meetings": _table(
        RowTable("meeting", meetings.MeetingRow, {"unit": _UNIT, "collective": _COLLECTIVE}, of_campaign=True)
    ),
    "ballots": _table(RowTable("ballot", meetings.BallotRow, {"unit": _UNIT}, of_campaign=True)),
    "tallies": Store(_kept_tallies, _save_tally, _find_tally),
    "outcomes": Store(_kept_outcomes, _save_outcome, _find_outcome),
}
