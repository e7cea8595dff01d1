"""The papers around a review as the plan of 2018 makes them: who takes part, who meets, what is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from archive.campaigns.hd13_2018.kinds import collective_kind, organisation_kind
from archive.campaigns.hd13_2018.participant_papers import sheets_of
from archive.campaigns.numbering import register_of
from archive.campaigns.opening import find_campaign
from archive.campaigns.papers.extracts import digest_of
from archive.campaigns.papers.paper import Paper
from archive.campaigns.picture import Picture
from archive.campaigns.production import sheets_for
from archive.campaigns.running import situation_of
from archive.campaigns.stages import Situation, papers_of, units_of
from archive.campaigns.verdicts import CampaignJudge
from archive.office.sheets import set_sheet
from generator.documents import generate
from generator.forms.library import manifest
from generator.vietnamese import name_sort_key
from tests.archive.campaigns.conftest import STAGES, Commune


@pytest.fixture(scope="module")
def papers(situation: Situation) -> Mapping[str, Paper]:
    """Every paper of the year: `unit/stage/file name` → paper."""
    return {
        f"{unit.reference}/{stage}/{paper.file_name}": paper
        for unit in units_of(situation.picture)
        for stage in STAGES
        for paper in papers_of(situation, stage, unit)
    }


def of_form(papers: Mapping[str, Paper], form: str) -> list[Paper]:
    return [paper for paper in papers.values() if paper.form == form]


def one(papers: Mapping[str, Paper], ending: str) -> Paper:
    (found,) = [paper for name, paper in papers.items() if name.endswith(ending)]
    return found


def named(picture: Picture, reference: str, name: str, kind: str) -> Picture:
    """The picture with one unit of another name and type."""
    unit = next(unit for unit in picture.units.values() if unit.reference == reference)
    return replace(picture, units={**picture.units, unit.id: replace(unit, name=name, type=kind)})


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("Đảng bộ xã An Đồng", "grassroots_party_committee", "3B.1"),
        ("Đảng bộ Công an huyện Thanh Lâm", "grassroots_party_committee", "3B.7"),
        ("Đảng bộ Quân sự huyện Thanh Lâm", "grassroots_party_committee", "3B.6"),
        ("Chi bộ Kho bạc Nhà nước huyện", "grassroots_cell", "3B.2"),
        ("Đảng bộ Trường Trung học phổ thông Thanh Lâm", "grassroots_party_committee", "3B.3"),
        ("Đảng bộ Công ty cổ phần Chè Thanh Lâm", "grassroots_party_committee", "3B.5"),
        ("Đảng bộ Công ty Thủy lợi", "grassroots_party_committee", "3B.4"),
        ("Đảng bộ huyện Thanh Lâm", "district_party_committee", "3A.1"),
        ("Đảng bộ Khối doanh nghiệp tỉnh", "district_party_committee", "3A.3"),
        ("Đảng bộ Công an tỉnh", "district_party_committee", "3A.4"),
        ("Đảng bộ bộ phận Khu 1", "sectional_party_committee", "3B.8"),
    ],
)
def test_an_organisation_gets_the_sheet_of_its_own_kind(situation: Situation, name: str, kind: str, form: str) -> None:
    picture = named(situation.picture, "DBX", name, kind)
    found = organisation_kind(picture, picture.owner)
    assert found is not None and found.form == form


@pytest.mark.parametrize(
    ("name", "kind", "level", "form"),
    [
        ("Ban Thường vụ Huyện ủy Thanh Lâm", "district_standing_committee", "district", "4A.1"),
        ("Đảng đoàn Hội đồng nhân dân tỉnh", "party_caucus", "province", "4B.1"),
        ("Ban cán sự đảng Ủy ban nhân dân tỉnh", "party_caucus", "province", "4B.4"),
        ("Ban cán sự đảng Tòa án nhân dân tỉnh", "party_caucus", "province", "4B.6"),
        ("Ban Thường vụ Tỉnh đoàn", "youth_union_standing_committee", "province", "4B.7"),
        ("Lãnh đạo Ban Tổ chức Tỉnh ủy", "advisory_body", "province", "4B.8"),
        ("Lãnh đạo Ban Tổ chức Huyện ủy", "advisory_body", "district", "4X"),
        ("Tập thể lãnh đạo Ủy ban nhân dân xã", "government_or_council", "grassroots", None),
    ],
)
def test_a_collective_gets_the_sheet_of_its_own_kind(
    situation: Situation, name: str, kind: str, level: str, form: str | None
) -> None:
    any_of_them = next(iter(situation.picture.collectives.values()))
    found = collective_kind(situation.picture, replace(any_of_them, name=name, type=kind, level=level))
    assert (found.form if found else None) == form


def test_an_office_that_moves_a_kind_to_another_sheet_gets_that_sheet(commune: Commune) -> None:
    book = commune.situation().book
    set_sheet(commune.database, book, "subordinate_cell", "3B.2", actor="cli")
    changed = situation_of(commune.database, find_campaign(commune.database, "2018"))
    cell = next(unit for unit in changed.picture.cells if unit.reference == "CBK3")
    sheets = [paper for paper in papers_of(changed, "submit", cell) if paper.form.startswith("3")]
    assert {paper.form for paper in sheets} == {"3B.2"}
    report = commune.run("submit", unit="CBK3")
    assert report.failures == []
    # Kept as its input, it comes out again by the sheet it was planned with.
    assert sheets_for("3B.2", sheets[0].document, book) is not None
    assert sheets_for("3B.8", sheets[0].document, book) is None


def test_each_participant_of_a_cell_has_a_sheet_addressed_to_it(situation: Situation) -> None:
    picture = situation.picture
    cell = next(unit for unit in picture.cells if unit.reference == "CBK3")
    evaluation = picture.organisation(cell.id)
    assert evaluation is not None
    made = sheets_of(picture, evaluation, situation.book)
    assert [sheet.name for sheet in made][:2] == [
        "Thường trực Hội đồng nhân dân xã An Đồng", "Ủy ban nhân dân xã An Đồng",
    ]  # fmt: skip
    assert {"Hội Nông dân xã An Đồng", "Ủy ban Mặt trận Tổ quốc Việt Nam xã An Đồng"} <= {one.name for one in made}
    for sheet in made:
        assert sheet.form == "3B.8"
        assert sheet.document["subject"] == "Chi bộ Khu 3"
        assert sheet.document["assessor_body"] == sheet.name
        assert sheet.document["return_to"] == "Đảng ủy xã An Đồng"
        assert "level" not in sheet.document


def test_the_committee_below_and_the_vertical_superior_take_part(papers: Mapping[str, Paper]) -> None:
    party_base = [paper.author for name, paper in papers.items() if "/DBX-3B.1-chu-the-" in name]
    assert {"Chi ủy Chi bộ Khu 1", "Chi bộ Khu 3"} <= set(party_base)
    farmers = [paper.author for name, paper in papers.items() if "/BCH-HND-4X-chu-the-" in name]
    assert farmers[0] == "Hội Nông dân huyện Thanh Lâm"
    assert len(farmers) == 3


def test_what_participants_said_is_summed_up_where_the_owner_decides(
    papers: Mapping[str, Paper], situation: Situation
) -> None:
    (summary,) = of_form(papers, "participants-summary")
    document = summary.document
    assert document["subject"] == "Chi bộ Trường Tiểu học An Đồng"
    assert document["answered"] == len(document["opinions"]) == 1
    assert document["asked"] >= document["answered"]
    assert document["remark"] == "1/1 ý kiến đề nghị mức “Hoàn thành tốt nhiệm vụ”."
    graded = [row for row in document["criteria"] if row["excellent"]]
    assert len(graded) == 1 and len(document["criteria"]) == 6
    evaluation = situation.picture.evaluations[summary.evaluation_id or ""]
    assert evaluation.unit_id != situation.picture.owner.id


def test_the_list_of_those_summoned_stands_in_vietnamese_order(papers: Mapping[str, Paper]) -> None:
    lists = of_form(papers, "attendance-list")
    assert len(lists) == 13
    for paper in lists:
        names = [row["full_name"] for row in paper.document["attendees"]]
        assert names == sorted(names, key=name_sort_key)
    summoned = one(papers, "CBK3/prepare/CBK3-attendance-list").document
    assert len(summoned["attendees"]) == 8


def test_a_programme_reviews_the_head_under_a_deputy_and_before_the_others(papers: Mapping[str, Paper]) -> None:
    programme = one(papers, "DBX/prepare/BCH-agenda").document
    contents = [row["content"] for row in programme["items"]]
    head = next(number for number, text in enumerate(contents) if "người đứng đầu" in text and "Kiểm điểm" in text)
    collective = next(number for number, text in enumerate(contents) if "báo cáo kiểm điểm của tập thể" in text)
    others = next(number for number, text in enumerate(contents) if "cấp phó" in text)
    assert collective < head < others
    assert programme["items"][head]["presenter"] == "Hà Thị Mỹ Hạnh"
    assert programme["items"][others]["presenter"] == "Phùng Đắc Vĩnh"


def test_minutes_of_individuals_begin_with_the_head(papers: Mapping[str, Paper]) -> None:
    minutes = one(papers, "DBX/submit/BCH-bien-ban-ca-nhan").document
    names = [row["full_name"] for row in minutes["individuals"]]
    assert names[0] == "Phùng Đắc Vĩnh"
    assert names[1] == "Hà Thị Mỹ Hạnh"
    assert minutes["closed_on"] == "2018-12-11"
    assert minutes["deputy_chair"] == "Hà Thị Mỹ Hạnh"


def test_who_presented_is_named_by_the_discussion_else_the_chair(papers: Mapping[str, Paper]) -> None:
    assert one(papers, "DBX/submit/BCH-HCCB-bien-ban-tap-the").document["presenter"] == "Võ Hồng Kỷ"
    assert one(papers, "DBX/submit/BCH-HPN-bien-ban-tap-the").document["presenter"] == "Đinh Thị Lụa"


def test_a_leader_s_extract_quotes_the_minutes_of_individuals(
    papers: Mapping[str, Paper], situation: Situation
) -> None:
    whole = one(papers, "DBX/submit/BCH-bien-ban-ca-nhan")
    leader = next(
        paper
        for paper in of_form(papers, "extract-minutes")
        if paper.document["subject"] == "Phùng Đắc Vĩnh" and paper.file_name.startswith("DV001-lanh-dao")
    )
    assert leader.document["source_digest"] == digest_of(whole, situation.book)
    assert leader.document["kept_at"] == "hồ sơ đợt đánh giá năm 2018 của Đảng bộ xã An Đồng"


def test_bodies_beside_the_party_have_their_counts_and_no_number_of_ours(
    papers: Mapping[str, Paper], commune: Commune
) -> None:
    fronts = [name for name in papers if name.startswith("DBX/ballots/PTX-") and name.endswith("-kiem-phieu")]
    assert len(fronts) == 6
    farmers = one(papers, "DBX/ballots/PTX-HND-kiem-phieu").document
    assert farmers["issuing_body"] == "Hội Nông dân xã An Đồng"
    assert farmers["voters"] == "hội nghị Ban Chấp hành Hội Nông dân xã An Đồng"
    assert farmers["venue"] == "Hội trường Ủy ban nhân dân xã"
    assert (farmers["symbol"], farmers["about"]) == ("BB/HND", "Ban Chấp hành Hội Nông dân xã An Đồng")
    own = one(papers, "DBX/ballots/PTX-DBX-kiem-phieu").document
    assert (own["symbol"], own["about"]) == ("BB/ĐU", "Đảng bộ xã An Đồng và Ban Chấp hành Đảng bộ xã An Đồng")
    numbered = {paper.paper for paper in register_of(commune.database, commune.situation().picture, papers.values())}
    assert "PTX-DBX-kiem-phieu" in numbered
    assert not numbered & {"PTX-HND-kiem-phieu", "BCH-HND-bien-ban-tap-the", "BCH-HND-tap-the-trich-bien-ban"}


def test_whoever_may_have_no_level_stands_on_no_ballot_of_the_committee(
    papers: Mapping[str, Paper], situation: Situation
) -> None:
    ballot = one(papers, "DBX/ballots/DBX-ballot-decision-members").document["candidates"]
    barred = [one for one in situation.picture.all_members() if situation.judgement.of(one).barred]
    assert barred
    assert len(ballot) + len(barred) == len(situation.picture.all_members())
    levels = {row["subject"] for paper in of_form(papers, "ballot-level") for row in [paper.document]}
    assert {"Chi bộ Khu 3", "Đảng bộ xã An Đồng", "Ban Chấp hành Hội Nông dân xã An Đồng"} <= levels
    assert not [name for name in levels if "Ủy ban nhân dân" in name]


def test_decisions_on_bodies_leave_out_those_refused_and_carry_their_numbers(papers: Mapping[str, Paper]) -> None:
    (organisations,) = of_form(papers, "decision-organisations")
    (collectives,) = of_form(papers, "decision-collectives")
    assert (organisations.number, collectives.number) == ("17-QĐ/ĐU", "18-QĐ/ĐU")
    assert [row["subject"] for row in organisations.document["subjects"]] == [
        "Chi bộ Cơ quan xã", "Chi bộ Khu 2", "Chi bộ Khu 3", "Chi bộ Trường Tiểu học An Đồng",
    ]  # fmt: skip
    assert "Ban Chấp hành Hội Cựu chiến binh xã An Đồng" not in str(collectives.document["subjects"])
    assert len(organisations.decides) == 4


def test_what_the_district_decides_the_commune_only_quotes(papers: Mapping[str, Paper]) -> None:
    assert of_form(papers, "decision-leaders") == []
    leader = next(
        paper for paper in of_form(papers, "extract-decision") if paper.document.get("source_number") == "246-QĐ/HU"
    )
    assert "source_digest" not in leader.document
    assert leader.document["kept_at"] == "Huyện ủy Thanh Lâm"


def test_a_body_s_extract_quotes_the_decision_it_stands_in(papers: Mapping[str, Paper], situation: Situation) -> None:
    whole = of_form(papers, "decision-organisations")[0]
    extract = next(
        paper
        for paper in of_form(papers, "extract-decision")
        if paper.document["subject"] == "Chi bộ Khu 3" and paper.document["source_number"] == "17-QĐ/ĐU"
    )
    assert extract.document["source_digest"] == digest_of(whole, situation.book)


def _sum(rows: Sequence[Mapping[str, int]], column: str) -> int:
    return sum(row[column] for row in rows)


def test_the_report_counts_everyone_once(papers: Mapping[str, Paper], situation: Situation) -> None:
    (report,) = of_form(papers, "report-base")
    document = report.document
    everyone = len(situation.picture.all_members())
    for table in ("members", "member_kinds"):
        assert _sum(document[table], "total") == everyone
        for row in document[table]:
            counted = sum(row[level] for level in ("excellent", "good", "completed", "not_completed"))
            assert counted == row["classified"]
            outside = row["exempt"] + row["under_six_months"] + row["other"]
            assert row["classified"] + row["not_yet"] + outside == row["total"]
    (cells,) = document["organisations"]
    assert (cells["name"], cells["total"], cells["classified"], cells["not_yet"]) == (
        situation.book.type_label("party_organisation", "subordinate_cell"), 5, 4, 1,
    )  # fmt: skip
    made = generate("report-base", report.input, book=situation.book)
    assert made.remarks == ()


def test_the_list_of_the_excellent_has_as_many_as_the_report_counts(papers: Mapping[str, Paper]) -> None:
    (listed,), (report,) = of_form(papers, "excellent-list"), of_form(papers, "report-base")
    chosen = _sum(report.document["members"], "excellent")
    assert len(listed.document["subjects"]) == chosen == listed.document["groups"][0]["excellent"]
    assert all(row["achievement"] for row in listed.document["subjects"])


def test_the_appraisal_proposes_only_what_the_rulebook_allows(
    papers: Mapping[str, Paper], situation: Situation
) -> None:
    (report,) = of_form(papers, "appraisal-report")
    proposed = {row["subject"] for row in report.document["results"]}
    found = {row["subject"] for row in report.document["findings"]}
    assert {"Chi bộ Khu 1", "Đỗ Văn Chí"} <= found
    assert "Chi bộ Khu 1" not in proposed
    assert report.document["opinion"].endswith("trả lại để xem xét, đề nghị lại./.")
    made = generate("appraisal-report", report.input, book=situation.book)
    assert [one for one in made.judgements if one.errors] == []


def test_the_minutes_of_the_decision_tell_each_vote(papers: Mapping[str, Paper]) -> None:
    members, bodies = of_form(papers, "minutes-decision")
    assert "không quá 12 đồng chí" in members.document["excellent_number"]
    for minutes in (members, bodies):
        for row in minutes.document["results"]:
            votes = sum(row[level] for level in ("excellent", "good", "completed", "not_completed"))
            assert votes + row["not_counted"] <= minutes.document["returned"]
    assert members.document["tellers"] == "Hà Thị Mỹ Hạnh, Lã Xuân Cẩn, Nguyễn Văn Thể"


def test_letters_list_what_goes_with_them(papers: Mapping[str, Paper]) -> None:
    cell = one(papers, "CBK3/submit/CBK3-nop-ho-so").document
    assert (cell["paper_type"], cell["addressees"]) == ("letter", "Đảng ủy xã An Đồng")
    assert cell["results"] == (
        "Kết quả bỏ phiếu kín tự xếp loại chất lượng Chi bộ Khu 3: 7/8 phiếu hoàn thành tốt nhiệm vụ, "
        "1/8 phiếu hoàn thành nhiệm vụ."
    )
    owner = one(papers, "DBX/decide/DBX-nop-ho-so").document
    assert (owner["paper_type"], owner["symbol"]) == ("statement", "TTr/ĐU")
    assert owner["addressees"] == "Ban Thường vụ Huyện ủy Thanh Lâm"
    assert {"name": "Hồ sơ kiểm điểm, đánh giá của cán bộ lãnh đạo, quản lý", "quantity": "12 bộ"} in owner["documents"]


def test_only_bodies_with_something_left_get_a_plan_to_remedy(papers: Mapping[str, Paper]) -> None:
    plans = {paper.document["subject"] for paper in of_form(papers, "remedy-plan")}
    assert "Chi bộ Khu 2" in plans
    assert "Chi bộ Cơ quan xã" not in plans


def test_who_is_sent_back_to_review_gets_a_demand(situation: Situation) -> None:
    evaluation = next(one for one in situation.picture.members(situation.picture.cells[0].id))
    again = replace(situation, picture=replace(situation.picture, reviewed_again=frozenset({evaluation.id})))
    (demand,) = [
        paper
        for paper in papers_of(again, "submit", situation.picture.cells[0])
        if paper.form == "review-again-request"
    ]
    assert demand.evaluation_id == evaluation.id
    assert demand.document["sending_body"] == "Đảng ủy xã An Đồng"
    # Nobody is asked who was not sent back, and no blank is wanted where the demand was written in full.
    written = replace(again.picture, papers={evaluation.id: frozenset({demand.form})})
    for picture in (situation.picture, written):
        planned = papers_of(replace(situation, picture=picture), "submit", situation.picture.cells[0])
        assert demand.form not in {paper.form for paper in planned}


def test_blank_forms_stay_out_of_the_dossiers_but_for_the_ballots(papers: Mapping[str, Paper]) -> None:
    filed = {paper.form for paper in papers.values() if paper.state == "blank" and paper.item}
    assert filed == {"5.2", "5.3", "ballot-level", "ballot-decision"}


def test_a_paper_lies_where_its_form_says(papers: Mapping[str, Paper], situation: Situation) -> None:
    # A notice and what of a leader's ballots concerns all are of the unit, not of one subject's result.
    elsewhere = {"result-notice", "tally-summary"}
    for name, paper in papers.items():
        if paper.item and paper.form not in elsewhere:
            assert paper.item == manifest(paper.form, situation.book).dossier_item, name


def test_a_decision_over_the_share_of_the_excellent_goes_no_further(commune: Commune) -> None:
    commune.execute(
        "UPDATE decision SET level = 'excellent' WHERE evaluation_id IN"
        " (SELECT evaluation_id FROM decision d JOIN evaluation e ON e.id = d.evaluation_id"
        "  JOIN campaign c ON c.id = e.campaign_id WHERE e.capacity = 'member' AND d.level = 'good' LIMIT 60)"
    )
    situation = commune.situation()
    assert not situation.judgement.decided_quota.allowed
    made = papers_of(situation, "decide", situation.picture.owner)
    states = {paper.form: paper.state for paper in made}
    assert states["decision-members"] == states["report-base"] == states["excellent-list"] == "draft"
    assert states["decision-organisations"] == "final"


@pytest.fixture(scope="module")
def district(situation: Situation) -> Situation:
    """The same people and bodies under a district committee, which decides on leaders too."""
    picture, owner = situation.picture, situation.picture.owner
    units = {
        unit.id: replace(unit, type="grassroots_cell") if unit.is_cell else unit for unit in picture.units.values()
    }
    units[owner.id] = replace(
        owner, name="Đảng bộ huyện Thanh Lâm", type="district_party_committee", superior_name="Đảng bộ tỉnh Phú Thọ"
    )
    collectives = {
        body.id: replace(
            body,
            level="district",
            type="district_standing_committee" if body.is_committee else body.type,
            name="Ban Thường vụ Huyện ủy Thanh Lâm" if body.is_committee else body.name,
        )
        for body in picture.collectives.values()
    }
    changed = replace(picture, units=units, collectives=collectives)
    return replace(situation, picture=changed, judgement=CampaignJudge(changed, situation.book).judged())


def test_a_district_gets_sheets_decisions_and_a_report_of_its_own(district: Situation) -> None:
    papers = [paper for stage in STAGES for paper in papers_of(district, stage, district.picture.owner)]
    forms = {paper.form for paper in papers}
    assert {"3A.1", "4A.1", "decision-leaders", "report-district"} <= forms
    assert not {"report-base", "3B.8"} & forms
    decided = [paper for paper in papers if paper.form == "decision-leaders"]
    assert {paper.document["deciding_body"] for paper in decided} == {"Ban Thường vụ Huyện ủy Thanh Lâm"}
    (report,) = [paper for paper in papers if paper.form == "report-district"]
    assert report.document["addressee"] == "Ban Thường vụ Tỉnh ủy Phú Thọ"
    for paper in (*decided, report):
        generate(paper.form, paper.input, state=paper.state, book=district.book)


def test_a_leader_s_extract_quotes_the_decision_of_his_own_committee(district: Situation) -> None:
    papers = papers_of(district, "decide", district.picture.owner)
    whole = next(paper for paper in papers if paper.form == "decision-leaders" and paper.number == "246-QĐ/HU")
    extract = next(
        paper
        for paper in papers
        if paper.form == "extract-decision" and paper.document.get("source_number") == "246-QĐ/HU"
    )
    assert extract.document["source_digest"] == digest_of(whole, district.book)


def test_a_cell_that_decides_by_itself_has_no_appraisal_and_no_ballot_of_a_committee(situation: Situation) -> None:
    cell = next(unit for unit in situation.picture.cells if unit.reference == "CBK3")
    alone = replace(cell, type="grassroots_cell", parent_id=None)
    changed = replace(
        situation.picture,
        campaign=replace(situation.picture.campaign, owner_id=cell.id),
        units={**situation.picture.units, cell.id: alone},
    )
    small = replace(situation, picture=changed, judgement=CampaignJudge(changed, situation.book).judged())
    forms = {paper.form for stage in STAGES for paper in papers_of(small, stage, alone)}
    assert {"review-plan", "5.2", "5.3", "ballot-level", "6"} <= forms
    assert not {"appraisal-report", "ballot-decision"} & forms
