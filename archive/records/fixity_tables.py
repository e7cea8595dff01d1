"""The tables of the checks and of what the register filed last, as SQL.

`event_head` holds the newest event a second time, so that a tail cut off the events shows. `register_state` counts what
changed in the register, so that a filing knows without reading it whether the register must be filed too.
"""

from __future__ import annotations

_REGISTER = (
    "unit", "unit_period", "unit_succession", "person", "person_identifier", "membership", "position", "collective",
    "collective_member", "campaign", "local_criterion", "frozen_readings",
    "reading", "own_day", "past_result", "peer_result",
)  # fmt: skip

_TABLES = """
CREATE TABLE fixity_run (
    id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, ended_at TEXT, actor TEXT NOT NULL, objects INTEGER NOT NULL,
    checked INTEGER NOT NULL DEFAULT 0, damages INTEGER NOT NULL DEFAULT 0, event_seq INTEGER NOT NULL,
    event_hash TEXT NOT NULL, outcome TEXT NOT NULL CHECK (outcome IN ('running', 'sound', 'damaged', 'broken_off'))
) STRICT;
CREATE TABLE fixity_check (
    object TEXT PRIMARY KEY, checked_at TEXT NOT NULL, damages INTEGER NOT NULL, run_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE event_head (
    only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT;
INSERT INTO event_head (only, seq, hash)
    SELECT 1, seq, hash FROM event WHERE seq = (SELECT max(seq) FROM event);
CREATE TRIGGER event_head_follows AFTER INSERT ON event BEGIN
    INSERT OR REPLACE INTO event_head (only, seq, hash) VALUES (1, NEW.seq, NEW.hash);
END;
CREATE TABLE register_state (
    only INTEGER PRIMARY KEY CHECK (only = 1), changes INTEGER NOT NULL, filed_changes INTEGER NOT NULL,
    filed_event INTEGER NOT NULL, filed_step INTEGER NOT NULL
) STRICT;
INSERT INTO register_state (only, changes, filed_changes, filed_event, filed_step) VALUES (1, 1, 0, 0, 0);
CREATE INDEX shortcoming_person ON shortcoming(person_id);
CREATE INDEX shortcoming_organisation ON shortcoming(organisation_id);
CREATE INDEX shortcoming_collective ON shortcoming(collective_id);
CREATE INDEX meeting_collective ON meeting(campaign_id, collective_id);
CREATE INDEX tally_evaluation ON tally(evaluation_id);
CREATE INDEX decision_evaluation ON decision(evaluation_id);
CREATE INDEX waiver_evaluation ON waiver(evaluation_id);
CREATE INDEX answer_evaluation ON answer(evaluation_id);
CREATE INDEX document_unit ON document(campaign_id, unit_id) WHERE evaluation_id IS NULL;
CREATE INDEX event_object ON event(object);
"""
_COUNTING = "".join(
    f"CREATE TRIGGER {table}_{verb.lower()}_counts AFTER {verb} ON {table} BEGIN\n"  # noqa: S608 - names of ours
    "    UPDATE register_state SET changes = changes + 1;\nEND;\n"
    for table in _REGISTER
    for verb in ("INSERT", "UPDATE", "DELETE")
)
CHECKS = _TABLES + _COUNTING
