"""The SQL of the tables, triggers and views, in the order in which `schema` makes them.

What a released migration holds is never changed: a later migration adds to it.
"""

from __future__ import annotations

REGISTER = """
CREATE TABLE person (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL, birth_date TEXT, sex TEXT,
    admitted_on TEXT, official_on TEXT, workplace TEXT, residence TEXT,
    is_public_employee INTEGER NOT NULL DEFAULT 0, cell_is_residential INTEGER NOT NULL DEFAULT 1,
    note TEXT, merged_into TEXT REFERENCES person(id), revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE person_identifier (
    person_id TEXT NOT NULL REFERENCES person(id), kind TEXT NOT NULL CHECK (kind IN ('card_number', 'file_number')),
    value TEXT NOT NULL, valid_from TEXT, valid_to TEXT, PRIMARY KEY (person_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_identifier_value ON person_identifier(kind, value);
CREATE TABLE unit (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE unit_period (
    id INTEGER PRIMARY KEY, unit_id TEXT NOT NULL REFERENCES unit(id), name TEXT NOT NULL, short_name TEXT,
    type TEXT NOT NULL, parent_id TEXT REFERENCES unit(id), superior_name TEXT, symbol TEXT, has_committee INTEGER,
    established_on TEXT, note TEXT, valid_from TEXT, valid_to TEXT, basis TEXT
) STRICT;
CREATE UNIQUE INDEX unit_period_now ON unit_period(unit_id) WHERE valid_to IS NULL;
CREATE TABLE unit_succession (
    id INTEGER PRIMARY KEY, from_unit_id TEXT NOT NULL REFERENCES unit(id), to_unit_id TEXT REFERENCES unit(id),
    kind TEXT NOT NULL CHECK (kind IN ('renamed', 'merged', 'split', 'dissolved')), happened_on TEXT NOT NULL,
    basis TEXT
) STRICT;
CREATE TABLE membership (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(id), unit_id TEXT NOT NULL REFERENCES unit(id),
    kind TEXT NOT NULL, valid_from TEXT, valid_to TEXT, note TEXT, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX membership_person ON membership(person_id);
CREATE INDEX membership_unit ON membership(unit_id);
CREATE TABLE position (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(id), unit_id TEXT REFERENCES unit(id),
    position_field TEXT NOT NULL, title TEXT NOT NULL, is_head INTEGER NOT NULL DEFAULT 0,
    is_main INTEGER NOT NULL DEFAULT 0, rank INTEGER, valid_from TEXT, valid_to TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX position_person ON position(person_id);
CREATE TABLE collective (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, level TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit(id), party_organisation_id TEXT REFERENCES unit(id), note TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE collective_member (
    id TEXT PRIMARY KEY, collective_id TEXT NOT NULL REFERENCES collective(id),
    person_id TEXT NOT NULL REFERENCES person(id), role TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
"""

YEAR = """
CREATE TABLE campaign (
    id TEXT PRIMARY KEY, period TEXT NOT NULL, rulebook TEXT NOT NULL, owner_id TEXT NOT NULL REFERENCES unit(id),
    place TEXT NOT NULL, evaluated_on TEXT NOT NULL, excellent_places INTEGER, settings TEXT NOT NULL DEFAULT '{}',
    opened_at TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (owner_id, period)
) STRICT;
CREATE TABLE evaluation (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id),
    capacity TEXT NOT NULL
        CHECK (capacity IN ('member', 'leader_manager', 'party_organisation', 'leadership_collective')),
    person_id TEXT REFERENCES person(id), organisation_id TEXT REFERENCES unit(id),
    collective_id TEXT REFERENCES collective(id),
    unit_id TEXT NOT NULL REFERENCES unit(id),
    facts TEXT NOT NULL DEFAULT '{}', sections TEXT NOT NULL DEFAULT '{}',
    proposed_level TEXT, proposal_comment TEXT, proposal_reason TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((person_id IS NOT NULL) + (organisation_id IS NOT NULL) + (collective_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX evaluation_person ON evaluation(campaign_id, capacity, person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX evaluation_organisation ON evaluation(campaign_id, organisation_id)
    WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX evaluation_collective ON evaluation(campaign_id, collective_id)
    WHERE collective_id IS NOT NULL;
CREATE INDEX evaluation_unit ON evaluation(campaign_id, unit_id);
CREATE TABLE assessment (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), assessor TEXT NOT NULL,
    assessor_name TEXT, ratings TEXT NOT NULL DEFAULT '{}', level TEXT, comment TEXT, assessed_on TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX assessment_once ON assessment(evaluation_id, assessor, coalesce(assessor_name, ''));
CREATE TABLE residence_comment (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id),
    person_id TEXT NOT NULL REFERENCES person(id), committee TEXT NOT NULL, satisfied INTEGER, comment TEXT,
    commented_on TEXT, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (campaign_id, person_id)
) STRICT;
CREATE TABLE shortcoming (
    id TEXT PRIMARY KEY, person_id TEXT REFERENCES person(id), organisation_id TEXT REFERENCES unit(id),
    collective_id TEXT REFERENCES collective(id), found_period TEXT NOT NULL, found_by TEXT, text TEXT NOT NULL,
    status TEXT NOT NULL, remedy TEXT, responsibility TEXT, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE peer_result (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), unit_id TEXT NOT NULL REFERENCES unit(id),
    level TEXT NOT NULL, source TEXT, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (campaign_id, unit_id)
) STRICT;
CREATE TABLE past_result (
    id TEXT PRIMARY KEY, capacity TEXT NOT NULL, person_id TEXT REFERENCES person(id),
    organisation_id TEXT REFERENCES unit(id), collective_id TEXT REFERENCES collective(id), period TEXT NOT NULL,
    level TEXT NOT NULL, decision TEXT, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE meeting (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), reference TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit(id), collective_id TEXT REFERENCES collective(id), kind TEXT NOT NULL,
    held_on TEXT NOT NULL, opened_at TEXT, closed_at TEXT, ended_on TEXT, place TEXT, chair TEXT, chair_title TEXT,
    deputy_chair TEXT, secretary TEXT, summoned INTEGER, present INTEGER, absent TEXT, guests TEXT, discussion TEXT,
    conclusion TEXT, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (campaign_id, reference)
) STRICT;
CREATE TABLE ballot (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), reference TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit(id), kind TEXT NOT NULL, held_on TEXT, entitled INTEGER NOT NULL,
    present INTEGER, issued INTEGER NOT NULL, returned INTEGER NOT NULL, invalid INTEGER NOT NULL DEFAULT 0,
    places INTEGER, head_teller TEXT, tellers TEXT, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (campaign_id, reference)
) STRICT;
CREATE TABLE tally (
    id TEXT PRIMARY KEY, ballot_id TEXT NOT NULL REFERENCES ballot(id),
    evaluation_id TEXT NOT NULL REFERENCES evaluation(id), excellent INTEGER, good INTEGER, completed INTEGER,
    not_completed INTEGER, votes INTEGER, invalid INTEGER, revision INTEGER NOT NULL DEFAULT 1,
    UNIQUE (ballot_id, evaluation_id)
) STRICT;
CREATE TABLE decision (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), level TEXT NOT NULL,
    body TEXT, number TEXT, decided_on TEXT, supersedes TEXT REFERENCES decision(id), annulled_on TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX decision_in_force ON decision(evaluation_id) WHERE annulled_on IS NULL;
"""

FILING = """
CREATE TABLE document (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id),
    evaluation_id TEXT REFERENCES evaluation(id), unit_id TEXT NOT NULL REFERENCES unit(id),
    form TEXT NOT NULL, item TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL,
    author TEXT NOT NULL DEFAULT '', stage TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('blank', 'draft', 'final', 'signed')),
    source TEXT NOT NULL CHECK (source IN ('generated', 'intake')),
    input TEXT, rulebook TEXT, template_digest TEXT, word_digest TEXT, media_type TEXT NOT NULL, file_name TEXT,
    number TEXT, dated_on TEXT, pages INTEGER, content_digest TEXT, fingerprint TEXT NOT NULL,
    created_at TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX document_key ON document(campaign_id, key);
CREATE INDEX document_evaluation ON document(evaluation_id);
CREATE TABLE printed (
    campaign_id TEXT NOT NULL REFERENCES campaign(id), path TEXT NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (campaign_id, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE content (digest TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE dossier (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), kind TEXT NOT NULL,
    evaluation_id TEXT REFERENCES evaluation(id), unit_id TEXT NOT NULL REFERENCES unit(id), title TEXT NOT NULL,
    status TEXT NOT NULL, level TEXT, version INTEGER NOT NULL DEFAULT 0, complaint TEXT NOT NULL DEFAULT 'none',
    waits_for TEXT NOT NULL DEFAULT '[]', fingerprint TEXT, subject_name TEXT NOT NULL, unit_name TEXT NOT NULL,
    parent_name TEXT, filed_at TEXT
) STRICT;
CREATE UNIQUE INDEX dossier_evaluation ON dossier(evaluation_id) WHERE evaluation_id IS NOT NULL;
CREATE UNIQUE INDEX dossier_unit ON dossier(campaign_id, unit_id) WHERE evaluation_id IS NULL;
CREATE TABLE dossier_file (
    dossier_id TEXT NOT NULL REFERENCES dossier(id), version INTEGER NOT NULL, path TEXT NOT NULL,
    item TEXT NOT NULL, title TEXT NOT NULL, media_type TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
    position INTEGER NOT NULL, document_id TEXT, PRIMARY KEY (dossier_id, version, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE filing (
    id INTEGER PRIMARY KEY, object TEXT NOT NULL, version INTEGER NOT NULL, inventory_digest TEXT NOT NULL,
    actor TEXT NOT NULL, reason TEXT NOT NULL, prepared_at TEXT NOT NULL, payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'committed')), UNIQUE (object, version)
) STRICT;
CREATE TABLE finding (
    evaluation_id TEXT NOT NULL REFERENCES evaluation(id), rule_id TEXT NOT NULL, severity TEXT NOT NULL,
    message TEXT NOT NULL, citation TEXT NOT NULL, given TEXT NOT NULL, needed TEXT NOT NULL, remedy TEXT NOT NULL,
    found_at TEXT NOT NULL, PRIMARY KEY (evaluation_id, rule_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, dossier_id TEXT NOT NULL REFERENCES dossier(id), queued_at TEXT NOT NULL
) STRICT;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY, happened_at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    object TEXT NOT NULL, outcome TEXT NOT NULL, note TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER event_kept_on_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_kept_on_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TABLE workbook_row (
    workbook TEXT NOT NULL, copy TEXT NOT NULL, sheet TEXT NOT NULL, record_id TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (workbook, copy, sheet, record_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE account (
    id TEXT PRIMARY KEY, user_name TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL, role TEXT NOT NULL,
    password_hash TEXT NOT NULL, session_version INTEGER NOT NULL DEFAULT 1, created_at TEXT NOT NULL
) STRICT;
CREATE TABLE sign_in_attempt (user_name TEXT NOT NULL, attempted_at TEXT NOT NULL, succeeded INTEGER NOT NULL) STRICT;
CREATE INDEX sign_in_attempt_name ON sign_in_attempt(user_name, attempted_at);
"""

# What `search/` and the pages read: names and parents are those of the filing day, `*_now` those of today.
VIEWS = """
CREATE VIEW dossier_view AS
SELECT d.id AS dossier_id, d.kind, d.status, d.level, d.version, d.complaint, d.waits_for, d.title, d.subject_name,
       d.unit_name, d.parent_name, d.filed_at, d.unit_id, c.period, c.id AS campaign_id, e.id AS evaluation_id,
       e.capacity, e.person_id, e.organisation_id, e.collective_id, p.birth_date, p.full_name AS name_now,
       u.name AS unit_now, u.parent_id, x.number AS decision_number, x.decided_on, x.body AS decided_by,
       e.proposed_level
FROM dossier d JOIN campaign c ON c.id = d.campaign_id
LEFT JOIN evaluation e ON e.id = d.evaluation_id LEFT JOIN person p ON p.id = e.person_id
LEFT JOIN unit_period u ON u.unit_id = d.unit_id AND u.valid_to IS NULL
LEFT JOIN decision x ON x.evaluation_id = e.id AND x.annulled_on IS NULL;
CREATE VIEW dossier_text_view AS
SELECT d.id AS dossier_id, d.subject_name, d.unit_name, coalesce(d.parent_name, '') AS parent_name, d.title,
       coalesce(e.proposal_comment, '') AS comment, coalesce(e.proposal_reason, '') AS reason,
       coalesce(e.sections, '{}') AS sections, coalesce(e.facts, '{}') AS facts,
       coalesce((SELECT group_concat(i.value, ' ') FROM person_identifier i WHERE i.person_id = e.person_id), '')
           AS codes,
       coalesce((SELECT group_concat(coalesce(a.comment, ''), char(10)) FROM assessment a
                 WHERE a.evaluation_id = e.id), '') AS assessments,
       coalesce((SELECT group_concat(coalesce(t.title, ''), ', ') FROM position t WHERE t.person_id = e.person_id), '')
           AS positions,
       coalesce((SELECT group_concat(x.number, ' ') FROM decision x WHERE x.evaluation_id = e.id), '') AS decisions,
       coalesce((SELECT group_concat(f.title, char(10)) FROM dossier_file f
                 WHERE f.dossier_id = d.id AND f.version = d.version), '') AS papers
FROM dossier d LEFT JOIN evaluation e ON e.id = d.evaluation_id;
CREATE VIEW unit_view AS
SELECT p.unit_id, u.reference, p.name, p.short_name, p.type, p.parent_id
FROM unit_period p JOIN unit u ON u.id = p.unit_id WHERE p.valid_to IS NULL;
CREATE VIEW person_view AS
SELECT p.id AS person_id, p.reference, p.full_name, p.birth_date, p.merged_into,
       coalesce((SELECT group_concat(i.value, ' ') FROM person_identifier i WHERE i.person_id = p.id), '') AS codes,
       m.unit_id, u.name AS unit_name
FROM person p LEFT JOIN membership m ON m.rowid = (
    SELECT rowid FROM membership n WHERE n.person_id = p.id AND n.valid_to IS NULL
    ORDER BY coalesce(n.valid_from, '') DESC, n.rowid DESC LIMIT 1)
LEFT JOIN unit_period u ON u.unit_id = m.unit_id AND u.valid_to IS NULL;
CREATE VIEW result_view AS
SELECT e.person_id, e.organisation_id, e.collective_id, e.capacity, c.period, x.level, x.number AS decision,
       x.decided_on, x.body AS decided_by, d.id AS dossier_id, d.status, d.unit_name
FROM evaluation e JOIN campaign c ON c.id = e.campaign_id
JOIN decision x ON x.evaluation_id = e.id AND x.annulled_on IS NULL LEFT JOIN dossier d ON d.evaluation_id = e.id
UNION ALL
SELECT person_id, organisation_id, collective_id, capacity, period, level, decision, NULL, NULL, NULL, 'paper', NULL
FROM past_result;
"""

# What an office decides beside the rules. A row is never taken back: it is ended or superseded, with its time.
RULINGS = """
CREATE TABLE waiver (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), rule_id TEXT NOT NULL,
    message TEXT NOT NULL, citation TEXT NOT NULL, given TEXT NOT NULL, needed TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''), document TEXT NOT NULL CHECK (document <> ''),
    approver TEXT NOT NULL, approver_name TEXT NOT NULL, given_at TEXT NOT NULL, facts_digest TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX waiver_in_force ON waiver(evaluation_id, rule_id) WHERE ended_at IS NULL;
CREATE TABLE reading (
    unit_id TEXT REFERENCES unit(id), name TEXT NOT NULL, value TEXT NOT NULL, set_by TEXT NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX reading_once ON reading(coalesce(unit_id, ''), name);
CREATE TABLE answer (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), rule_id TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'not_applicable')), note TEXT NOT NULL,
    document TEXT NOT NULL, answered_by TEXT NOT NULL, answered_name TEXT NOT NULL, answered_at TEXT NOT NULL,
    superseded_at TEXT
) STRICT;
CREATE UNIQUE INDEX answer_in_force ON answer(evaluation_id, rule_id) WHERE superseded_at IS NULL;
CREATE TABLE own_day (
    day TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('off', 'worked')), name TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE TABLE local_criterion (
    campaign_id TEXT NOT NULL REFERENCES campaign(id), kind TEXT NOT NULL, code TEXT NOT NULL, parent TEXT NOT NULL,
    title TEXT NOT NULL, PRIMARY KEY (campaign_id, kind, code)
) STRICT, WITHOUT ROWID;
"""

# What may follow what in the procedure of an evaluation, as `campaigns/procedure.toml` has it.
STEPS = """
CREATE TABLE step_order (
    previous TEXT NOT NULL, step TEXT NOT NULL, PRIMARY KEY (previous, step)
) STRICT, WITHOUT ROWID;
INSERT INTO step_order (step, previous) VALUES
    ('review', ''), ('review', 're_review'), ('self_assessment', 'review'), ('participants', 'self_assessment'),
    ('ballots', 'self_assessment'), ('ballots', 'participants'), ('appraisal', 'self_assessment'),
    ('appraisal', 'participants'), ('appraisal', 'ballots'), ('decision', 'self_assessment'),
    ('decision', 'participants'), ('decision', 'ballots'), ('decision', 'appraisal'), ('notice', 'decision'),
    ('notice', 'reclassified'), ('notice', 'filed'), ('filed', 'review'), ('filed', 'self_assessment'),
    ('filed', 'participants'), ('filed', 'ballots'), ('filed', 'appraisal'), ('filed', 'decision'),
    ('filed', 'notice'), ('filed', 'reclassified'), ('re_review', 'review'), ('re_review', 'self_assessment'),
    ('re_review', 'participants'), ('re_review', 'ballots'), ('re_review', 'appraisal'), ('re_review', 'annulled'),
    ('annulled', 'decision'), ('annulled', 'notice'), ('annulled', 'filed'), ('annulled', 'reclassified'),
    ('reclassified', 'annulled'), ('reclassified', 'review'), ('reclassified', 'self_assessment'),
    ('reclassified', 'participants'), ('reclassified', 'ballots'), ('reclassified', 'appraisal');
CREATE TABLE step (
    id INTEGER PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id),
    step TEXT NOT NULL CHECK (step IN ('review', 'self_assessment', 'participants', 'ballots', 'appraisal', 'decision',
        'notice', 'filed', 're_review', 'annulled', 'reclassified')),
    at TEXT NOT NULL, actor TEXT NOT NULL, basis TEXT NOT NULL CHECK (length(trim(basis)) > 0)
) STRICT;
CREATE INDEX step_evaluation ON step(evaluation_id);
CREATE TRIGGER step_in_order BEFORE INSERT ON step WHEN NOT EXISTS (
    SELECT 1 FROM step_order o WHERE o.step = NEW.step AND o.previous = coalesce(
        (SELECT s.step FROM step s WHERE s.evaluation_id = NEW.evaluation_id ORDER BY s.id DESC LIMIT 1), ''))
BEGIN SELECT RAISE(ABORT, 'step: not after the one before'); END;
CREATE TRIGGER step_decided BEFORE INSERT ON step WHEN NEW.step IN ('decision', 'reclassified') AND NOT EXISTS (
    SELECT 1 FROM decision d WHERE d.evaluation_id = NEW.evaluation_id
        AND (d.annulled_on IS NULL OR NEW.step = 'decision'))
BEGIN SELECT RAISE(ABORT, 'step: no decision'); END;
CREATE TRIGGER step_annulled BEFORE INSERT ON step WHEN NEW.step IN ('annulled', 'reclassified') AND NOT EXISTS (
    SELECT 1 FROM decision d WHERE d.evaluation_id = NEW.evaluation_id AND d.annulled_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'step: nothing annulled'); END;
CREATE TRIGGER step_filed BEFORE INSERT ON step WHEN NEW.step = 'filed' AND NOT EXISTS (
    SELECT 1 FROM dossier d WHERE d.evaluation_id = NEW.evaluation_id AND d.version > 0 AND d.status <> 'incomplete')
BEGIN SELECT RAISE(ABORT, 'step: no dossier filed whole'); END;
CREATE TRIGGER step_kept_on_update BEFORE UPDATE ON step BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
CREATE TRIGGER step_kept_on_delete BEFORE DELETE ON step BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
"""
