"""Each participant the guidance names gets its own sheet of the same form, addressed to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.documents import generate
from generator.errors import InvalidInput
from generator.forms.assessed import shipped_sheets
from generator.forms.library import manifest
from generator.forms.participants import participant_sheets, participants_of, participants_of_assessed
from generator.rules.rulebook import Rulebook
from generator.word.reading import document_text

Sample = Callable[[str], dict[str, Any]]

COMMUNE = {"is_commune": True}


def codes(book: Rulebook, kind: str, subject_type: str, optional: bool = False, **facts: bool | str) -> list[str]:
    return [one.code for one in participants_of(book, kind, subject_type, facts, optional=optional)]


def test_a_commune_is_assessed_by_the_bodies_of_the_district_and_its_own_cells(book: Rulebook) -> None:
    found = codes(book, "party_organisation", "grassroots_party_committee", is_commune=True)
    assert found == ["advisory_bodies", "peoples_council", "peoples_committee", "front_and_socio_political",
                     "subordinates"]  # fmt: skip


def test_other_kinds_by_the_agency_above(book: Rulebook) -> None:
    found = codes(book, "party_organisation", "grassroots_cell", is_commune=False)
    assert found == ["advisory_bodies", "superior_agency", "socio_political", "subordinates"]


def test_those_asked_when_needed_come_on_request(book: Rulebook) -> None:
    found = codes(book, "party_organisation", "subordinate_cell", optional=True, is_commune=True)
    assert found[-1] == "peer_cells"


def test_the_fact_that_decides_must_be_known(book: Rulebook) -> None:
    with pytest.raises(InvalidInput) as raised:
        participants_of(book, "party_organisation", "grassroots_cell", {})
    assert [problem.place.field for problem in raised.value.problems] == ["is_commune"]


@pytest.mark.parametrize("kind", ["peoples_council_caucus", "court_caucus", "commune", "local_standing_committee"])
def test_a_kind_assessed_says_itself_what_its_list_hangs_on(kind: str, book: Rulebook) -> None:
    assert len(participants_of_assessed(book, shipped_sheets(book).kinds[kind], {})) >= 5


def test_court_and_procuracy_assess_each_other_and_neither_itself(book: Rulebook) -> None:
    kinds = shipped_sheets(book).kinds
    for kind, other in (("procuracy_caucus", "Tòa án"), ("court_caucus", "Viện kiểm sát")):
        named = [one.label for one in participants_of_assessed(book, kinds[kind], {})]
        assert f"Ban cán sự đảng {other} nhân dân tỉnh" in named, kind
        assert not any("Tòa án" in label and "Viện kiểm sát" in label for label in named), kind
        assert kinds[kind].label not in named, kind


def test_each_body_gets_a_sheet_with_its_name_and_its_part(book: Rulebook, sample_of: Sample) -> None:
    own = sample_of("3B.1")
    own["criteria"]["a1.1"] = {"title": "Tiêu chí riêng của huyện", "rating": "good"}
    asked = participants_of_assessed(book, shipped_sheets(book).kinds["commune"], {})
    made = participant_sheets(
        manifest("3B.1", book), own, asked, book,
        names={"subordinates": ["Chi bộ Khu 1", "Chi bộ Khu 2"]}, return_to="Ban Tổ chức Huyện ủy",
    )  # fmt: skip
    assert [sheet.form for sheet in made] == ["3B.1"] * 6
    assert [sheet.name for sheet in made][-2:] == ["Chi bộ Khu 1", "Chi bộ Khu 2"]
    text = document_text(generate("3B.1", {"document": made[-1].document}, state="blank").word)
    assert "đánh giá, xếp loại: Chi bộ Khu 2\n" in text
    assert "- Tư cách tham gia: Các cấp ủy đảng trực thuộc (chi bộ nơi không có cấp ủy)\n" in text
    assert own["subject"] in text and "Phiếu gửi về: Ban Tổ chức Huyện ủy" in text
    assert "Tiêu chí riêng của huyện" in text
    assert own["comment"] not in text and own["signer"] not in text and own["issuing_body"] not in text
    assert "Kết quả bỏ phiếu kín" not in text


def test_an_external_participant_may_leave_rows_open(book: Rulebook, sample_of: Sample) -> None:
    asked = participants_of_assessed(book, shipped_sheets(book).kinds["court_caucus"], {})
    own = sample_of("4B.6")
    names = {"police_committee": ["Đảng ủy Công an tỉnh Phú Thọ"]}
    sheets = participant_sheets(manifest("4B.6", book), own, asked, book, names=names)
    (police,) = [sheet for sheet in sheets if sheet.participant.code == "police_committee"]
    filled = {**police.document, "criteria": {"s1": "good", "t3": None}, "level": "good"}
    assert "Đảng ủy Công an tỉnh Phú Thọ\n- Tư cách tham gia: Đảng ủy Công an tỉnh\n" in document_text(
        generate("4B.6", {"document": filled}).word
    )


def test_a_member_is_assessed_on_the_forms_that_the_guidance_names(book: Rulebook, sample_of: Sample) -> None:
    facts = {"is_public_employee": True, "leads_mass_organisation": True}
    asked = participants_of(book, "party_member", "subordinate_cell", facts)
    made = participant_sheets(manifest("5.1", book), sample_of("5.1"), asked, book)
    assert [(sheet.form, sheet.document.get("assessor")) for sheet in made] == [
        ("5.1", "cell_committee"), ("5.1", "mass_organisation"), ("residence-comment", None),
    ]  # fmt: skip
    for sheet in made:
        text = document_text(generate(sheet.form, {"document": sheet.document}, state="blank").word)
        assert "Nguyễn Thị Hường" in text


def test_a_farmers_residence_is_not_asked(book: Rulebook) -> None:
    found = codes(book, "party_member", "grassroots_cell", is_public_employee=False, leads_mass_organisation=False)
    assert found == ["own_cell_committee", "cell_members"]
