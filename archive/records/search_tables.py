"""What searching follows: which dossiers changed since it last looked, and those that are not filed yet."""

from __future__ import annotations

# One row per dossier with the number of its newest change. AUTOINCREMENT never gives a number twice, so that who has
# seen number n misses nothing by asking for the numbers above it. An update that changes nothing leaves no trace.
SEARCH = """
CREATE TABLE dossier_change (seq INTEGER PRIMARY KEY AUTOINCREMENT, dossier_id TEXT NOT NULL UNIQUE) STRICT;
CREATE TRIGGER dossier_change_on_insert AFTER INSERT ON dossier BEGIN
    DELETE FROM dossier_change WHERE dossier_id = new.id;
    INSERT INTO dossier_change (dossier_id) VALUES (new.id);
END;
CREATE TRIGGER dossier_change_on_update
AFTER UPDATE OF id, campaign_id, kind, unit_id, status, level, version, subject_name, unit_name, parent_name ON dossier
WHEN (old.id, old.campaign_id, old.kind, old.unit_id, old.status, old.level, old.version, old.subject_name,
      old.unit_name, old.parent_name)
    IS NOT (new.id, new.campaign_id, new.kind, new.unit_id, new.status, new.level, new.version, new.subject_name,
      new.unit_name, new.parent_name)
BEGIN
    DELETE FROM dossier_change WHERE dossier_id IN (old.id, new.id);
    INSERT INTO dossier_change (dossier_id) VALUES (new.id);
END;
CREATE TRIGGER dossier_change_on_delete AFTER DELETE ON dossier BEGIN
    DELETE FROM dossier_change WHERE dossier_id = old.id;
    INSERT INTO dossier_change (dossier_id) VALUES (old.id);
END;
CREATE VIEW dossier_change_view AS SELECT seq, dossier_id FROM dossier_change;
CREATE INDEX dossier_unfiled ON dossier(id) WHERE version = 0;
"""

# What tells people of one name apart. Dossiers of organisations and collectives are not in it.
PEOPLE = """
CREATE VIEW dossier_person_view AS
SELECT d.id AS dossier_id, p.reference, p.birth_date
FROM dossier d JOIN evaluation e ON e.id = d.evaluation_id JOIN person p ON p.id = e.person_id;
"""
