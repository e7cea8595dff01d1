"""The sheets follow the row models, the criteria of the guidance and the manifests of the forms."""

from __future__ import annotations

from generator.facts.values import choices
from generator.forms.library import manifest
from generator.rules.rulebook import Rulebook
from generator.vietnamese import fold
from generator.workbook.sheets import labels, sheets


def test_every_field_of_every_row_model_has_a_column(book: Rulebook) -> None:
    for sheet in sheets(book).values():
        assert {column.field for column in sheet.facts} == set(sheet.model.model_fields), sheet.title


def test_titles_fit_excel_and_no_heading_stands_twice_in_a_sheet(book: Rulebook) -> None:
    titles = [sheet.title for sheet in sheets(book).values()]
    assert all(len(title) <= 31 and not set(title) & set(r"\/?*[]:") for title in titles)
    assert len({fold(title) for title in titles}) == len(titles)
    for sheet in sheets(book).values():
        headers = [fold(column.header) for column in sheet.columns]
        assert len(set(headers)) == len(headers), sheet.title


def test_rating_columns_are_the_criteria_of_the_guidance(book: Rulebook) -> None:
    parts = {
        key: [column.part for column in sheet.facts if column.field == "ratings"] for key, sheet in sheets(book).items()
    }
    assert parts["member_assessments"] == ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "c", "d", "dd", "e"]
    assert parts["organisation_assessments"] == ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c"]
    assert sorted(parts["collective_assessments"]) == ["r", "s1", "s2", "t1", "t2", "t3", "t4"]


def test_a_task_criterion_of_collectives_tells_its_wording_for_each_type(book: Rulebook) -> None:
    column = next(one for one in sheets(book)["collective_assessments"].facts if one.part == "t3")
    assert "Kết quả công tác tham mưu" in column.note
    assert "quốc phòng - an ninh" in column.note


def test_review_columns_are_the_texts_of_the_forms(book: Rulebook) -> None:
    columns = {column.part for column in sheets(book)["member_reviews"].facts if column.field == "sections"}
    texts = {field.name for field in manifest("2", book).fields if field.kind == "text" and not field.by_hand}
    assert columns == texts
    assert "recipients" not in {column.part for column in sheets(book)["collective_reviews"].facts}


def test_every_choice_column_has_labels(book: Rulebook) -> None:
    for sheet in sheets(book).values():
        for column in sheet.facts:
            if column.choices:
                assert labels(column.choices, book), (sheet.title, column.header)
    assert labels("level", book)["not_classified"] == "Không xếp loại"
    assert labels("sex", book) == choices()["sex"]


def test_a_person_is_named_beside_his_code(book: Rulebook) -> None:
    headers = [column.header for column in sheets(book)["member_facts"].columns]
    assert headers[:3] == ["Mã đảng viên", "Họ và tên (để xem)", "Chi bộ (để xem)"]
