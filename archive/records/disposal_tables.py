"""The SQL of retention and disposal: how long dossiers are kept, what holds them, lists, approvals, tombstones.

A dossier's rows are kept for ever but for one way: a tombstone stands for it. The triggers of the tables that are only
ever added to are written anew here so that they know this way and no other.
"""

from __future__ import annotations

_TABLES = """
CREATE TABLE retention_period (
    id TEXT PRIMARY KEY, code TEXT NOT NULL, years INTEGER CHECK (years > 0),
    document TEXT NOT NULL CHECK (document <> ''), set_by TEXT NOT NULL, set_name TEXT NOT NULL, set_at TEXT NOT NULL
) STRICT;
CREATE TABLE disposal_hold (
    id TEXT PRIMARY KEY, dossier_id TEXT NOT NULL, reason TEXT NOT NULL CHECK (reason <> ''), document TEXT NOT NULL,
    set_by TEXT NOT NULL, set_name TEXT NOT NULL, set_at TEXT NOT NULL, ended_at TEXT, ended_by TEXT, ended_name TEXT,
    end_reason TEXT, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX disposal_hold_dossier ON disposal_hold(dossier_id);
CREATE TABLE disposal_list (
    id TEXT PRIMARY KEY, reason TEXT NOT NULL CHECK (reason <> ''), document TEXT NOT NULL,
    proposed_by TEXT NOT NULL, proposed_name TEXT NOT NULL, proposed_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'withdrawn', 'carried_out')), ended_at TEXT, ended_by TEXT,
    ended_name TEXT, end_reason TEXT, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE disposal_item (
    id TEXT PRIMARY KEY, list_id TEXT NOT NULL REFERENCES disposal_list(id), dossier_id TEXT NOT NULL,
    title TEXT NOT NULL, subject_name TEXT NOT NULL, unit_name TEXT NOT NULL, period TEXT NOT NULL,
    version INTEGER NOT NULL, inventory_digest TEXT NOT NULL, retention TEXT NOT NULL, source TEXT NOT NULL,
    due_on TEXT NOT NULL, UNIQUE (list_id, dossier_id)
) STRICT;
CREATE INDEX disposal_item_dossier ON disposal_item(dossier_id);
CREATE TABLE disposal_approval (
    id TEXT PRIMARY KEY, list_id TEXT NOT NULL REFERENCES disposal_list(id), account_id TEXT NOT NULL,
    account_name TEXT NOT NULL, document TEXT NOT NULL, approved_at TEXT NOT NULL, UNIQUE (list_id, account_id)
) STRICT;
CREATE TABLE tombstone (
    id TEXT PRIMARY KEY, list_id TEXT NOT NULL REFERENCES disposal_list(id),
    campaign_id TEXT NOT NULL REFERENCES campaign(id), unit_id TEXT NOT NULL REFERENCES unit(id), evaluation_id TEXT,
    title TEXT NOT NULL, versions INTEGER NOT NULL, files INTEGER NOT NULL, inventory_digest TEXT NOT NULL,
    reason TEXT NOT NULL, document TEXT NOT NULL, approvers TEXT NOT NULL, disposed_by TEXT NOT NULL,
    disposed_name TEXT NOT NULL, disposed_at TEXT NOT NULL, dossier TEXT NOT NULL, evaluation TEXT,
    decisions TEXT NOT NULL
) STRICT;
CREATE INDEX tombstone_evaluation ON tombstone(evaluation_id);
CREATE TRIGGER tombstone_kept_on_update BEFORE UPDATE ON tombstone
BEGIN SELECT RAISE(ABORT, 'tombstone: rows are kept'); END;
CREATE TRIGGER tombstone_kept_on_delete BEFORE DELETE ON tombstone WHEN EXISTS (
    SELECT 1 FROM dossier d WHERE d.id = OLD.id AND d.status = 'disposed')
BEGIN SELECT RAISE(ABORT, 'tombstone: rows are kept'); END;
CREATE TRIGGER dossier_stays_disposed BEFORE UPDATE ON dossier WHEN OLD.status = 'disposed' AND NEW.status <> 'disposed'
BEGIN SELECT RAISE(ABORT, 'dossier: disposed for ever'); END;
"""
_ADDED_ONLY = ("retention_period", "disposal_item", "disposal_approval")
_FILED = (*_ADDED_ONLY, "disposal_hold", "disposal_list", "tombstone")
_KEPT = "".join(
    f"CREATE TRIGGER {table}_kept_on_{verb.lower()} BEFORE {verb} ON {table}\n"
    f"BEGIN SELECT RAISE(ABORT, '{table}: rows are kept'); END;\n"
    for table in _ADDED_ONLY
    for verb in ("UPDATE", "DELETE")
)
_COUNTING = "".join(
    f"CREATE TRIGGER {table}_{verb.lower()}_counts AFTER {verb} ON {table} BEGIN\n"  # noqa: S608 - names of ours
    "    UPDATE register_state SET changes = changes + 1;\nEND;\n"
    for table in _FILED
    for verb in ("INSERT", "UPDATE", "DELETE")
)
_OF_EVALUATION = "t.evaluation_id = OLD.evaluation_id"
_OF_PAPER = (
    f"{_OF_EVALUATION} OR (OLD.evaluation_id IS NULL AND t.evaluation_id IS NULL"
    " AND t.campaign_id = OLD.campaign_id AND t.unit_id = OLD.unit_id)"
)
_GOES_WITH_ITS_DOSSIER = {
    "complaint": _OF_EVALUATION,
    "complaint_step": _OF_EVALUATION,
    "annulment": _OF_EVALUATION,
    "reclassification": _OF_EVALUATION,
    "superior_report": _OF_EVALUATION,
    "reserved_opinion": _OF_EVALUATION,
    "step": _OF_EVALUATION,
    "correction": "t.id = OLD.dossier_id",
    "taken_paper": _OF_PAPER,
}
_OPENED = "".join(
    f"DROP TRIGGER {table}_kept_on_delete;\n"  # noqa: S608 - names of ours
    f"CREATE TRIGGER {table}_kept_on_delete BEFORE DELETE ON {table}\n"
    f"WHEN NOT EXISTS (SELECT 1 FROM tombstone t WHERE {where})\n"
    f"BEGIN SELECT RAISE(ABORT, '{table}: rows are kept'); END;\n"
    for table, where in _GOES_WITH_ITS_DOSSIER.items()
)
DISPOSAL = _TABLES + _KEPT + _COUNTING + _OPENED
