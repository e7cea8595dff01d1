"""What texts become: the same terms however a clerk, a Mac or an old keyboard wrote them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import name_terms, terms, words


def test_both_tone_placements_are_one_word() -> None:
    assert terms("hòa thủy hoá") == terms("hoà thuỷ hóa")


def test_composed_and_decomposed_text_are_one() -> None:
    text = "Đặng Thị Hoà, chi bộ ở Phú Thọ"
    assert terms(unicodedata.normalize("NFD", text)) == terms(text)


def test_every_word_can_be_typed_without_marks() -> None:
    assert {"dang", "thi", "hoa", "nguong"} <= set(terms("Đặng Thị Hòa NGƯỠNG"))


def test_short_words_and_english_stop_words_are_kept() -> None:
    assert {"an", "o", "a", "can", "be", "to"} <= set(terms("An ở A cần bé to"))


def test_a_name_without_marks_differs_from_one_with() -> None:
    assert "=an" in name_terms("Lê An")
    assert "=an" not in name_terms("Lê Ân")


@pytest.mark.parametrize("code", ["15-QĐ/ĐU", "15 - QĐ/ĐU", "15–QĐ/ĐU", "15QĐĐU", "15-qd/du"])
def test_a_code_is_found_without_its_punctuation(code: str) -> None:
    assert "15qddu" in terms(f"Theo Quyết định số {code} ngày 20")


@pytest.mark.parametrize(
    ("text", "joined"),
    [("Mẫu 3A.1 kèm", "3a1"), ("thẻ 00.123.456", "00123456"), ("thẻ 00 123 456", "00123456"), ("khối CT-XH", "ctxh")],
)
def test_codes_of_other_shapes(text: str, joined: str) -> None:
    assert joined in terms(text)


def test_words_parted_by_a_full_stop_without_a_blank_stay_words() -> None:
    assert "vutot" not in terms("nhiệm vụ.Tốt")


def test_a_number_has_its_short_forms() -> None:
    assert {"011247pt", "011247", "11247"} <= set(terms("lý lịch 011247PT"))
    assert {"00123456", "123456"} <= set(terms("thẻ 00.123.456"))
    assert set(terms("năm 2018, khu 01")) == {"nam", "=năm", "2018", "khu", "01"}


@pytest.mark.parametrize("form", ["hoàn thành tốt nhiệm vụ", "HTTNV", "HTTTNV", "hoan thanh tot nhiem vu", "httnv"])
def test_the_forms_of_a_level_are_one_thing(form: str) -> None:
    assert "~good" in terms(f"Đề nghị {form}.")


def test_not_completed_is_not_taken_for_completed() -> None:
    assert "~completed" not in terms("Không hoàn thành nhiệm vụ")
    assert "~completed" in terms("Không hoàn thành nhiệm vụ; năm trước hoàn thành nhiệm vụ")


def test_an_abbreviation_that_reads_like_a_syllable_counts_in_capitals_only() -> None:
    assert "~committee_of_party" in terms("do ĐU quyết định")
    assert "~committee_of_party" not in terms("dự họp đủ")


@given(st.text())
def test_any_text_gives_terms_with_positions_in_order(text: str) -> None:
    number = len(words(unicodedata.normalize("NFC", text)))
    for places in terms(text).values():
        assert places == sorted(set(places))
        assert all(0 <= place < number for place in places)
