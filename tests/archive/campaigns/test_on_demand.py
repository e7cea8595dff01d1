"""One paper at a time: what a stage plans, what no stage plans, and a sentence where nothing can be made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.campaigns.on_demand import NothingToMake, make_paper, own_rows_file
from archive.errors import NotFound
from generator.forms.library import UnknownForm
from generator.word.reading import document_text
from tests.acceptance.journey import Desk
from tests.archive.campaigns.conftest import Commune


def text(commune: Commune, code: str, **asked: str) -> str:
    return document_text(make_paper(commune.office, commune.database, "2018", code, **asked).word)


def test_a_person_s_results_over_the_years_with_the_papers_that_decided(commune: Commune) -> None:
    printed = text(commune, "history-summary", subject="DV004")
    assert "Đỗ Hữu Tuấn" in printed
    assert "246-QĐ/HU của Ban Thường vụ Huyện ủy Thanh Lâm" in printed
    assert "2017" in printed
    assert printed.count("Còn hiệu lực") == 3


def test_an_annulled_result_is_told_as_such(commune: Commune) -> None:
    own = commune.evaluation("DV004", "leader_manager").id
    commune.execute("UPDATE decision SET annulled_on = '2019-02-01' WHERE evaluation_id = ?", own)
    printed = text(commune, "history-summary", subject="DV004")
    assert printed.count("Còn hiệu lực") == 2
    assert "Đã hủy" in printed


def test_a_planned_paper_comes_as_its_stage_makes_it(commune: Commune) -> None:
    commune.run("submit", unit="CBK3")
    made = make_paper(commune.office, commune.database, "2018", "minutes-cell", unit="CBK3")
    kept = next(commune.office.print_root.rglob("CBK3-bien-ban.docx"))
    assert made.file_name == kept.name
    assert made.state == "final"
    assert made.word == kept.read_bytes()


def test_nothing_is_filed_and_no_row_is_kept(commune: Commune) -> None:
    text(commune, "2", subject="DV001")
    assert commune.database.execute("SELECT count(*) FROM document").fetchone() == (0,)
    assert list(commune.office.print_root.rglob("*.docx")) == []


def test_several_papers_of_one_form_are_named_and_one_can_be_chosen(commune: Commune) -> None:
    with pytest.raises(NotFound, match=r"CBK3-3B\.8-1-tu-danh-gia"):
        text(commune, "3b8", unit="CBK3")
    assert "Chi bộ Khu 3" in text(commune, "3b8", unit="CBK3", name="CBK3-3B.8-1-tu-danh-gia.docx")


def test_a_plan_to_remedy_and_a_demand_to_review_again_name_their_subject(commune: Commune) -> None:
    assert "Chi bộ Khu 2" in text(commune, "remedy-plan", subject="CBK2")
    demand = text(commune, "review-again-request", subject="DV081")
    assert "đồng chí Đỗ Văn Chí" in demand
    assert "Đảng ủy xã An Đồng" in demand


def test_a_form_no_stage_plans_comes_blank_with_who_and_where(commune: Commune) -> None:
    made = make_paper(commune.office, commune.database, "2018", "complaint-receipt", subject="DV001")
    assert made.state == "blank"
    assert "Phùng Đắc Vĩnh" in document_text(made.word)


def test_the_list_of_signs_has_the_rows_the_office_keeps(commune: Commune) -> None:
    with pytest.raises(NothingToMake, match=r"danh-muc/degeneration-list\.txt"):
        text(commune, "degeneration-list", subject="DV048")
    path = own_rows_file(commune.office, "degeneration-list")
    path.parent.mkdir()
    path.write_text("# Về tư tưởng\nPhai nhạt lý tưởng\n\n# Về đạo đức\nCá nhân chủ nghĩa\n", encoding="utf-8-sig")
    printed = text(commune, "degeneration-list", subject="DV048")
    lines = printed.splitlines()
    assert lines[lines.index("Về đạo đức") - 1] == "II"
    assert lines[lines.index("Cá nhân chủ nghĩa") - 1] == "2"
    path.write_bytes("Phai nhạt".encode("utf-16"))
    with pytest.raises(NothingToMake, match="UTF-8"):
        text(commune, "degeneration-list", subject="DV048")


def test_a_subject_form_or_name_that_is_not_there_is_said(commune: Commune) -> None:
    with pytest.raises(NotFound, match="không có đối tượng “DV999”"):
        text(commune, "2", subject="DV999")
    with pytest.raises(NotFound, match="DV049"):
        text(commune, "2", subject="Nguyễn Văn Bình")
    with pytest.raises(UnknownForm):
        text(commune, "mau-99")
    with pytest.raises(NothingToMake, match="--subject"):
        text(commune, "history-summary")


def test_a_name_without_marks_and_the_id_of_a_dossier_find_the_same_person(commune: Commune) -> None:
    evaluation = commune.evaluation("DV004")
    by_id = text(commune, "annual-commitment", subject=f"2018-m-{evaluation.id}")
    assert by_id == text(commune, "annual-commitment", subject="do huu tuan")


def test_the_command_writes_a_word_file_and_tells_what_it_is(commune: Commune, tmp_path: Path) -> None:
    desk, path = Desk(commune.office.root), tmp_path / "giay-moi.docx"
    said = desk("paper", "invitation", "--period", "2018", "--unit", "CBK3", "-o", path, "--json")
    assert json.loads(said.out) == {
        "form": "invitation",
        "state": "blank",
        "title": "Giấy mời dự hội nghị kiểm điểm Chi bộ Khu 3",
        "file": str(path),
    }
    assert "Chi bộ Khu 3" in document_text(path.read_bytes())
    refused = desk("paper", "invitation", "--period", "2018", "--unit", "KHONG", "-o", path, code=2)
    assert "KHONG" in refused.err
