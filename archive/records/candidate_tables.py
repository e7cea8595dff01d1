"""What lists of people follow over the years: every result of a person with the guidance it was given under."""

from __future__ import annotations

# `annulled`: a decision was annulled and none is in force. Results on paper of years before hoso name no guidance.
CANDIDATES = """
CREATE INDEX decision_annulled ON decision(evaluation_id) WHERE annulled_on IS NOT NULL;
CREATE INDEX evaluation_of_person ON evaluation(person_id) WHERE person_id IS NOT NULL;
CREATE VIEW person_result_view AS
SELECT e.person_id, e.capacity, c.period, c.rulebook, c.owner_id, c.evaluated_on, e.unit_id,
       coalesce(d.unit_name, u.name) AS unit_name, d.parent_name, x.level, x.number AS decision, x.decided_on,
       x.body AS decided_by, d.id AS dossier_id, coalesce(d.status, 'draft') AS status,
       coalesce(d.complaint, 'none') AS complaint,
       CASE WHEN x.id IS NOT NULL THEN 0
            ELSE EXISTS (SELECT 1 FROM decision y WHERE y.evaluation_id = e.id AND y.annulled_on IS NOT NULL)
       END AS annulled
FROM evaluation e JOIN campaign c ON c.id = e.campaign_id
LEFT JOIN decision x ON x.evaluation_id = e.id AND x.annulled_on IS NULL
LEFT JOIN dossier d ON d.evaluation_id = e.id
LEFT JOIN unit_period u ON u.unit_id = e.unit_id AND u.valid_to IS NULL
WHERE e.person_id IS NOT NULL
UNION ALL
SELECT person_id, capacity, period, NULL, NULL, NULL, NULL, NULL, NULL, level, decision, NULL, NULL, NULL, 'paper',
       'none', 0
FROM past_result WHERE person_id IS NOT NULL;
CREATE VIEW campaign_view AS
SELECT c.id AS campaign_id, c.period, c.rulebook, c.owner_id, c.evaluated_on,
       EXISTS (SELECT 1 FROM evaluation e JOIN decision x ON x.evaluation_id = e.id AND x.annulled_on IS NULL
               WHERE e.campaign_id = c.id AND e.person_id IS NOT NULL) AS has_results
FROM campaign c;
CREATE VIEW past_period_view AS SELECT DISTINCT period FROM past_result WHERE person_id IS NOT NULL;
CREATE VIEW unit_time_view AS
SELECT p.unit_id, u.reference, p.name, p.short_name, p.parent_id, p.valid_from, p.valid_to
FROM unit_period p JOIN unit u ON u.id = p.unit_id;
"""
