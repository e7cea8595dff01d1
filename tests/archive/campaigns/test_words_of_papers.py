"""The sample papers as the clerk prints and the secretary signs them: symbols, bodies, names, sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from archive.campaigns.papers.bodies import issuer_symbol, symbol_of
from archive.campaigns.papers.paper import Paper
from archive.campaigns.stages import Situation, papers_of, units_of
from generator.documents import generate
from generator.word.reading import document_text
from tests.archive.campaigns.conftest import STAGES


@pytest.fixture(scope="module")
def papers(situation: Situation) -> Mapping[str, Paper]:
    """Every paper of the year: file name → paper."""
    return {
        paper.file_name: paper
        for unit in units_of(situation.picture)
        for stage in STAGES
        for paper in papers_of(situation, stage, unit)
    }


def said(paper: Paper) -> str:
    """What a paper says, its spaces and line ends as one space."""
    made = generate(paper.form, paper.input, state=paper.state).word
    return " ".join(document_text(made).replace("\u200b", "").split())


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("Đảng bộ tỉnh Phú Thọ", "TU"),
        ("Đảng bộ huyện Thanh Lâm", "HU"),
        ("Đảng bộ Khối các cơ quan tỉnh", "ĐUK"),
        ("Đảng bộ xã An Đồng", "ĐU"),
        ("Ban cán sự đảng Tòa án nhân dân tỉnh", "BCSĐ"),
        ("Đảng đoàn Hội đồng nhân dân tỉnh", "ĐĐ"),
    ],
)
def test_a_symbol_ends_with_the_level_of_the_body(name: str, symbol: str) -> None:
    assert issuer_symbol(name, None, is_cell=False) == symbol
    assert issuer_symbol(name, "ĐBX", is_cell=False) == "ĐBX"


def test_what_a_cell_issues_is_numbered_as_a_cell_s(situation: Situation, papers: Mapping[str, Paper]) -> None:
    assert papers["CBK1-bien-ban"].document["symbol"] == "BB/CB"
    assert papers["CBK1-nop-ho-so"].document["symbol"] == "CV/CB"
    cell = situation.picture.cells[0]
    assert symbol_of(replace(cell, symbol="CBK1"), "BB") == "BB/CBK1"
    beside = replace(cell, is_cell=False, is_party=False, symbol=None)
    assert symbol_of(beside, "BB") == ""


def test_the_appraisal_goes_from_the_standing_members_to_the_committee(papers: Mapping[str, Paper]) -> None:
    report = papers["DBX-bao-cao-tham-dinh"].document
    assert report["addressee"] == "Ban Chấp hành Đảng bộ xã An Đồng"
    assert report["signature_authority"] == "T/M Thường trực Đảng ủy"
    assert "Kính đề nghị Ban Chấp hành Đảng bộ xã An Đồng xem xét" in report["opinion"]
    summary = papers["CBTH-tong-hop-y-kien"].document
    assert summary["signature_authority"] == "T/M Thường trực Đảng ủy"
    assert summary["not_answered"] == "còn 6 chủ thể."
    assert summary["recipients"].startswith("- Thường trực Đảng ủy xã An Đồng (để thẩm định),")


def test_a_body_beside_its_kind_is_not_called_by_its_head(papers: Mapping[str, Paper]) -> None:
    proposed = papers["DBX-bao-cao-ket-qua"].document["proposals"]
    bodies = [row for row in proposed if row["concerns"] != "leader_manager"]
    assert bodies and all("position" not in row for row in bodies)
    notice = said(papers["DBX-thong-bao-tap-the-18-qd-du"])
    assert "Người đứng đầu" in notice and "Ngày sinh" not in notice and "Chức vụ, đơn vị" not in notice


def test_forms_of_a_report_are_numbered_without_a_gap(papers: Mapping[str, Paper]) -> None:
    report = papers["DBX-bao-cao-ket-qua"]
    assert "leaders" not in report.document
    text = said(report)
    assert "Biểu 4 Tỷ lệ hoàn thành xuất sắc nhiệm vụ" in text and "Biểu 5" not in text
    assert text.count("đối với tập thể, tổ chức") == 1


def test_a_list_of_those_decided_does_not_propose_them(papers: Mapping[str, Paper]) -> None:
    text = said(papers["DBX-danh-sach-xuat-sac-dang-vien"])
    assert "Đảng viên được xếp loại “Hoàn thành xuất sắc nhiệm vụ” năm 2018" in text


def test_an_extract_names_the_meeting_its_minutes_are_of(papers: Mapping[str, Paper]) -> None:
    committee = papers["BCH-tap-the-trich-bien-ban"]
    assert committee.document["source_title"] == "Hội nghị kiểm điểm tập thể năm 2018"
    assert said(committee).count("Hội nghị kiểm điểm tập thể năm 2018") == 2
    assert papers["DV001-lanh-dao-trich-bien-ban"].document["source_title"] == "Hội nghị kiểm điểm cá nhân năm 2018"
    cell = papers["CBK1-to-chuc-dang-trich-bien-ban"].document
    assert cell["source_title"] == "Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm 2018"
    assert "Kết quả bỏ phiếu: Tự xếp loại: 17/25 phiếu xuất sắc, 8/25 phiếu tốt." in cell["contents"]
    assert "TRÍCH SAO" in said(committee)


def test_blanks_of_suggestions_and_plans_print_the_shortcomings_on_record(papers: Mapping[str, Paper]) -> None:
    suggestion = papers["DBX-goi-y-kiem-diem"]
    assert suggestion.state == "blank"
    matters = [row["matter"] for row in suggestion.document["matters"]]
    assert matters and all(" ".join(matter.split()) in said(suggestion) for matter in matters)
    assert suggestion.document["addressees"].split("\n")[0].endswith(",")
    plan = papers["BCH-HND-remedy-plan"]
    found = [row["shortcoming"] for row in plan.document["measures"]]
    assert found and all(" ".join(text.split()) in said(plan) for text in found)
    assert plan.document["basis"].startswith("kết luận tại hội nghị kiểm điểm ngày ")
    assert papers["DBX-remedy-plan"].document["sending_body"] == "Đảng ủy xã An Đồng"


def test_final_minutes_leave_out_an_hour_nobody_told(papers: Mapping[str, Paper]) -> None:
    tally = said(papers["P1-CBK1-kiem-phieu"])
    assert "…" not in tally
    assert "Ngày 17/12/2018, tại Nhà văn hóa Khu 1, Chi ủy Chi bộ Khu 1 tiến hành kiểm phiếu" in tally
    assert "Việc kiểm phiếu kết thúc cùng ngày, kết quả đã được thông báo trước hội nghị./." in tally
    minutes = said(papers["CBK1-bien-ban"])
    assert "Hồi 13 giờ 30 phút, ngày 17/12/2018" in minutes
    assert "kết thúc hồi 17 giờ 45 phút cùng ngày. Biên bản đã được thông qua tại hội nghị./." in minutes
