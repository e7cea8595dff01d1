"""The table of the office's own Word templates, as SQL. The files themselves lie in the data folder's `templates/`."""

from __future__ import annotations

# Versions are kept: at most one of a form is in force for the office, and one for each unit.
TEMPLATES = """
CREATE TABLE template (
    id INTEGER PRIMARY KEY, rulebook TEXT NOT NULL, form TEXT NOT NULL, unit_id TEXT REFERENCES unit(id),
    version INTEGER NOT NULL CHECK (version > 0), digest TEXT NOT NULL, path TEXT NOT NULL,
    engine TEXT NOT NULL CHECK (engine IN ('compiled', 'docxtpl')), file_name TEXT NOT NULL,
    in_force INTEGER NOT NULL CHECK (in_force IN (0, 1)), installed_by TEXT NOT NULL, installed_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX template_version ON template(rulebook, form, coalesce(unit_id, ''), version);
CREATE UNIQUE INDEX template_in_force ON template(rulebook, form, coalesce(unit_id, '')) WHERE in_force = 1;
CREATE INDEX template_digest ON template(digest);
"""
