"""What the papers after a decision say: which result falls, why, by when another must stand in its place."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from generator.documents import generate
from generator.forms.library import manifest
from generator.forms.samples import sample
from generator.judge import deadline
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text

BOOK = load_rulebook()


def printed(code: str, state: str = "final", **changes: Any) -> str:
    """The text of a paper made of its form's sample, lines joined; None takes a field away."""
    document = copy.deepcopy(sample(manifest(code, BOOK), BOOK)["document"]) | changes
    given = {name: value for name, value in document.items() if value is not None}
    return " ".join(document_text(generate(code, {"document": given}, state=state).word).split())


def test_an_annulment_names_the_decision_the_level_the_reason_and_the_last_day() -> None:
    text = printed("annulment-decision")
    assert "mức “Hoàn thành xuất sắc nhiệm vụ” đối với đảng viên Nguyễn Thị Hường, sinh ngày 17/04/1979" in text
    assert "tại Quyết định số 15-QĐ/ĐU, ngày 05/01/2019 của Ban Chấp hành Đảng bộ xã An Đồng" in text
    assert "Lý do: không bảo đảm điều kiện của mức chất lượng đã xếp loại" in text
    assert "30 ngày làm việc kể từ ngày hủy kết quả xếp loại (ngày 15/01/2019), chậm nhất ngày 05/03/2019" in text


def test_the_last_day_of_the_sample_is_the_one_the_rules_give() -> None:
    document = sample(manifest("annulment-decision", BOOK), BOOK)["document"]
    annulled = {"kind": "reclassify", "annulled_on": document["annulled_on"]}
    known = deadline(annulled | {"reclassified_on": None, "reported_on": None})
    assert known.due_date.isoformat() == document["due_on"]


def test_a_reclassification_names_both_decisions_and_the_level_that_falls_away() -> None:
    text = printed("reclassification-decision")
    assert "Chi ủy viên Chi bộ Khu 3: Hoàn thành tốt nhiệm vụ." in text
    former = "thay thế mức “Hoàn thành xuất sắc nhiệm vụ” đã xếp loại tại Quyết định số 15-QĐ/ĐU, ngày 05/01/2019"
    assert former in text
    assert "hủy bỏ theo Quyết định số 19-QĐ/ĐU, ngày 15/01/2019" in text


@pytest.mark.parametrize(
    ("outcome", "changes", "says", "silent"),
    [
        ("kept", {"new_level": None}, "Giữ nguyên mức “Hoàn thành nhiệm vụ”", "Điều chỉnh mức"),
        ("adjusted", {}, "từ “Hoàn thành nhiệm vụ” thành “Hoàn thành tốt nhiệm vụ”", "Giữ nguyên mức"),
        (
            "annulled",
            {"new_level": None, "reviewing_body": "Thường trực Đảng ủy", "due_on": "2019-03-29"},
            "Thường trực Đảng ủy chỉ đạo xếp loại lại trong vòng 30 ngày làm việc kể từ ngày hủy, chậm nhất ngày "
            "29/03/2019",
            "Giữ nguyên mức",
        ),
    ],
)
def test_a_conclusion_says_its_one_outcome(outcome: str, changes: dict[str, Any], says: str, silent: str) -> None:
    text = printed("complaint-conclusion", outcome=outcome, **changes)
    assert says in text
    assert silent not in text


def test_a_blank_conclusion_has_a_box_for_each_outcome() -> None:
    text = printed("complaint-conclusion", "blank")
    assert all(word in text for word in ("giữ nguyên", "điều chỉnh", "hủy bỏ"))


def test_a_receipt_gives_no_day_that_nobody_set() -> None:
    assert "chậm nhất ngày 20/02/2019" in printed("complaint-receipt")
    without = printed("complaint-receipt", reply_by=None)
    assert "chậm nhất" not in without
    assert "thông báo bằng văn bản đến người khiếu nại." in without


def test_who_keeps_his_opinion_says_that_he_obeys_the_conclusion() -> None:
    assert "Tôi chấp hành kết luận của cấp có thẩm quyền và xin bảo lưu ý kiến" in printed("reserved-opinion")


def test_a_decision_on_organisations_says_what_was_weighed_before_it() -> None:
    text = printed("decision-organisations")
    assert "Sau khi xem xét kết quả khắc phục những hạn chế, khuyết điểm được cấp trên chỉ ra năm 2017" in text
    assert "theo Biên bản kiểm phiếu số 03-BB/ĐU, ngày 04/01/2019" in text
    assert "Xét Báo cáo thẩm định số 08-BC/ĐU" in text
    assert "đối với 5 tổ chức đảng của Đảng bộ xã An Đồng (có danh sách kèm theo)" in text


def test_the_dossiers_handed_over_are_summed_up_before_the_list() -> None:
    text = printed("handover-minutes")
    assert "Số hồ sơ: 3; số tài liệu: 24; số tờ: 74 (có danh mục kèm theo)." in text


def test_a_report_says_its_sums_in_words_of_the_levels() -> None:
    text = printed("report-base")
    assert "đã đánh giá, xếp loại 98/110 đảng viên, trong đó hoàn thành xuất sắc nhiệm vụ 13 (13,3%)" in text
    assert "Biểu 5" in text and "Trong giới hạn" in text
