"""The SQL of what is known of papers taken in: how each came, what it was matched by, what a machine read in it.

What was taken is a record and only ever added to. What waits for a person's decision is working data.
"""

from __future__ import annotations

INTAKE = """
CREATE TABLE taken_paper (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES document(id),
    campaign_id TEXT NOT NULL REFERENCES campaign(id), evaluation_id TEXT REFERENCES evaluation(id),
    unit_id TEXT NOT NULL REFERENCES unit(id), path TEXT NOT NULL, source_digest TEXT NOT NULL,
    version INTEGER NOT NULL, matched_by TEXT NOT NULL CHECK (matched_by IN ('code', 'name', 'decision')),
    signature TEXT NOT NULL CHECK (signature IN ('none', 'digital', 'copy')), converted_from TEXT NOT NULL DEFAULT '',
    stands_for TEXT NOT NULL DEFAULT '', differences TEXT NOT NULL DEFAULT '[]', needs_reading INTEGER NOT NULL,
    taken_by TEXT NOT NULL, taken_at TEXT NOT NULL
) STRICT;
CREATE INDEX taken_paper_document ON taken_paper(document_id);
CREATE INDEX taken_paper_evaluation ON taken_paper(evaluation_id);
CREATE INDEX taken_paper_source ON taken_paper(campaign_id, source_digest);
CREATE TRIGGER taken_paper_kept_on_update BEFORE UPDATE ON taken_paper
BEGIN SELECT RAISE(ABORT, 'papers taken are append-only'); END;
CREATE TRIGGER taken_paper_kept_on_delete BEFORE DELETE ON taken_paper
BEGIN SELECT RAISE(ABORT, 'papers taken are append-only'); END;
CREATE TABLE machine_text (
    document_id TEXT PRIMARY KEY REFERENCES document(id), text TEXT NOT NULL, reader TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE waiting_paper (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), path TEXT NOT NULL,
    source_digest TEXT NOT NULL, media_type TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
    remedy TEXT NOT NULL, candidates TEXT NOT NULL, waits_since TEXT NOT NULL,
    UNIQUE (campaign_id, path, source_digest)
) STRICT;
CREATE VIEW machine_text_view AS
SELECT d.id AS dossier_id, m.document_id, m.text, m.reader
FROM machine_text m JOIN document x ON x.id = m.document_id JOIN dossier d ON d.evaluation_id = x.evaluation_id
    OR (x.evaluation_id IS NULL AND d.evaluation_id IS NULL AND d.campaign_id = x.campaign_id
        AND d.unit_id = x.unit_id)
WHERE x.item NOT IN ('', 'asset_declaration', 'complaint_file');
"""
