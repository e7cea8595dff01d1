"""What goes from the database with a disposed dossier, and what stays of it.

Stays: the dossier's own row, the subject's evaluation without its content, and the results with number and day of the
decisions, which the decisions themselves hold too. Goes: everything else that only this dossier told of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from archive.records.database import one, rows
from archive.records.filed_tables import written

# Columns of an evaluation that say what it found; what stays is who was evaluated, where and when.
_EMPTIED = {
    "facts": "{}",
    "sections": "{}",
    "proposed_level": None,
    "proposal_comment": None,
    "proposal_reason": None,
}
# Children first. Each by the parameters of the tombstone.
_OF_EVALUATION = "evaluation_id = :evaluation_id"
_OF_UNIT = "evaluation_id IS NULL AND campaign_id = :campaign_id AND unit_id = :unit_id"
_PAPERS = "document_id IN (SELECT id FROM document WHERE {})"
_WITH_EVALUATION = (
    ("machine_text", _PAPERS.format(_OF_EVALUATION)), ("taken_paper", _PAPERS.format(_OF_EVALUATION)),
    ("document", _OF_EVALUATION), ("correction", "dossier_id = :id"), ("reserved_opinion", _OF_EVALUATION),
    ("superior_report", _OF_EVALUATION), ("reclassification", _OF_EVALUATION), ("annulment", _OF_EVALUATION),
    ("complaint_step", _OF_EVALUATION), ("complaint", _OF_EVALUATION), ("step", _OF_EVALUATION),
    ("answer", _OF_EVALUATION), ("waiver", _OF_EVALUATION), ("finding", _OF_EVALUATION), ("tally", _OF_EVALUATION),
    ("assessment", _OF_EVALUATION),
)  # fmt: skip
_WITH_UNIT = (
    ("machine_text", _PAPERS.format(_OF_UNIT)), ("taken_paper", _PAPERS.format(_OF_UNIT)), ("document", _OF_UNIT),
    ("correction", "dossier_id = :id"),
    ("unit_answer", "campaign_id = :campaign_id AND unit_id = :unit_id"),
    ("unit_waiver", "campaign_id = :campaign_id AND unit_id = :unit_id"),
    ("unit_finding", "campaign_id = :campaign_id AND unit_id = :unit_id"),
    ("ballot", "campaign_id = :campaign_id AND unit_id = :unit_id"
               " AND NOT EXISTS (SELECT 1 FROM tally t WHERE t.ballot_id = ballot.id)"),
    ("meeting", "campaign_id = :campaign_id AND unit_id = :unit_id AND NOT EXISTS (SELECT 1 FROM evaluation e"
                " JOIN dossier d ON d.evaluation_id = e.id WHERE e.campaign_id = meeting.campaign_id"
                " AND e.collective_id = meeting.collective_id AND d.status <> 'disposed')"),
)  # fmt: skip
# Rows that several dossiers of one subject tell of; they go with the last of them.
_OTHER = (
    "EXISTS (SELECT 1 FROM dossier d JOIN evaluation e ON e.id = d.evaluation_id WHERE d.id <> :id"
    " AND d.status <> 'disposed' AND {})"
)
_SHARED = (
    ("residence_comment", "person_id = :person_id AND campaign_id = :campaign_id AND NOT "
     + _OTHER.format("e.person_id = :person_id AND e.campaign_id = :campaign_id")),
    ("shortcoming", "(person_id = :person_id OR organisation_id = :organisation_id OR collective_id = :collective_id)"
     " AND NOT " + _OTHER.format("(e.person_id = :person_id OR e.organisation_id = :organisation_id"
                                 " OR e.collective_id = :collective_id)")),
)  # fmt: skip


def kept_of(database: Database, dossier_id: str) -> dict[str, Any]:
    """What a tombstone keeps of a dossier's rows, as JSON text: `dossier`, `evaluation`, `decisions`."""
    dossier = one(database, "SELECT * FROM dossier WHERE id = ?", [dossier_id]) or {}
    evaluation = one(database, "SELECT * FROM evaluation WHERE id = ?", [dossier["evaluation_id"]])
    decisions = rows(
        database, "SELECT * FROM decision WHERE evaluation_id = ? ORDER BY rowid", [dossier["evaluation_id"]]
    )
    stays = {**dossier, "status": "disposed", "complaint": "none", "waits_for": "[]", "fingerprint": None}
    return {
        "dossier": written(stays),
        "evaluation": written({**evaluation, **_EMPTIED}) if evaluation else None,
        "decisions": written(decisions),
    }


def put_back(database: Database, tombstone: Mapping[str, Any]) -> None:
    """Writes what a tombstone keeps, where the database has lost it. The caller holds the transaction."""
    for table, records in (
        ("evaluation", [json.loads(tombstone["evaluation"])] if tombstone["evaluation"] else []),
        ("decision", json.loads(tombstone["decisions"])),
        ("dossier", [json.loads(tombstone["dossier"])]),
    ):
        for record in records:
            names = ", ".join(record)
            places = ", ".join(f":{name}" for name in record)
            database.conn.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})", record)  # noqa: S608


def forget(database: Database, tombstone: Mapping[str, Any]) -> None:
    """Takes the rows of a disposed dossier away and marks it; doing it again changes nothing.

    The caller holds the transaction.
    """
    evaluation = one(database, "SELECT * FROM evaluation WHERE id = ?", [tombstone["evaluation_id"]]) or {}
    scope = {
        **{name: tombstone[name] for name in ("id", "campaign_id", "unit_id", "evaluation_id")},
        **{name: evaluation.get(name) for name in ("person_id", "organisation_id", "collective_id")},
    }
    tables = _WITH_EVALUATION if tombstone["evaluation_id"] else _WITH_UNIT
    papers = _OF_EVALUATION if tombstone["evaluation_id"] else _OF_UNIT
    sql = f"SELECT content_digest FROM document WHERE content_digest IS NOT NULL AND {papers}"  # noqa: S608
    contents = [row["content_digest"] for row in rows(database, sql, scope)]
    for table, where in (*tables, *(_SHARED if tombstone["evaluation_id"] else ())):
        _forget_workbook_rows(database, table, where, scope)
        database.conn.execute(f"DELETE FROM {table} WHERE {where}", scope)  # noqa: S608
    for digest in contents:
        database.conn.execute(
            "DELETE FROM content WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM document WHERE content_digest = ?1)",
            [digest],
        )
    if evaluation:
        _empty_evaluation(database, scope)
    database.conn.execute("DELETE FROM dossier_file WHERE dossier_id = :id", scope)
    database.conn.execute("DELETE FROM filing WHERE object = :id", scope)
    database.conn.execute("DELETE FROM fixity_check WHERE object = :id", scope)
    stays = json.loads(tombstone["dossier"])
    changes = ", ".join(f"{name} = :{name}" for name in stays)
    database.conn.execute(f"UPDATE dossier SET {changes} WHERE id = :id", stays)  # noqa: S608


def _empty_evaluation(database: Database, scope: Mapping[str, Any]) -> None:
    _forget_workbook_rows(database, "evaluation", "id = :evaluation_id", scope)
    changes = ", ".join(f"{name} = :{name}" for name in _EMPTIED)
    database.conn.execute(f"UPDATE evaluation SET {changes} WHERE id = :evaluation_id", {**scope, **_EMPTIED})  # noqa: S608


def _forget_workbook_rows(database: Database, table: str, where: str, scope: Mapping[str, Any]) -> None:
    """What workbooks said of the rows: it is only kept to tell what two people changed differently."""
    if table in ("evaluation", "assessment", "tally", "residence_comment", "shortcoming", "ballot", "meeting"):
        sql = f"DELETE FROM workbook_row WHERE record_id IN (SELECT id FROM {table} WHERE {where})"  # noqa: S608
        database.conn.execute(sql, scope)
