"""The query language: what a person types, and that nothing typed is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import name_terms, terms
from search.engine import Entry, EntrySegment, Found
from search.query import AllOf, Concept, Filter, Node, Not, Prefix, Term, parse
from search.snippet import marked, snippet


def found(query: str, *texts: str) -> list[str]:
    node = parse(query).text
    assert node is not None
    return sorted(answers(node, [Entry(text, "2018", text, name_terms(""), terms(text)) for text in texts]))


def answers(node: Node, entries: list[Entry]) -> list[str]:
    segment = EntrySegment(entries)
    return Found(node, [(segment, segment.everything)]).best()


def test_words_are_asked_for_together() -> None:
    assert found("tận tụy", "tận tụy với dân", "tận tâm") == ["tận tụy với dân"]


def test_a_phrase_keeps_its_order() -> None:
    assert found('"nghị quyết số"', "nghị quyết số 4", "số nghị quyết") == ["nghị quyết số 4"]


def test_curly_and_unclosed_quotes_are_quotes() -> None:
    assert parse("“nghị quyết số”").text == parse('"nghị quyết số"').text == parse('"nghị quyết số').text


def test_a_prefix() -> None:
    assert parse("ngu*").text == Prefix("ngu")
    assert found("ngu*", "Nguyễn", "Ngũ", "Ngô") == ["Nguyễn", "Ngũ"]


def test_a_word_excluded() -> None:
    assert parse("bo -an").text == AllOf((Term("bo", "bo"), Not(Term("an", "an"))))
    assert found("-kém", "tốt", "kém") == ["tốt"]
    assert found('-"rất kém"', "kém rất", "rất kém") == ["kém rất"]


def test_a_hyphen_inside_a_code_excludes_nothing() -> None:
    assert found("13 - HD/TU", "HD 13-HD/TU", "13 HD", "13HDTU") == ["13HDTU", "HD 13-HD/TU"]


@pytest.mark.parametrize("typed", ["13-HD/TU", "13HDTU", "13 - HD/TU", "13hd/tu", "13-hd-tu"])
def test_a_number_of_a_paper_is_found_however_it_is_typed(typed: str) -> None:
    assert found(typed, "Hướng dẫn số 13-HD/TU", "Hướng dẫn số 14-HD/TU") == ["Hướng dẫn số 13-HD/TU"]


def test_a_level_is_found_by_its_abbreviation_and_by_its_words() -> None:
    texts = ("xếp HTXSNV", "xếp hoàn thành xuất sắc nhiệm vụ", "xếp HTNV")
    assert found("HTXSNV", *texts) == found("hoàn thành xuất sắc nhiệm vụ", *texts) == sorted(texts[:2])
    assert parse("HTNV").text == Concept("completed")


def test_the_duty_of_76_is_found_as_213_and_the_number_alone_too() -> None:
    assert found("213", "đảng viên 76", "phòng 213") == ["phòng 213", "đảng viên 76"]


def test_filters() -> None:
    read = parse('nam:2018 muc:tốt,xs đơn-vị:"Chi bộ Khu 1" -trang-thai:draft an')
    assert read.filters == (
        Filter("period", ("2018",)),
        Filter("level", ("tốt", "xs")),
        Filter("unit", ("Chi bộ Khu 1",)),
        Filter("status", ("draft",), without=True),
    )
    assert read.text == Term("an", "an")


def test_an_unknown_field_is_a_word() -> None:
    assert parse("abc:tot").filters == ()
    assert found("gio:8", "gio 8") == ["gio 8"]


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "*", "**", "-", "--", "-*", '"', '""', '"""', "(", ")", "((a", "a OR", "AND", "NOT", "nam:", "nam:*",
        "muc::", ":", "::", 'don-vi:"', "[a TO", "a~", "a^2", "\\", "\x00", "\ud800", "<script>", "%", "🙂", "a" * 5000,
        "* " * 500, '"a" ' * 500, "нет", "中文", "\u0301", "e\u0301\u0302\u0303", "nam:2015..", "nam:..", "-nam:2018",
    ],
)  # fmt: skip
def test_no_input_is_refused(typed: str) -> None:
    read = parse(typed)
    entries = [Entry("x", "2018", "", name_terms("An"), terms("An ở khu 1"))]
    if read.text is not None:
        answers(read.text, entries)
    snippet(["An ở khu 1", ""], read)


@given(st.text())
def test_no_text_is_refused_and_marking_keeps_it(typed: str) -> None:
    read = parse(typed)
    if read.text is not None:
        answers(read.text, [Entry("x", "2018", "", name_terms(typed), terms(typed))])
    assert "".join(part for part, _ in marked(typed, typed)) == unicodedata.normalize("NFC", typed)


@given(
    st.lists(st.sampled_from(["an", "Ân", "hòa", "chi bộ", "15-QĐ/ĐU", "HTTNV", "khu", "1"]), min_size=1, max_size=6)
)
def test_every_text_is_found_by_each_of_its_own_words_and_as_a_phrase(parts: list[str]) -> None:
    text = " ".join(parts)
    for part in parts:
        assert found(part, text) == [text]
    assert found(f'"{text}"', text) == [text]


def test_a_snippet_shows_the_words_found() -> None:
    long = "một " * 40 + "có sáng kiến nông thôn mới " + "hai " * 40
    line = snippet(["ngắn", long], parse("sang kien"))
    assert "có sáng kiến nông thôn mới" in line
    assert line.startswith("… ") and line.endswith(" …")
    assert len(line) < 200


def test_marking_shows_the_words_found_with_their_marks() -> None:
    assert marked("Trần Thị Hoà", "hòa") == [("Trần Thị ", False), ("Hoà", True)]
    assert marked("Đã hoàn thành tốt nhiệm vụ", "httnv")[-1] == ("vụ", True)
