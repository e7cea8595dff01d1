"""The SQL of the numbers papers get from the office's register of outgoing papers."""

from __future__ import annotations

NUMBERS = """
CREATE TABLE number_series (
    unit_id TEXT NOT NULL REFERENCES unit(id), type TEXT NOT NULL, term TEXT NOT NULL,
    last INTEGER NOT NULL CHECK (last >= 0), PRIMARY KEY (unit_id, type)
) STRICT, WITHOUT ROWID;
CREATE TABLE paper_number (
    campaign_id TEXT NOT NULL REFERENCES campaign(id), key TEXT NOT NULL, unit_id TEXT NOT NULL REFERENCES unit(id),
    type TEXT NOT NULL, term TEXT NOT NULL, number INTEGER NOT NULL CHECK (number > 0), dated_on TEXT NOT NULL,
    given_by TEXT NOT NULL, given_at TEXT NOT NULL, PRIMARY KEY (campaign_id, key), UNIQUE (unit_id, type, term, number)
) STRICT, WITHOUT ROWID;
"""
