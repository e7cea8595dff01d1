"""The papers of the sample commune, read as a clerk reads them: who speaks, who signs, what adds up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from archive.campaigns.papers.bodies import committee_name, office_of, outside_heading
from archive.campaigns.papers.paper import Paper
from archive.campaigns.papers.spoken import absences, opinions
from archive.campaigns.stages import Situation, papers_of, units_of
from generator.documents import generate
from generator.word.reading import document_text
from tests.archive.campaigns.conftest import STAGES


@pytest.fixture(scope="module")
def papers(situation: Situation) -> Mapping[str, Paper]:
    """Every paper of the year: `unit/stage/file name` → paper."""
    made: dict[str, Paper] = {}
    for unit in units_of(situation.picture):
        for stage in STAGES:
            for paper in papers_of(situation, stage, unit):
                name = f"{unit.reference}/{stage}/{paper.file_name}"
                assert name not in made, f"two papers would be printed into {name}"
                made[name] = paper
    return made


def named(papers: Mapping[str, Paper], ending: str) -> Paper:
    """The one paper whose path ends so."""
    (found,) = [paper for name, paper in papers.items() if name.endswith(ending)]
    return found


def test_each_decision_is_a_paper_of_its_own(papers: Mapping[str, Paper]) -> None:
    decisions = {paper.number: paper.title for paper in papers.values() if paper.form == "decision-members"}
    assert set(decisions) == {f"{number}-QĐ/ĐU" for number in (12, 13, 14, 15, 16)}
    assert decisions["12-QĐ/ĐU"] == "Quyết định xếp loại chất lượng đảng viên Chi bộ Khu 1 năm 2018"
    assert len(set(decisions.values())) == len(decisions)


def test_file_names_are_plain_and_the_sheets_lie_in_the_order_of_assessing(papers: Mapping[str, Paper]) -> None:
    sheets = sorted((paper.key, name) for name, paper in papers.items() if name.startswith("CBK1/submit/DV048-5.1-"))
    assert [name.rsplit("-5.1-")[1] for _, name in sheets] == ["1-tu-danh-gia", "2-chi-uy", "3-doan-the"]
    assert not [name for name in papers if "_" in name]


def test_a_decision_on_one_cell_names_it_once_and_not_in_every_row(papers: Mapping[str, Paper]) -> None:
    for paper in papers.values():
        if paper.form == "decision-members":
            assert str(paper.document["organisation"]).startswith("Chi bộ ")
            assert all("cell" not in row for row in paper.document["members"])


def test_namesakes_carry_their_year_of_birth_wherever_no_birth_date_stands(papers: Mapping[str, Paper]) -> None:
    both = {"Nguyễn Văn Bình (sinh năm 1950)", "Nguyễn Văn Bình (sinh năm 1971)"}
    ballot = named(papers, "CBK1/ballots/CBK1-5.2").document["candidates"]
    tally = named(papers, "P1-CBK1-kiem-phieu").document["three_levels"]
    minutes = named(papers, "CBK1/submit/CBK1-bien-ban").document
    assert both <= {row["full_name"] for row in ballot}
    assert both <= {row["subject"] for row in tally}
    assert both <= {row["full_name"] for row in minutes["members"]}
    assert both <= {row["subject"] for row in minutes["ballot_results"]}


def test_the_count_lists_the_members_in_the_order_of_the_ballot(papers: Mapping[str, Paper]) -> None:
    for cell in ("CBCQ", "CBTH", "CBK1", "CBK2", "CBK3"):
        for form, ballot, table in (("5.2", "P1", "three_levels"), ("5.3", "P2", "agreement")):
            sheet = named(papers, f"{cell}/ballots/{cell}-{form}").document["candidates"]
            counted = named(papers, f"{ballot}-{cell}-kiem-phieu").document[table]
            assert [row["full_name"] for row in sheet] == [row["subject"] for row in counted]


def test_the_minutes_review_the_secretary_then_deputies_then_members(papers: Mapping[str, Paper]) -> None:
    reviewed = [row["full_name"] for row in named(papers, "CBK1/submit/CBK1-bien-ban").document["members"]]
    assert reviewed[:3] == ["Nguyễn Văn Thể", "Hà Văn Củng", "Trần Thị Khánh"]
    assert reviewed[3:6] == ["Lê Thị Ấn", "Trịnh Xuân Báu", "Đặng Thị Bé"]


def test_the_minutes_tell_the_vote_on_the_cell_itself_first(papers: Mapping[str, Paper]) -> None:
    first = named(papers, "CBK3/submit/CBK3-bien-ban").document["ballot_results"][0]
    assert first == {
        "subject": "Chi bộ Khu 3",
        "votes": "Tự xếp loại: 7/8 phiếu tốt, 1/8 phiếu hoàn thành",
        "level": "good",
    }


def test_attendance_agrees_between_minutes_and_counts(papers: Mapping[str, Paper]) -> None:
    for cell in ("CBTH", "CBK1", "CBK2", "CBK3", "CBCQ"):
        minutes = named(papers, f"{cell}/submit/{cell}-bien-ban").document
        count = named(papers, f"P1-{cell}-kiem-phieu").document
        assert count["absent"] == minutes["absent"] == len(minutes.get("absences", ()))
        assert count["entitled"] <= minutes["summoned"]


def test_the_figures_of_mau_6_add_up_and_agree_with_the_counts(
    papers: Mapping[str, Paper], situation: Situation
) -> None:
    for cell in ("CBTH", "CBK1", "CBK2", "CBK3", "CBCQ"):
        paper = named(papers, f"{cell}/submit/{cell}-6")
        assert generate("6", paper.input, state=paper.state, book=situation.book).remarks == ()
        figures, rows = paper.document["figures"], paper.document["members"]
        outside = figures["exempt"] + figures["outside"] + figures["under_six_months"]
        assert figures["to_classify"] + outside == figures["total"]
        counted = {row["subject"]: row for row in named(papers, f"P1-{cell}-kiem-phieu").document["three_levels"]}
        # Namesakes are told apart differently: by birth date here, by year of birth there.
        known = [row for row in rows if row["full_name"] in counted]
        assert len(known) >= len(rows) - 2
        for row in known:
            votes = (row["round1_good"], row["round1_completed"], row["round1_not_completed"])
            assert votes == tuple(counted[row["full_name"]][code] for code in ("good", "completed", "not_completed"))


def test_mau_6_says_who_is_not_yet_classified(papers: Mapping[str, Paper]) -> None:
    figures = named(papers, "CBK2/submit/CBK2-6").document["figures"]
    assert figures["not_yet"] == 1
    assert figures["not_yet_reason"] == "đồng chí Đặng Thùy Dương chưa đủ điều kiện xếp loại"


def test_what_concerns_a_secretary_his_deputy_signs(papers: Mapping[str, Paper]) -> None:
    sheet = named(papers, "CBK1/submit/DV046-5.1-2-chi-uy").document
    assert (sheet["signature_authority"], sheet["signature_title"], sheet["signer"]) == (
        "T/M Chi ủy", "Phó Bí thư", "Hà Văn Củng",
    )  # fmt: skip
    other = named(papers, "CBK1/submit/DV047-5.1-2-chi-uy").document
    assert (other["signature_title"], other["signer"]) == ("Bí thư", "Nguyễn Văn Thể")


def test_a_mass_organisation_assesses_under_its_own_heading(papers: Mapping[str, Paper]) -> None:
    sheet = named(papers, "CBK1/submit/DV048-5.1-3-doan-the").document
    assert sheet["issuing_body"] == "Hội Liên hiệp Phụ nữ xã An Đồng"
    assert sheet["superior_body"] == "Hội Liên hiệp Phụ nữ huyện Thanh Lâm"
    assert (sheet["signature_title"], sheet["signer"]) == ("Chủ tịch", "Đinh Thị Lụa")
    own = named(papers, "CBCQ/submit/DV009-5.1-3-doan-the").document
    assert (own["signature_title"], own["signer"]) == ("Phó Chủ tịch", "Hoàng Thị Cẩm Tú")


def test_nobody_signs_his_own_sheet_for_another_body(papers: Mapping[str, Paper]) -> None:
    for name, paper in papers.items():
        if paper.form == "5.1" and paper.document.get("assessor") != "self":
            assert paper.document.get("signer") != paper.document["full_name"], name


def test_a_participant_assesses_an_organisation_under_its_own_heading(papers: Mapping[str, Paper]) -> None:
    front = named(papers, "DBX/submit/DBX-3B.1-2-chu-the").document
    assert front["issuing_body"] == front["assessor_body"] == "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Thanh Lâm"
    assert "signer" not in front
    by_authority = named(papers, "CBK1/submit/CBK1-3B.8-2-cap-tham-quyen").document
    assert by_authority["assessor_body"] == "Ban Chấp hành Đảng bộ xã An Đồng"
    assert (by_authority["issuing_body"], by_authority["signer"]) == ("Đảng ủy xã An Đồng", "Phùng Đắc Vĩnh")
    itself = named(papers, "CBK1/submit/CBK1-3B.8-1-tu-danh-gia").document
    assert (itself["assessor_body"], itself["issuing_body"]) == ("Chi ủy Chi bộ Khu 1", "Chi bộ Khu 1")


def test_a_body_beside_the_party_reports_as_itself(papers: Mapping[str, Paper]) -> None:
    report = named(papers, "DBX/submit/TT-MTTQ-1").document
    assert report["superior_body"] == "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Thanh Lâm"
    assert report["symbol"] == "BC/MTTQ-BTT"
    assert (report["signature_authority"], report["signature_title"]) == ("T/M Ban Thường trực", "Chủ tịch")
    assert report["recipients"].startswith("- Đảng ủy xã An Đồng (để báo cáo)")


def test_a_cell_reports_through_its_committee_and_has_no_seal(papers: Mapping[str, Paper]) -> None:
    report = named(papers, "CBK1/submit/CBK1-1").document
    assert (report["collective"], report["place_led"], report["without_seal"]) == ("Chi ủy Chi bộ Khu 1", "Khu 1", True)
    assert "without_seal" not in named(papers, "DBX/submit/BCH-1").document
    committee = named(papers, "DBX/submit/BCH-1").document
    assert committee["recipients"].startswith("- Huyện ủy Thanh Lâm (để báo cáo)")


def test_every_item_of_mau_1_is_rated(papers: Mapping[str, Paper]) -> None:
    items = ("implementation", "programme_results", "prevention", "democratic_centralism", "inspection")
    for paper in papers.values():
        if paper.form == "1" and paper.state == "final":
            assert all(paper.document.get(f"{item}_rating") for item in items), paper.key


def test_a_collective_is_extracted_from_the_meeting_that_reviewed_it(papers: Mapping[str, Paper]) -> None:
    front = named(papers, "TT-MTTQ-tap-the-trich-bien-ban").document
    assert (front["source_date"], front["source_body"]) == (
        "2018-12-06", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã An Đồng",
    )  # fmt: skip
    chairman = named(papers, "DBX/submit/DV003-lanh-dao-trich-bien-ban").document
    assert (chairman["source_date"], chairman["position"]) == (
        "2018-12-07", "Chủ tịch Ủy ban nhân dân xã, Chi bộ Cơ quan xã",
    )  # fmt: skip
    assert chairman["signer"] == "Đỗ Hữu Tuấn"


def test_an_extract_says_where_the_whole_really_is(papers: Mapping[str, Paper]) -> None:
    by_district = named(papers, "DBX/decide/DV004-trich-quyet-dinh").document
    assert (by_district["source_number"], by_district["kept_at"]) == ("246-QĐ/HU", "Huyện ủy Thanh Lâm")
    by_commune = named(papers, "CBK1/decide/DV046-trich-quyet-dinh").document
    assert by_commune["kept_at"] == "hồ sơ đợt đánh giá năm 2018 của Đảng bộ xã An Đồng"


def test_a_post_that_names_the_cell_does_not_name_it_twice(papers: Mapping[str, Paper]) -> None:
    for name, paper in papers.items():
        position = str(paper.document.get("position", ""))
        assert position.count("Chi bộ Khu 1") < 2, name
    assert named(papers, "CBK1/submit/DV047-2").document["cell"] == "Khu 1"


def test_a_leader_claims_as_a_leader_what_he_claimed_as_one(papers: Mapping[str, Paper]) -> None:
    assert named(papers, "DBX/submit/DV003-lanh-dao-2").document["claimed_employee_level"] == "excellent"


def test_the_residence_comment_comes_from_the_cell_where_he_lives(papers: Mapping[str, Paper]) -> None:
    comment = named(papers, "CBCQ/submit/DV001-residence-comment").document
    assert (comment["superior_body"], comment["issuing_body"], comment["signer"]) == (
        "Đảng bộ xã An Đồng", "Chi bộ Khu 2", "Phan Văn Quý",
    )  # fmt: skip
    elsewhere = [
        paper.document
        for paper in papers.values()
        if paper.form == "residence-comment" and paper.document.get("superior_body") == "Đảng bộ xã Yên Sơn"
    ]
    assert elsewhere and all(one["issuing_body"] == "Chi bộ Khu 7" and "signer" not in one for one in elsewhere)


@pytest.mark.parametrize(
    ("line", "speaker", "content"),
    [
        ("Đồng chí Bùi Thị Nhẹ tự phê bình: lớp 3B có ba em.", "Đồng chí Bùi Thị Nhẹ", "Tự phê bình: lớp 3B có ba em."),
        ("Đồng chí Lê Bình (sinh năm 1950): xong rồi.", "Đồng chí Lê Bình (sinh năm 1950)", "Xong rồi."),
        ("Đồng chí Ủy viên Ban Thường vụ: thẳng thắn.", "Đồng chí Ủy viên Ban Thường vụ", "Thẳng thắn."),
        ("Đồng chí Nguyễn Hữu Tỵ trình bày việc mất thẻ.", "Đồng chí Nguyễn Hữu Tỵ", "Trình bày việc mất thẻ."),
        ("- Hà Thị Nết: nhất trí", "Hà Thị Nết", "Nhất trí"),
        ("Bốn chỉ tiêu chưa đạt: hội viên (14/25).", "Hội nghị", "Bốn chỉ tiêu chưa đạt: hội viên (14/25)."),
        (
            "Kiểm điểm đồng chí Bí thư do đồng chí Nguyễn Thị Tình chủ trì: sổ sách có tiến bộ.",
            "Hội nghị",
            "Kiểm điểm đồng chí Bí thư do đồng chí Nguyễn Thị Tình chủ trì: sổ sách có tiến bộ.",
        ),
    ],
)  # fmt: skip
def test_who_spoke_is_read_out_of_a_line(line: str, speaker: str, content: str) -> None:
    assert opinions(line) == [{"speaker": speaker, "content": content}]


def test_absences_are_one_row_a_person() -> None:
    text = (
        "Đồng chí Phạm Văn Tó, bệnh binh, đi điều dưỡng.\n"
        "Đồng chí Chu Thị Hường và đồng chí Bùi Văn Ảnh, không có lý do."
    )
    assert absences(text) == [
        {"full_name": "Phạm Văn Tó", "reason": "Bệnh binh, đi điều dưỡng"},
        {"full_name": "Chu Thị Hường", "reason": "Không có lý do"},
        {"full_name": "Bùi Văn Ảnh", "reason": "Không có lý do"},
    ]


def test_an_organisation_speaks_through_its_committee() -> None:
    names = ("Đảng bộ huyện Thanh Lâm", "Đảng bộ thị xã Phú Thọ", "Đảng bộ xã An Đồng", "Chi bộ Khu 1")
    assert [committee_name(name) for name in names] == [
        "Huyện ủy Thanh Lâm", "Thị ủy Phú Thọ", "Đảng ủy xã An Đồng", "Chi bộ Khu 1",
    ]  # fmt: skip
    assert office_of("Phó Bí thư Thường trực Đảng ủy") == "Phó Bí thư"
    office = outside_heading("Ban Tổ chức Huyện ủy Thanh Lâm")
    assert (office["superior_body"], office["issuing_body"]) == ("Huyện ủy Thanh Lâm", "Ban Tổ chức")


def test_the_blank_review_of_december_starts_from_what_was_pointed_out_last_year(
    papers: Mapping[str, Paper], situation: Situation
) -> None:
    picture = situation.picture
    members = [one for one in picture.evaluations.values() if one.capacity == "member" and one.shortcomings]
    bodies = [
        one for one in picture.evaluations.values() if one.capacity == "leadership_collective" and one.shortcomings
    ]
    assert members and bodies
    for form, asked, table, column in (("2", members, "remedied", "content"), ("1", bodies, "remedies", "shortcoming")):
        for one in asked:
            blank = named(papers, f"/prepare/{picture.subject_reference(one)}-{form}")
            assert [row[column] for row in blank.document[table]] == [found.text for found in one.shortcomings]
            assert all(set(row) == {column, "source"} for row in blank.document[table])
    without = [one for one in picture.evaluations.values() if one.capacity == "member" and not one.shortcomings]
    blank = named(papers, f"/prepare/{picture.subject_reference(without[0])}-2")
    assert "remedied" not in blank.document


def test_the_blank_report_of_a_collective_names_each_of_its_members(
    papers: Mapping[str, Paper], situation: Situation
) -> None:
    picture = situation.picture
    for evaluation in picture.evaluations.values():
        if evaluation.capacity == "leadership_collective":
            collective = picture.collectives[evaluation.collective_id or ""]
            blank = named(papers, f"/prepare/{collective.reference}-1")
            listed = [row["full_name"] for row in blank.document["member_responsibilities"]]
            assert sorted(listed) == sorted(picture.people[one].full_name for one in collective.members)
            printed = document_text(generate("1", blank.input, state=blank.state, book=situation.book).word)
            assert all(name in printed for name in listed)
