BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'hoso','register_of_people_and_units','2026-11-22 19:31:15.890711+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'hoso','facts_of_the_year','2026-11-22 19:31:15.892543+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'hoso','documents_dossiers_and_events','2026-11-22 19:31:15.894789+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'hoso','rulings_of_the_office','2026-11-22 19:31:15.901047+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'hoso','steps_of_the_procedure','2026-11-22 19:31:15.905366+00:00');
CREATE TABLE account (
    id TEXT PRIMARY KEY, user_name TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL, role TEXT NOT NULL,
    password_hash TEXT NOT NULL, session_version INTEGER NOT NULL DEFAULT 1, created_at TEXT NOT NULL
) STRICT;
INSERT INTO "account" VALUES('account00001','quantri','Quản trị','admin','x',1,'2018-11-25T01:00:00Z');
CREATE TABLE answer (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), rule_id TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'not_applicable')), note TEXT NOT NULL,
    document TEXT NOT NULL, answered_by TEXT NOT NULL, answered_name TEXT NOT NULL, answered_at TEXT NOT NULL,
    superseded_at TEXT
) STRICT;
INSERT INTO "answer" VALUES('answer000001','evaluation01','MEM-Q','yes','','','account00001','Quản trị','2018-12-20T01:00:00Z',NULL);
CREATE TABLE assessment (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), assessor TEXT NOT NULL,
    assessor_name TEXT, ratings TEXT NOT NULL DEFAULT '{}', level TEXT, comment TEXT, assessed_on TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "assessment" VALUES('assessment01','evaluation01','self',NULL,'{"a1": "good"}','good','Tự nhận','2018-12-05',1);
CREATE TABLE ballot (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), reference TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit(id), kind TEXT NOT NULL, held_on TEXT, entitled INTEGER NOT NULL,
    present INTEGER, issued INTEGER NOT NULL, returned INTEGER NOT NULL, invalid INTEGER NOT NULL DEFAULT 0,
    places INTEGER, head_teller TEXT, tellers TEXT, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (campaign_id, reference)
) STRICT;
INSERT INTO "ballot" VALUES('ballot000001','campaign2018','P1','unitchibo001','member_round_1',NULL,12,11,11,11,1,2,NULL,NULL,1);
CREATE TABLE campaign (
    id TEXT PRIMARY KEY, period TEXT NOT NULL, rulebook TEXT NOT NULL, owner_id TEXT NOT NULL REFERENCES unit(id),
    place TEXT NOT NULL, evaluated_on TEXT NOT NULL, excellent_places INTEGER, settings TEXT NOT NULL DEFAULT '{}',
    opened_at TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (owner_id, period)
) STRICT;
INSERT INTO "campaign" VALUES('campaign2018','2018','hd13_2018','unitdangbo00','An Đồng','2018-12-15',1,'{}','2018-11-25T01:00:00Z',1);
CREATE TABLE collective (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, level TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit(id), party_organisation_id TEXT REFERENCES unit(id), note TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "collective" VALUES('collective01','TT1','Ban Thường vụ','standing_committee','grassroots','unitdangbo00',NULL,NULL,1);
CREATE TABLE collective_member (
    id TEXT PRIMARY KEY, collective_id TEXT NOT NULL REFERENCES collective(id),
    person_id TEXT NOT NULL REFERENCES person(id), role TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "collective_member" VALUES('collmember01','collective01','personuoc001','member',NULL,NULL,1);
CREATE TABLE content (digest TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "content" VALUES('abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab',X'255044462D312E34207363616E');
CREATE TABLE decision (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), level TEXT NOT NULL,
    body TEXT, number TEXT, decided_on TEXT, supersedes TEXT REFERENCES decision(id), annulled_on TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "decision" VALUES('decision0001','evaluation01','excellent','Đảng ủy xã An Đồng','15-QĐ/ĐU','2019-01-05',NULL,'2019-01-15',1);
INSERT INTO "decision" VALUES('decision0002','evaluation01','good',NULL,'24-QĐ/ĐU','2019-02-25','decision0001',NULL,1);
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
INSERT INTO "document" VALUES('document0001','campaign2018','evaluation01','unitchibo001','2','self_review','prepare:2:evaluation01','Bản kiểm điểm cá nhân','','prepare','signed','intake',NULL,NULL,NULL,NULL,'application/pdf','dv1.pdf',NULL,NULL,NULL,'abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab','f1','2018-12-05T01:00:00Z',1);
CREATE TABLE dossier (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), kind TEXT NOT NULL,
    evaluation_id TEXT REFERENCES evaluation(id), unit_id TEXT NOT NULL REFERENCES unit(id), title TEXT NOT NULL,
    status TEXT NOT NULL, level TEXT, version INTEGER NOT NULL DEFAULT 0, complaint TEXT NOT NULL DEFAULT 'none',
    waits_for TEXT NOT NULL DEFAULT '[]', fingerprint TEXT, subject_name TEXT NOT NULL, unit_name TEXT NOT NULL,
    parent_name TEXT, filed_at TEXT
) STRICT;
INSERT INTO "dossier" VALUES('2018-m-evaluation01','campaign2018','member','evaluation01','unitchibo001','Hồ sơ','filed','good',1,'none','[]','f','Nguyễn Thị Ước','Chi bộ Khu 1',NULL,'2019-01-06T01:00:00Z');
CREATE TABLE dossier_file (
    dossier_id TEXT NOT NULL REFERENCES dossier(id), version INTEGER NOT NULL, path TEXT NOT NULL,
    item TEXT NOT NULL, title TEXT NOT NULL, media_type TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
    position INTEGER NOT NULL, document_id TEXT, PRIMARY KEY (dossier_id, version, path)
) STRICT, WITHOUT ROWID;
INSERT INTO "dossier_file" VALUES('2018-m-evaluation01',1,'01-mau-2.pdf','self_review','Bản kiểm điểm cá nhân','application/pdf','abababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababababab',13,1,'document0001');
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
INSERT INTO "evaluation" VALUES('evaluation01','campaign2018','member','personuoc001',NULL,NULL,'unitchibo001','{"months": 12}','{"strengths": "Gương mẫu"}','good','Tốt',NULL,1);
INSERT INTO "evaluation" VALUES('evaluation02','campaign2018','leadership_collective',NULL,NULL,'collective01','unitdangbo00','{}','{}',NULL,NULL,NULL,1);
CREATE TABLE event (
    seq INTEGER PRIMARY KEY, happened_at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    object TEXT NOT NULL, outcome TEXT NOT NULL, note TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
INSERT INTO "event" VALUES(1,'2026-11-22T19:31:15Z','cli','account.made','account00001','done','','0000000000000000000000000000000000000000000000000000000000000000','dd0ca7cd496500b48c3f1c4e0754581156acf684bf5f6cd1a4094e7e592d136e');
INSERT INTO "event" VALUES(2,'2026-11-22T19:31:15Z','cli','workbook.imported','campaign2018','done','','dd0ca7cd496500b48c3f1c4e0754581156acf684bf5f6cd1a4094e7e592d136e','b94f120dc4dbc1f587c25f21ad6ce4204b3334a68f6868cb4c50ba15ca02cba8');
INSERT INTO "event" VALUES(3,'2026-11-22T19:31:15Z','cli','dossier.filed','2018-m-evaluation01','done','version=1 files=1','b94f120dc4dbc1f587c25f21ad6ce4204b3334a68f6868cb4c50ba15ca02cba8','f172ebeebe8a0753393e505c5fb0bc413bcb1d027a7d5bcb8a6aa4fbf4a7eaa3');
CREATE TABLE filing (
    id INTEGER PRIMARY KEY, object TEXT NOT NULL, version INTEGER NOT NULL, inventory_digest TEXT NOT NULL,
    actor TEXT NOT NULL, reason TEXT NOT NULL, prepared_at TEXT NOT NULL, payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'committed')), UNIQUE (object, version)
) STRICT;
INSERT INTO "filing" VALUES(1,'2018-m-evaluation01',1,'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd','cli','Nộp lưu','2019-01-06T01:00:00Z','{}','committed');
CREATE TABLE finding (
    evaluation_id TEXT NOT NULL REFERENCES evaluation(id), rule_id TEXT NOT NULL, severity TEXT NOT NULL,
    message TEXT NOT NULL, citation TEXT NOT NULL, given TEXT NOT NULL, needed TEXT NOT NULL, remedy TEXT NOT NULL,
    found_at TEXT NOT NULL, PRIMARY KEY (evaluation_id, rule_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "finding" VALUES('evaluation01','MEM-EXC-02','warning','m','II.2.3.a','g','n','r','2019-01-05T01:00:00Z');
CREATE TABLE local_criterion (
    campaign_id TEXT NOT NULL REFERENCES campaign(id), kind TEXT NOT NULL, code TEXT NOT NULL, parent TEXT NOT NULL,
    title TEXT NOT NULL, PRIMARY KEY (campaign_id, kind, code)
) STRICT, WITHOUT ROWID;
INSERT INTO "local_criterion" VALUES('campaign2018','party_member','a1.1','a1','Tiêu chí riêng');
CREATE TABLE meeting (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), reference TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit(id), collective_id TEXT REFERENCES collective(id), kind TEXT NOT NULL,
    held_on TEXT NOT NULL, opened_at TEXT, closed_at TEXT, ended_on TEXT, place TEXT, chair TEXT, chair_title TEXT,
    deputy_chair TEXT, secretary TEXT, summoned INTEGER, present INTEGER, absent TEXT, guests TEXT, discussion TEXT,
    conclusion TEXT, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (campaign_id, reference)
) STRICT;
INSERT INTO "meeting" VALUES('meeting00001','campaign2018','H1','unitchibo001',NULL,'cell_review','2018-12-12',NULL,NULL,NULL,NULL,'Nguyễn Thị Ước',NULL,NULL,NULL,12,11,NULL,NULL,NULL,NULL,1);
CREATE TABLE membership (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(id), unit_id TEXT NOT NULL REFERENCES unit(id),
    kind TEXT NOT NULL, valid_from TEXT, valid_to TEXT, note TEXT, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "membership" VALUES('membership01','personuoc001','unitchibo001','official','2007-05-19',NULL,NULL,1);
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, dossier_id TEXT NOT NULL REFERENCES dossier(id), queued_at TEXT NOT NULL
) STRICT;
INSERT INTO "outbox" VALUES(1,'2018-m-evaluation01','2019-01-06T01:00:00Z');
CREATE TABLE own_day (
    day TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('off', 'worked')), name TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;
INSERT INTO "own_day" VALUES('2018-12-24','off','Nghỉ bù','1-TB');
CREATE TABLE past_result (
    id TEXT PRIMARY KEY, capacity TEXT NOT NULL, person_id TEXT REFERENCES person(id),
    organisation_id TEXT REFERENCES unit(id), collective_id TEXT REFERENCES collective(id), period TEXT NOT NULL,
    level TEXT NOT NULL, decision TEXT, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "past_result" VALUES('pastresult01','member','personuoc001',NULL,NULL,'2017','good','12-QĐ/ĐU',1);
CREATE TABLE peer_result (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id), unit_id TEXT NOT NULL REFERENCES unit(id),
    level TEXT NOT NULL, source TEXT, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (campaign_id, unit_id)
) STRICT;
INSERT INTO "peer_result" VALUES('peerresult01','campaign2018','unitchibo001','good','BC 5',1);
CREATE TABLE person (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL, birth_date TEXT, sex TEXT,
    admitted_on TEXT, official_on TEXT, workplace TEXT, residence TEXT,
    is_public_employee INTEGER NOT NULL DEFAULT 0, cell_is_residential INTEGER NOT NULL DEFAULT 1,
    note TEXT, merged_into TEXT REFERENCES person(id), revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "person" VALUES('personuoc001','DV1','Nguyễn Thị Ước','1979-04-17','female',NULL,NULL,NULL,NULL,1,1,NULL,NULL,1);
INSERT INTO "person" VALUES('personuoc002','DV2','Nguyễn Thị Ước',NULL,NULL,NULL,NULL,NULL,NULL,0,1,NULL,'personuoc001',1);
CREATE TABLE person_identifier (
    person_id TEXT NOT NULL REFERENCES person(id), kind TEXT NOT NULL CHECK (kind IN ('card_number', 'file_number')),
    value TEXT NOT NULL, valid_from TEXT, valid_to TEXT, PRIMARY KEY (person_id, kind, value)
) STRICT, WITHOUT ROWID;
INSERT INTO "person_identifier" VALUES('personuoc001','card_number','02315874',NULL,NULL);
INSERT INTO "person_identifier" VALUES('personuoc001','file_number','014520PT',NULL,NULL);
CREATE TABLE position (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(id), unit_id TEXT REFERENCES unit(id),
    position_field TEXT NOT NULL, title TEXT NOT NULL, is_head INTEGER NOT NULL DEFAULT 0,
    is_main INTEGER NOT NULL DEFAULT 0, rank INTEGER, valid_from TEXT, valid_to TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "position" VALUES('position0001','personuoc001','unitchibo001','party','Bí thư Chi bộ Khu 1',1,0,NULL,NULL,NULL,1);
CREATE TABLE printed (
    campaign_id TEXT NOT NULL REFERENCES campaign(id), path TEXT NOT NULL, fingerprint TEXT NOT NULL,
    PRIMARY KEY (campaign_id, path)
) STRICT, WITHOUT ROWID;
INSERT INTO "printed" VALUES('campaign2018','2018/CB1/2.docx','f1');
CREATE TABLE reading (
    unit_id TEXT REFERENCES unit(id), name TEXT NOT NULL, value TEXT NOT NULL, set_by TEXT NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
INSERT INTO "reading" VALUES('unitdangbo00','quota_base','a','account00001','2018-11-25T01:00:00Z');
CREATE TABLE residence_comment (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL REFERENCES campaign(id),
    person_id TEXT NOT NULL REFERENCES person(id), committee TEXT NOT NULL, satisfied INTEGER, comment TEXT,
    commented_on TEXT, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (campaign_id, person_id)
) STRICT;
INSERT INTO "residence_comment" VALUES('residence001','campaign2018','personuoc001','Chi ủy Khu 1',1,NULL,'2018-12-10',1);
CREATE TABLE shortcoming (
    id TEXT PRIMARY KEY, person_id TEXT REFERENCES person(id), organisation_id TEXT REFERENCES unit(id),
    collective_id TEXT REFERENCES collective(id), found_period TEXT NOT NULL, found_by TEXT, text TEXT NOT NULL,
    status TEXT NOT NULL, remedy TEXT, responsibility TEXT, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "shortcoming" VALUES('shortcoming1','personuoc001',NULL,NULL,'2017',NULL,'Chưa nêu gương','remedied',NULL,NULL,1);
CREATE TABLE sign_in_attempt (user_name TEXT NOT NULL, attempted_at TEXT NOT NULL, succeeded INTEGER NOT NULL) STRICT;
INSERT INTO "sign_in_attempt" VALUES('quantri','2018-11-25T01:00:00Z',1);
CREATE TABLE step (
    id INTEGER PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id),
    step TEXT NOT NULL CHECK (step IN ('review', 'self_assessment', 'participants', 'ballots', 'appraisal', 'decision',
        'notice', 'filed', 're_review', 'annulled', 'reclassified')),
    at TEXT NOT NULL, actor TEXT NOT NULL, basis TEXT NOT NULL CHECK (length(trim(basis)) > 0)
) STRICT;
INSERT INTO "step" VALUES(1,'evaluation01','review','2018-12-12','cli','BB 1');
INSERT INTO "step" VALUES(2,'evaluation01','self_assessment','2018-12-12','cli','BB 1');
INSERT INTO "step" VALUES(3,'evaluation01','decision','2019-01-05','cli','BB 1');
INSERT INTO "step" VALUES(4,'evaluation01','filed','2019-01-06','cli','BB 1');
CREATE TABLE step_order (
    previous TEXT NOT NULL, step TEXT NOT NULL, PRIMARY KEY (previous, step)
) STRICT, WITHOUT ROWID;
INSERT INTO "step_order" VALUES('','review');
INSERT INTO "step_order" VALUES('annulled','re_review');
INSERT INTO "step_order" VALUES('annulled','reclassified');
INSERT INTO "step_order" VALUES('appraisal','decision');
INSERT INTO "step_order" VALUES('appraisal','filed');
INSERT INTO "step_order" VALUES('appraisal','re_review');
INSERT INTO "step_order" VALUES('appraisal','reclassified');
INSERT INTO "step_order" VALUES('ballots','appraisal');
INSERT INTO "step_order" VALUES('ballots','decision');
INSERT INTO "step_order" VALUES('ballots','filed');
INSERT INTO "step_order" VALUES('ballots','re_review');
INSERT INTO "step_order" VALUES('ballots','reclassified');
INSERT INTO "step_order" VALUES('decision','annulled');
INSERT INTO "step_order" VALUES('decision','filed');
INSERT INTO "step_order" VALUES('decision','notice');
INSERT INTO "step_order" VALUES('filed','annulled');
INSERT INTO "step_order" VALUES('filed','notice');
INSERT INTO "step_order" VALUES('notice','annulled');
INSERT INTO "step_order" VALUES('notice','filed');
INSERT INTO "step_order" VALUES('participants','appraisal');
INSERT INTO "step_order" VALUES('participants','ballots');
INSERT INTO "step_order" VALUES('participants','decision');
INSERT INTO "step_order" VALUES('participants','filed');
INSERT INTO "step_order" VALUES('participants','re_review');
INSERT INTO "step_order" VALUES('participants','reclassified');
INSERT INTO "step_order" VALUES('re_review','review');
INSERT INTO "step_order" VALUES('reclassified','annulled');
INSERT INTO "step_order" VALUES('reclassified','filed');
INSERT INTO "step_order" VALUES('reclassified','notice');
INSERT INTO "step_order" VALUES('review','filed');
INSERT INTO "step_order" VALUES('review','re_review');
INSERT INTO "step_order" VALUES('review','reclassified');
INSERT INTO "step_order" VALUES('review','self_assessment');
INSERT INTO "step_order" VALUES('self_assessment','appraisal');
INSERT INTO "step_order" VALUES('self_assessment','ballots');
INSERT INTO "step_order" VALUES('self_assessment','decision');
INSERT INTO "step_order" VALUES('self_assessment','filed');
INSERT INTO "step_order" VALUES('self_assessment','participants');
INSERT INTO "step_order" VALUES('self_assessment','re_review');
INSERT INTO "step_order" VALUES('self_assessment','reclassified');
CREATE TABLE tally (
    id TEXT PRIMARY KEY, ballot_id TEXT NOT NULL REFERENCES ballot(id),
    evaluation_id TEXT NOT NULL REFERENCES evaluation(id), excellent INTEGER, good INTEGER, completed INTEGER,
    not_completed INTEGER, votes INTEGER, invalid INTEGER, revision INTEGER NOT NULL DEFAULT 1,
    UNIQUE (ballot_id, evaluation_id)
) STRICT;
INSERT INTO "tally" VALUES('tally0000001','ballot000001','evaluation01',NULL,8,2,0,NULL,1,1);
CREATE TABLE unit (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "unit" VALUES('unitdangbo00','DB',1);
INSERT INTO "unit" VALUES('unitchibo001','CB1',1);
CREATE TABLE unit_period (
    id INTEGER PRIMARY KEY, unit_id TEXT NOT NULL REFERENCES unit(id), name TEXT NOT NULL, short_name TEXT,
    type TEXT NOT NULL, parent_id TEXT REFERENCES unit(id), superior_name TEXT, symbol TEXT, has_committee INTEGER,
    established_on TEXT, note TEXT, valid_from TEXT, valid_to TEXT, basis TEXT
) STRICT;
INSERT INTO "unit_period" VALUES(1,'unitdangbo00','Đảng bộ xã An Đồng',NULL,'grassroots_party_committee',NULL,'Đảng bộ huyện Thanh Lâm','ĐU',NULL,NULL,NULL,'2015-01-01',NULL,NULL);
INSERT INTO "unit_period" VALUES(2,'unitchibo001','Chi bộ Khu 1',NULL,'cell','unitdangbo00',NULL,NULL,1,NULL,NULL,'2015-01-01',NULL,NULL);
CREATE TABLE unit_succession (
    id INTEGER PRIMARY KEY, from_unit_id TEXT NOT NULL REFERENCES unit(id), to_unit_id TEXT REFERENCES unit(id),
    kind TEXT NOT NULL CHECK (kind IN ('renamed', 'merged', 'split', 'dissolved')), happened_on TEXT NOT NULL,
    basis TEXT
) STRICT;
INSERT INTO "unit_succession" VALUES(1,'unitchibo001','unitdangbo00','merged','2020-01-01','12-QĐ/HU');
CREATE TABLE waiver (
    id TEXT PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation(id), rule_id TEXT NOT NULL,
    message TEXT NOT NULL, citation TEXT NOT NULL, given TEXT NOT NULL, needed TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''), document TEXT NOT NULL CHECK (document <> ''),
    approver TEXT NOT NULL, approver_name TEXT NOT NULL, given_at TEXT NOT NULL, facts_digest TEXT NOT NULL,
    ended_at TEXT
) STRICT;
INSERT INTO "waiver" VALUES('waiver000001','evaluation01','MEM-X','m','c','g','n','r','3-TB/ĐU','account00001','Quản trị','2019-01-04T01:00:00Z','d',NULL);
CREATE TABLE workbook_row (
    workbook TEXT NOT NULL, copy TEXT NOT NULL, sheet TEXT NOT NULL, record_id TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (workbook, copy, sheet, record_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "workbook_row" VALUES('w','c','people','personuoc001','{}');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX person_identifier_value ON person_identifier(kind, value);
CREATE UNIQUE INDEX unit_period_now ON unit_period(unit_id) WHERE valid_to IS NULL;
CREATE INDEX membership_person ON membership(person_id);
CREATE INDEX membership_unit ON membership(unit_id);
CREATE INDEX position_person ON position(person_id);
CREATE UNIQUE INDEX evaluation_person ON evaluation(campaign_id, capacity, person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX evaluation_organisation ON evaluation(campaign_id, organisation_id)
    WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX evaluation_collective ON evaluation(campaign_id, collective_id)
    WHERE collective_id IS NOT NULL;
CREATE INDEX evaluation_unit ON evaluation(campaign_id, unit_id);
CREATE UNIQUE INDEX assessment_once ON assessment(evaluation_id, assessor, coalesce(assessor_name, ''));
CREATE UNIQUE INDEX decision_in_force ON decision(evaluation_id) WHERE annulled_on IS NULL;
CREATE UNIQUE INDEX document_key ON document(campaign_id, key);
CREATE INDEX document_evaluation ON document(evaluation_id);
CREATE UNIQUE INDEX dossier_evaluation ON dossier(evaluation_id) WHERE evaluation_id IS NOT NULL;
CREATE UNIQUE INDEX dossier_unit ON dossier(campaign_id, unit_id) WHERE evaluation_id IS NULL;
CREATE TRIGGER event_kept_on_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_kept_on_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE INDEX sign_in_attempt_name ON sign_in_attempt(user_name, attempted_at);
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
CREATE UNIQUE INDEX waiver_in_force ON waiver(evaluation_id, rule_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX reading_once ON reading(coalesce(unit_id, ''), name);
CREATE UNIQUE INDEX answer_in_force ON answer(evaluation_id, rule_id) WHERE superseded_at IS NULL;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',1);
COMMIT;
