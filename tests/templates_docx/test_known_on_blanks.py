"""What a blank of a paper keeps of what is known, and how drafts and finals close what nobody told."""

from __future__ import annotations

from typing import Any

import pytest

from generator.documents import generate
from generator.forms.library import forms, manifest
from generator.forms.samples import sample
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text

BOOK = load_rulebook("hd13_2018")


def text(code: str, state: str, **values: Any) -> str:
    """What a form filled with its sample and these values says; None takes a field out."""
    document = sample(manifest(code, BOOK), BOOK)["document"] | values
    given = {name: value for name, value in document.items() if value is not None}
    made = generate(code, sample(manifest(code, BOOK), BOOK) | {"document": given}, state=state).word
    return " ".join(document_text(made).replace("\u200b", "").split())


def test_a_table_whose_columns_a_blank_keeps_is_kept_itself() -> None:
    lost = [
        f"{form.code}.{field.name}"
        for form in forms(BOOK).values()
        for field in form.fields
        if field.kind == "table" and not field.identity and any(column.identity for column in field.columns)
    ]
    # Findings and waivers are answers as a whole; the unit of a result is known, its year is not.
    kept = {"appraisal-report.findings", "appraisal-report.waivers", "history-summary.results"}
    assert {one for one in lost if not one[0].isdigit()} == kept


@pytest.mark.parametrize(
    ("code", "known", "answer"),
    [
        ("remedy-plan", "Kết nạp đảng viên mới đạt 4/6 chỉ tiêu", "Lập sổ theo dõi"),
        ("review-suggestion", "quản lý, sử dụng 1,2 ha đất công ích", "Trách nhiệm cá nhân; biện pháp"),
        ("tally-minutes", "Phùng Thị Mão", "91,7%"),
        ("tally-summary", "Lê Quang Vinh", "86,7%"),
        ("decision-members", "Đinh Công Lực", "Hoàn thành tốt nhiệm vụ: 3"),
        ("result-notice", "Nguyễn Thị Hường", "Mức xếp loại chất lượng: Hoàn thành tốt nhiệm vụ"),
        ("minutes-cell", "Hoàng Thị Yến", "22/24 phiếu"),
        ("participants-summary", "Công tác chính trị tư tưởng", "66,7%"),
    ],
)
def test_a_blank_names_whom_it_is_about_and_answers_nothing(code: str, known: str, answer: str) -> None:
    assert known in text(code, "blank")
    assert answer in text(code, "final")
    assert answer not in text(code, "blank")


def test_the_year_of_a_blank_is_that_of_the_paper() -> None:
    assert "ngày tháng năm 2019" in text("decision-members", "blank")
    assert "ngày tháng năm 2018" in text("decision-members", "blank", date=None)


def test_the_day_of_a_one_day_conference_stands_once() -> None:
    assert "TT Giờ Nội dung" in text("agenda", "blank").replace("\n", " ")
    assert "TT Ngày Giờ Nội dung" in text("agenda", "blank", held_on=None)


def test_what_nobody_told_is_left_out_of_a_final_and_open_in_a_draft() -> None:
    for code in ("tally-minutes", "minutes-cell", "minutes-decision"):
        optional = {
            name: None
            for name in ("opened_at", "closed_at", "copies")
            if not manifest(code, BOOK).by_name[name].required
        }
        assert optional
        assert "…" not in text(code, "final", **optional)
        assert "…" in text(code, "draft", **optional)


def test_a_committee_s_deputy_signs_on_its_behalf_and_not_for_the_secretary() -> None:
    for code in ("appraisal-report", "complaint-receipt"):
        assert "K/T" not in text(code, "final")
        assert "K/T TRƯỞNG BAN PHÓ TRƯỞNG BAN" in text(
            code, "final", signature_authority=None, signature_acting="K/T TRƯỞNG BAN", signature_title="PHÓ TRƯỞNG BAN"
        )


def test_annexes_name_the_body_as_a_sentence_does() -> None:
    assert "(Kèm theo Báo cáo số -BC/ĐU, ngày 08 tháng 01 năm 2019 của Ban Chấp hành Đảng bộ xã An Đồng)" in text(
        "report-base", "final"
    )


def test_a_hand_over_counts_only_what_is_known() -> None:
    rows = [{"number": "01", "title": "Hồ sơ kiểm điểm", "subject": "Chi bộ Khu 1", "documents": 7}]
    minutes = text("handover-minutes", "final", dossiers=rows)
    assert "số tài liệu: 7; số tờ: …… (có danh mục kèm theo)" in minutes
    assert minutes.endswith("Cộng 7")
    assert "giá trị như nhau, chia đều cho bên giao và bên nhận./." in minutes
    open_for_the_pen = text("handover-minutes", "final", venue=None, receiver_body=None, receivers=None)
    assert "tại ……" in open_for_the_pen and "- Cơ quan: " in open_for_the_pen


def test_a_list_of_the_excellent_says_whether_they_are_decided() -> None:
    assert "Đảng viên đề nghị xếp loại" in text("excellent-list", "final")
    assert "Đảng viên được xếp loại" in text("excellent-list", "final", decided=True)
    bodies = [{"subject": "Chi bộ Khu 1", "position": "Lã Xuân Cẩn"}]
    listed = text("excellent-list", "blank", concerns="party_organisation", subjects=bodies)
    assert "Người đứng đầu" in listed and "Ngày sinh" not in listed
