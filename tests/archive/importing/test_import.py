"""An import saves all or nothing, changes only what the workbook says, and does nothing the second time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlite_utils import Database

from archive.importing.export import export_content
from archive.importing.run import import_workbook
from archive.records.database import one, rows, writing
from tests.archive.importing.conftest import Content, Import, as_read, everything


def value(database: Database, sql: str, *parameters: Any) -> Any:
    found = one(database, sql, list(parameters))
    return next(iter(found.values())) if found else None


def problem_of(report: Any) -> Any:
    (problem,) = report.problems
    return problem


# What is saved


def test_a_whole_workbook_is_saved_with_one_event(database: Database, bring_in: Import, content: Content) -> None:
    report = bring_in(content)
    assert report.problems == [] and report.conflicts == [] and report.saved
    assert report.created["units"] == 5 and report.created["people"] == 5 and report.created["tallies"] == 3
    actions = [row["action"] for row in rows(database, "SELECT action FROM event ORDER BY seq")]
    assert actions[-1] == "workbook.imported" and set(actions) <= {"readings.frozen", "campaign.steps", actions[-1]}
    (event,) = rows(database, "SELECT * FROM event WHERE action = 'workbook.imported'")
    assert event["object"] == report.campaign_id
    assert "Nguyễn" not in event["note"]


def test_a_parent_may_stand_below_its_unit_in_the_sheet(database: Database, bring_in: Import, content: Content) -> None:
    bring_in(content)
    sql = (
        "SELECT p.reference FROM unit_period u JOIN unit p ON p.id = u.parent_id JOIN unit c ON c.id = u.unit_id"
        " WHERE c.reference = 'CB1'"
    )
    assert value(database, sql) == "DU"


def test_members_under_the_owner_are_evaluated_except_who_left(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    sql = (
        "SELECT p.reference, u.reference AS unit FROM evaluation e JOIN person p ON p.id = e.person_id"
        " JOIN unit u ON u.id = e.unit_id WHERE e.capacity = ? ORDER BY 1"
    )
    members = [(row["reference"], row["unit"]) for row in rows(database, sql, ["member"])]
    assert members == [("DV1", "CB1"), ("DV2", "CB1"), ("DV4", "CB2")]
    assert [(row["reference"], row["unit"]) for row in rows(database, sql, ["leader_manager"])] == [("DV1", "DU")]


def test_organisations_and_collectives_named_in_the_year_are_evaluated(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    capacities = [row["capacity"] for row in rows(database, "SELECT capacity FROM evaluation ORDER BY 1")]
    assert capacities.count("party_organisation") == 1
    assert capacities.count("leadership_collective") == 1


def test_facts_are_kept_as_the_row_model_names_them(database: Database, bring_in: Import, content: Content) -> None:
    bring_in(content)
    found = one(
        database, "SELECT facts, sections FROM evaluation WHERE capacity = 'member' AND proposed_level = 'good'"
    )
    assert found is not None
    assert json.loads(found["facts"]) == {"review_completed": True, "targets_assigned": 8, "targets_completed": 8}
    assert json.loads(found["sections"]) == {"targets": "Hoàn thành\n8/8 chỉ tiêu"}
    assert json.loads(value(database, "SELECT ratings FROM assessment")) == {"a1": "good", "e": None}


def test_the_second_import_of_the_same_workbook_changes_nothing(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    before = everything(database)
    report = bring_in(content)
    assert report.changes == 0 and not report.saved and report.problems == []
    assert report.unchanged.total() == sum(len(given) for given in content.values())
    assert everything(database) == before


def test_the_dry_run_tells_the_same_and_keeps_nothing(database: Database, bring_in: Import, content: Content) -> None:
    before = everything(database)
    dry = bring_in(content, dry_run=True)
    assert everything(database) == before
    assert (dry.created, dry.evaluations, dry.saved) == (
        (wet := bring_in(content)).created, wet.evaluations, False,
    )  # fmt: skip


def test_an_empty_cell_leaves_what_is_kept_and_a_cleared_one_removes_it(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    changed = as_read({"people": [{"reference": "DV1", "residence": "Khu 1"}]})
    row = changed.rows["people"][0]
    cleared = {**row.given, "birth_date": None}
    report = bring_in({"people": [{"reference": "DV1", "residence": "Khu 1"}]})
    assert dict(report.changed) == {"people": 1}
    person = one(database, "SELECT * FROM person WHERE reference = 'DV1'")
    assert person and (person["residence"], person["birth_date"], person["revision"]) == ("Khu 1", "1975-03-20", 2)
    import_workbook(database, replace(changed, rows={"people": (replace(row, given=cleared),)}), actor="cli")
    assert value(database, "SELECT birth_date FROM person WHERE reference = 'DV1'") is None


def test_ratings_and_sections_are_added_to_those_kept(database: Database, bring_in: Import, content: Content) -> None:
    bring_in(content)
    bring_in({
        "member_assessments": [{"person": "DV1", "assessor": "self", "ratings": {"a2": "poor"}}],
        "member_reviews": [{"person": "DV1", "sections": {"plan": "Học thêm"}}],
    })  # fmt: skip
    assert json.loads(value(database, "SELECT ratings FROM assessment")) == {"a1": "good", "e": None, "a2": "poor"}
    sql = "SELECT sections FROM evaluation WHERE capacity = 'member' AND proposed_level = 'good'"
    assert set(json.loads(value(database, sql))) == {"targets", "plan"}


def test_a_new_card_number_ends_the_old_one_which_stays_known(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    bring_in({"people": [{"reference": "DV1", "card_number": "00000009"}]})
    found = rows(database, "SELECT value, valid_to FROM person_identifier WHERE kind = 'card_number' ORDER BY value")
    assert [(row["value"], row["valid_to"] is None) for row in found] == [("00000001", False), ("00000009", True)]


def test_a_move_to_another_cell_with_its_day_ends_the_old_membership(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    bring_in({"people": [{"reference": "DV1", "cell": "CB2", "membership_from": date(2018, 6, 1)}]})
    sql = (
        "SELECT u.reference, m.valid_to FROM membership m JOIN unit u ON u.id = m.unit_id JOIN person p"
        " ON p.id = m.person_id WHERE p.reference = 'DV1' ORDER BY m.rowid"
    )
    assert [tuple(row.values()) for row in rows(database, sql)] == [("CB1", "2018-06-01"), ("CB2", None)]
    sql = "SELECT u.reference FROM evaluation e JOIN unit u ON u.id = e.unit_id WHERE e.capacity = 'member'"
    assert value(database, f"{sql} AND e.proposed_level = 'good'") == "CB2"


def test_an_import_inside_a_transaction_is_a_mistake_of_the_caller(
    database: Database, bring_in: Import, content: Content
) -> None:
    with writing(database), pytest.raises(ValueError, match="its own transaction"):
        bring_in(content, dry_run=True)


# Whom a row means


@pytest.mark.parametrize(
    "row",
    [
        {"reference": "M1", "card_number": "00000001"},
        {"reference": "M1", "full_name": "Nguyễn Văn An", "birth_date": date(1975, 3, 20), "cell": "CB1"},
    ],
    ids=["card", "name, birth and cell"],
)
def test_a_person_under_a_new_code_is_still_the_same_person(
    database: Database, bring_in: Import, content: Content, row: dict[str, Any]
) -> None:
    bring_in(content)
    person = value(database, "SELECT id FROM person WHERE reference = 'DV1'")
    report = bring_in({"people": [row]})
    assert report.problems == [] and dict(report.changed) == {"people": 1}
    assert value(database, "SELECT id FROM person WHERE reference = 'M1'") == person


def test_a_file_number_tells_a_person(database: Database, bring_in: Import, content: Content) -> None:
    bring_in(content)
    bring_in({"people": [{"reference": "M2", "file_number": "000002PT"}]})
    assert value(database, "SELECT full_name FROM person WHERE reference = 'M2'") == "Trần Thị Bình"


def test_the_hidden_id_tells_a_person_whose_every_word_changed(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    person = value(database, "SELECT id FROM person WHERE reference = 'DV1'")
    bring_in({"people": [{"id": person, "reference": "M1", "full_name": "Nguyễn Văn Ân"}]})
    assert value(database, "SELECT full_name FROM person WHERE id = ?", person) == "Nguyễn Văn Ân"


def test_a_row_copied_in_excel_with_its_hidden_id_is_a_new_person(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    (kept,) = (row for row in export_content(database)["people"] if row["reference"] == "DV1")
    copied = {**kept, "reference": "DV9", "full_name": "Vũ Văn Giang", "card_number": "00000099", "birth_date": None}
    report = bring_in({"people": [dict(kept), copied]})
    assert report.problems == []
    assert (report.created["people"], report.unchanged["people"]) == (1, 1)


def test_a_namesake_born_the_same_day_in_another_cell_is_asked_about(
    database: Database, bring_in: Import, content: Content
) -> None:
    bring_in(content)
    row = {
        "reference": "M1", "full_name": "Nguyễn Văn An", "birth_date": date(1975, 3, 20), "cell": "CB2",
        "membership_kind": "official",
    }  # fmt: skip
    before = everything(database)
    problem = problem_of(bring_in({"people": [row]}))
    assert problem.code == "import.ambiguous-person"
    assert "DV1 – Nguyễn Văn An (CB1)" in problem.message
    assert everything(database) == before
    assert bring_in({"people": [{**row, "card_number": "00000077"}]}).created["people"] == 1


# What is refused, with nothing changed


REFUSED: list[tuple[str, Content, str, str]] = [
    (
        "people",
        {"people": [{"reference": "DV1", "cell": "CB9"}]},
        "import.unknown-reference",
        "không có đơn vị nào mang mã “CB9”",
    ),
    ("people", {"people": [{"reference": "X", "full_name": "A", "cell": "CB1"}]}, "input.missing", "còn thiếu"),
    (
        "people",
        {"people": [{"reference": "DV4", "card_number": "00000001"}]},
        "import.duplicate-number",
        "số 00000001 đã ghi cho DV1",
    ),
    ("people", {"people": [{"reference": "DV1"}, {"reference": "DV1"}]}, "import.twice", "cùng ghi về một đối tượng"),
    (
        "people",
        {"people": [{"reference": "DV1", "official_on": date(1999, 1, 1)}]},
        "import.day-order",
        "không thể trước “Ngày vào Đảng”",
    ),
    (
        "people",
        {"people": [{"reference": "DV1", "birth_date": date(2001, 1, 1)}]},
        "import.day-order",
        "không thể trước “Ngày sinh”",
    ),
    (
        "units",
        {"units": [{"reference": "DU", "parent": "CB1"}]},
        "import.unit-under-itself",
        "không thể trực thuộc chính nó",
    ),
    (
        "positions",
        {
            "positions": [
                {
                    "person": "DV1",
                    "position_field": "party",
                    "title": "X",
                    "valid_from": date(2018, 1, 2),
                    "valid_to": date(2018, 1, 1),
                }
            ]
        },
        "import.day-order",
        "Đến ngày",
    ),
    (
        "member_facts",
        {"member_facts": [{"person": "DV11"}]},
        "import.unknown-reference",
        "Có phải “DV1” – Nguyễn Văn An không",
    ),
    ("collective_facts", {"collective_facts": [{"collective": "TT9"}]}, "import.unknown-reference", "tập thể"),
    ("tallies", {"tallies": [{"ballot": "P9", "subject": "DV1"}]}, "import.unknown-reference", "đợt bỏ phiếu"),
    ("tallies", {"tallies": [{"ballot": "P1", "subject": "CB1"}]}, "import.unknown-reference", "đảng viên"),
    (
        "outcomes",
        {"outcomes": [{"capacity": "member", "subject": "DV4", "decision_number": "1"}]},
        "import.decision-without-level",
        "chưa ghi mức quyết định",
    ),
    (
        "shortcomings",
        {
            "shortcomings": [
                {"subject_kind": "unit", "subject": "DV1", "found_period": "2017", "text": "x", "status": "open"}
            ]
        },
        "import.unknown-reference",
        "đơn vị",
    ),
]


@pytest.mark.parametrize(("sheet", "given", "code", "sentence"), REFUSED, ids=[f"{row[0]}-{row[2]}" for row in REFUSED])
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    database: Database, bring_in: Import, content: Content, sheet: str, given: Content, code: str, sentence: str
) -> None:
    bring_in(content)
    before = everything(database)
    sound: Content = {"residence_comments": [{"person": "DV1", "committee": "Chi ủy Khu 1"}]}
    report = bring_in({**sound, **given})
    problem = problem_of(report)
    assert (problem.code, problem.place.sheet) == (code, sheet)
    assert sentence in str(problem)
    assert problem.remedy or code == "input.missing"
    assert not report.saved and everything(database) == before


def test_all_problems_of_all_sheets_come_at_once(database: Database, bring_in: Import, content: Content) -> None:
    content["people"][0]["cell"] = "CB9"
    content["member_facts"][0]["person"] = "DV9"
    content["peer_results"].append({"unit": "UBND", "level": "good"})
    assert [problem.code for problem in bring_in(content).problems] == [
        "import.unknown-reference", "import.unknown-reference", "import.duplicate",
    ]  # fmt: skip
    assert value(database, "SELECT count(*) FROM unit") == 0


def test_rows_of_the_year_need_a_campaign(bring_in: Import, content: Content) -> None:
    del content["campaign"]
    assert problem_of(bring_in(content)).code == "import.campaign"


def test_a_tally_that_does_not_add_up_is_no_import_error(bring_in: Import, content: Content) -> None:
    content["tallies"][0]["good"] = 40
    assert bring_in(content).problems == []


# Conflicts


def test_one_workbook_may_change_facts_and_outcome_of_the_same_evaluation(
    database: Database, bring_in: Import, content: Content
) -> None:
    campaign = bring_in(content).campaign_id
    written = {key: [dict(row) for row in found] for key, found in export_content(database, campaign).items()}
    next(row for row in written["member_facts"] if row["person"] == "DV1")["targets_completed"] = 7
    next(row for row in written["outcomes"] if row["subject"] == "DV1")["decided_level"] = "completed"
    report = bring_in(written)
    assert report.conflicts == [] and dict(report.changed) == {"member_facts": 1, "outcomes": 1}


def test_what_is_filed_is_not_changed_by_a_workbook(database: Database, bring_in: Import, content: Content) -> None:
    bring_in(content)
    evaluation = one(database, "SELECT * FROM evaluation WHERE capacity = 'member' AND proposed_level = 'good'")
    assert evaluation is not None
    with writing(database):
        database.execute("UPDATE dossier SET status = 'filed' WHERE evaluation_id = ?", [evaluation["id"]])
    report = bring_in({
        "member_facts": [{"person": "DV1", "targets_completed": 1}],
        "member_assessments": [{"person": "DV1", "assessor": "cell_committee", "level": "good"}],
    })  # fmt: skip
    assert [conflict.code for conflict in report.conflicts] == ["import.filed", "import.filed"]
    assert report.changes == 0
