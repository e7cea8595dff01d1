"""The SQL of what happens to a result after it was decided: complaints, annulments, reserved opinions, corrections.

Rows are written once and kept for ever; what follows on a row is a row of its own.
"""

from __future__ import annotations

_KEPT = (
    "complaint", "complaint_step", "annulment", "reclassification", "superior_report", "reserved_opinion", "correction",
)  # fmt: skip

AFTERWARDS = """
CREATE TABLE complaint (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id),
    decision_id TEXT NOT NULL REFERENCES decision(id), complainant TEXT NOT NULL CHECK (complainant <> ''),
    position TEXT, address TEXT, dated_on TEXT, received_on TEXT NOT NULL,
    received_through TEXT NOT NULL CHECK (received_through IN ('in_person', 'post', 'sent_on')), receiver TEXT,
    grounds TEXT NOT NULL CHECK (grounds <> ''), examined_by TEXT, reply_by TEXT,
    opened_by TEXT NOT NULL, opened_at TEXT NOT NULL
) STRICT;
CREATE INDEX complaint_evaluation ON complaint(evaluation_id);
CREATE TABLE complaint_step (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id),
    complaint_id TEXT NOT NULL REFERENCES complaint(id),
    kind TEXT NOT NULL CHECK (kind IN ('acknowledged', 'considered', 'concluded')), taken_on TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('kept', 'adjusted', 'annulled')), text TEXT NOT NULL, number TEXT,
    recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL, CHECK ((kind = 'concluded') = (outcome IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX complaint_concluded ON complaint_step(complaint_id) WHERE kind = 'concluded';
CREATE UNIQUE INDEX complaint_acknowledged ON complaint_step(complaint_id) WHERE kind = 'acknowledged';
CREATE TRIGGER complaint_step_in_order BEFORE INSERT ON complaint_step WHEN EXISTS (
    SELECT 1 FROM complaint_step s WHERE s.complaint_id = NEW.complaint_id AND s.kind = 'concluded')
BEGIN SELECT RAISE(ABORT, 'complaint: concluded already'); END;
CREATE TABLE annulment (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id),
    decision_id TEXT NOT NULL UNIQUE REFERENCES decision(id), complaint_id TEXT REFERENCES complaint(id),
    level TEXT NOT NULL, cause TEXT NOT NULL CHECK (cause IN ('fault', 'conditions')),
    reason TEXT NOT NULL CHECK (reason <> ''), document TEXT NOT NULL CHECK (document <> ''), number TEXT,
    annulled_on TEXT NOT NULL, body TEXT NOT NULL, reviewing_body TEXT NOT NULL, reports_to TEXT NOT NULL,
    approver TEXT NOT NULL, approver_name TEXT NOT NULL, recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX annulment_evaluation ON annulment(evaluation_id);
CREATE TABLE reclassification (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id),
    annulment_id TEXT NOT NULL UNIQUE REFERENCES annulment(id),
    decision_id TEXT NOT NULL UNIQUE REFERENCES decision(id), level TEXT NOT NULL, reclassified_on TEXT NOT NULL,
    comment TEXT, approver TEXT NOT NULL, approver_name TEXT NOT NULL, recorded_at TEXT NOT NULL
) STRICT;
CREATE TABLE superior_report (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id),
    annulment_id TEXT NOT NULL UNIQUE REFERENCES annulment(id), reported_on TEXT NOT NULL,
    document TEXT NOT NULL CHECK (document <> ''), recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL
) STRICT;
CREATE TABLE reserved_opinion (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), holder TEXT NOT NULL,
    statement TEXT NOT NULL CHECK (statement <> ''), opinion TEXT NOT NULL CHECK (opinion <> ''), proof TEXT,
    proposal TEXT, reported_to TEXT, received_on TEXT NOT NULL, received_by TEXT, recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX reserved_opinion_evaluation ON reserved_opinion(evaluation_id);
CREATE TABLE correction (
    id TEXT PRIMARY KEY, dossier_id TEXT NOT NULL, evaluation_id TEXT REFERENCES evaluation(id),
    reason TEXT NOT NULL CHECK (reason <> ''), document TEXT NOT NULL, changed TEXT NOT NULL,
    approver TEXT NOT NULL, approver_name TEXT NOT NULL, recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX correction_dossier ON correction(dossier_id);
"""
AFTERWARDS_KEPT = "".join(
    f"CREATE TRIGGER {table}_kept_on_update BEFORE UPDATE ON {table}\n"
    f"BEGIN SELECT RAISE(ABORT, '{table}: rows are kept'); END;\n"
    f"CREATE TRIGGER {table}_kept_on_delete BEFORE DELETE ON {table}\n"
    f"BEGIN SELECT RAISE(ABORT, '{table}: rows are kept'); END;\n"
    for table in _KEPT
)
