"""The SQL of what an office decides about a whole unit of a campaign, and of the readings it was begun under."""

from __future__ import annotations

# A row is never taken back: it is ended or superseded, with its time.
UNIT_RULINGS = """
CREATE TABLE unit_waiver (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id),
    unit_id TEXT NOT NULL REFERENCES unit(id), rule_id TEXT NOT NULL,
    message TEXT NOT NULL, citation TEXT NOT NULL, given TEXT NOT NULL, needed TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''), document TEXT NOT NULL CHECK (document <> ''),
    approver TEXT NOT NULL, approver_name TEXT NOT NULL, given_at TEXT NOT NULL, facts_digest TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX unit_waiver_in_force ON unit_waiver(campaign_id, unit_id, rule_id) WHERE ended_at IS NULL;
CREATE TABLE unit_answer (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id),
    unit_id TEXT NOT NULL REFERENCES unit(id), rule_id TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'not_applicable')), note TEXT NOT NULL,
    document TEXT NOT NULL, answered_by TEXT NOT NULL, answered_name TEXT NOT NULL, answered_at TEXT NOT NULL,
    superseded_at TEXT
) STRICT;
CREATE UNIQUE INDEX unit_answer_in_force ON unit_answer(campaign_id, unit_id, rule_id) WHERE superseded_at IS NULL;
CREATE TABLE unit_finding (
    campaign_id TEXT NOT NULL REFERENCES campaign(id), unit_id TEXT NOT NULL REFERENCES unit(id),
    rule_id TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL, citation TEXT NOT NULL,
    given TEXT NOT NULL, needed TEXT NOT NULL, remedy TEXT NOT NULL, found_at TEXT NOT NULL,
    PRIMARY KEY (campaign_id, unit_id, rule_id, given)
) STRICT, WITHOUT ROWID;
CREATE TABLE frozen_readings (
    campaign_id TEXT PRIMARY KEY REFERENCES campaign(id), settings TEXT NOT NULL, frozen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER frozen_readings_kept_on_update BEFORE UPDATE ON frozen_readings
BEGIN SELECT RAISE(ABORT, 'readings: frozen with the first decision'); END;
CREATE TRIGGER frozen_readings_kept_on_delete BEFORE DELETE ON frozen_readings
BEGIN SELECT RAISE(ABORT, 'readings: frozen with the first decision'); END;
"""
