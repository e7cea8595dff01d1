"""Numbers of papers are suggested in order, given once, and printed wherever the paper is quoted."""

from __future__ import annotations

from datetime import date

import pytest

from archive.campaigns.number_withdrawal import withdraw_number
from archive.campaigns.numbering import NumberRefused, begin_series, give_number, register_of
from archive.campaigns.papers.paper import Paper
from archive.campaigns.stages import papers_of, units_of
from archive.errors import NotFound
from generator.rules.rulebook import load_rulebook
from tests.archive.campaigns.conftest import Commune

BOOK = load_rulebook("hd13_2018")


def papers(commune: Commune) -> list[Paper]:
    """Every paper of the campaign as it stands."""
    situation = commune.situation()
    stages = [stage.code for stage in situation.plan.stages if not stage.files]
    return [
        paper for stage in stages for unit in units_of(situation.picture) for paper in papers_of(situation, stage, unit)
    ]


def reports(commune: Commune, cell: str = "CBK1") -> list[Paper]:
    """The cell's final papers of the register that have no number yet."""
    listed = [paper for paper in papers(commune) if paper.state == "final" and paper.document.get("symbol")]
    return [paper for paper in listed if paper.file_name.startswith(cell) and not paper.document.get("number")]


def test_numbers_are_suggested_on_from_where_the_register_stands(commune: Commune) -> None:
    paper = reports(commune)[0]
    kind = str(paper.document["symbol"]).partition("/")[0]
    begin_series(commune.database, BOOK, paper.unit_id, kind, "2017-2020", 14, actor="cli")
    unit = commune.situation().picture.units[paper.unit_id].name
    own = [
        one.suggested
        for one in register_of(commune.database, commune.situation().picture, papers(commune))
        if (one.symbol, one.unit) == (paper.document["symbol"], unit) and one.suggested
    ]
    assert own == list(range(15, 15 + len(own)))


def test_a_given_number_is_printed_with_its_day(commune: Commune) -> None:
    paper = reports(commune)[0]
    give_number(
        commune.database, commune.situation().picture, [paper], f"{paper.file_name}.docx", 7, date(2018, 12, 20),
        actor="cli",
    )  # fmt: skip
    again = next(one for one in papers(commune) if one.key == paper.key)
    assert again.document["number"] == "07"
    assert again.document["date"] == "2018-12-20"


def test_one_number_is_given_once(commune: Commune) -> None:
    listed = reports(commune)
    kinds: dict[str, list[Paper]] = {}
    for paper in listed:
        kinds.setdefault(str(paper.document["symbol"]), []).append(paper)
    first, second = next(found for found in kinds.values() if len(found) > 1)[:2]
    picture = commune.situation().picture
    give_number(commune.database, picture, listed, first.file_name, 3, date(2018, 12, 20), actor="cli")
    with pytest.raises(NumberRefused, match="văn bản khác"):
        give_number(commune.database, picture, listed, second.file_name, 3, date(2018, 12, 21), actor="cli")
    again = papers(commune)
    with pytest.raises(NumberRefused, match="đã có số 03"):
        give_number(commune.database, picture, again, first.file_name, 9, date(2018, 12, 21), actor="cli")


def test_the_number_of_a_decision_is_quoted_by_its_notices(commune: Commune) -> None:
    with commune.database.conn:
        commune.database.execute("UPDATE decision SET number = NULL, decided_on = NULL")
    decision = next(paper for paper in papers(commune) if paper.form == "decision-members" and paper.decides)
    give_number(
        commune.database, commune.situation().picture, papers(commune), decision.file_name, 21, date(2019, 1, 8),
        actor="cli",
    )  # fmt: skip
    made = papers(commune)
    assert any(one.form == "decision-members" and one.number == "21-QĐ/ĐU" for one in made)
    quoted = {row["number"] for row in commune.database.query("SELECT DISTINCT number FROM decision")}
    assert "21-QĐ/ĐU" in quoted


def test_an_unknown_paper_is_said(commune: Commune) -> None:
    with pytest.raises(NotFound, match="hoso numbers list"):
        give_number(
            commune.database, commune.situation().picture, papers(commune), "khong-co", 1, date(2019, 1, 8), actor="cli"
        )


def two_of_a_kind(commune: Commune) -> tuple[Paper, Paper]:
    """Two papers of one series of a cell."""
    kinds: dict[str, list[Paper]] = {}
    for paper in reports(commune):
        kinds.setdefault(str(paper.document["symbol"]), []).append(paper)
    first, second = next(found for found in kinds.values() if len(found) > 1)[:2]
    return first, second


def test_the_list_tells_whose_extract_it_is(commune: Commune) -> None:
    picture = commune.situation().picture
    listed = {one.paper: one for one in register_of(commune.database, picture, papers(commune))}
    extracts = [one for one in papers(commune) if one.form == "extract-minutes" and one.file_name in listed]
    assert len(extracts) > 20
    for paper in extracts:
        assert listed[paper.file_name].subject == picture.subject_name(picture.evaluations[paper.evaluation_id or ""])
    assert listed["CBK1-bien-ban"].subject == ""


def test_a_series_is_found_without_accents_and_its_term_with_any_dash(commune: Commune) -> None:
    unit = reports(commune)[0].unit_id
    assert begin_series(commune.database, BOOK, unit, "qd", "2015 – 2020", 14, actor="cli") == ("QĐ", "2015-2020")
    with pytest.raises(NumberRefused, match="Các loại: NQ"):
        begin_series(commune.database, BOOK, unit, "XX", "2015-2020", 14, actor="cli")
    with pytest.raises(NumberRefused, match="nhiệm kỳ"):
        begin_series(commune.database, BOOK, unit, "QĐ", " ", 14, actor="cli")


def test_a_new_term_counts_anew(commune: Commune) -> None:
    first, _ = two_of_a_kind(commune)
    kind = str(first.document["symbol"]).partition("/")[0]
    picture, listed = commune.situation().picture, papers(commune)
    begin_series(commune.database, BOOK, first.unit_id, kind, "2010-2015", 40, actor="cli")
    give_number(commune.database, picture, listed, first.file_name, 41, date(2018, 12, 20), actor="cli")
    begin_series(commune.database, BOOK, first.unit_id, kind, "2015-2020", 0, actor="cli")
    suggested = {one.paper: one.suggested for one in register_of(commune.database, picture, listed)}
    assert 1 in suggested.values()
    assert 42 not in suggested.values()


def test_what_is_unusual_of_a_number_is_remarked(commune: Commune) -> None:
    first, second = two_of_a_kind(commune)
    kind = str(first.document["symbol"]).partition("/")[0]
    begin_series(commune.database, BOOK, first.unit_id, kind, "2015-2020", 3, actor="cli")
    picture = commune.situation().picture
    ahead = give_number(commune.database, picture, papers(commune), first.file_name, 9, date(2018, 12, 20), actor="cli")
    assert ahead.number == f"09-{first.document['symbol']}"
    assert ahead.remarks == (
        f"Bỏ trống số 04 đến 08 của loại {kind}; nếu không phải vì văn bản khác thì xin xem lại sổ.",
    )
    back = give_number(commune.database, picture, papers(commune), second.file_name, 2, date(2018, 12, 21), actor="cli")
    assert "đã đến số 09" in back.remarks[0]
    assert back.remarks[1] == "Số 09 ngày 20/12/2018: ngày không theo thứ tự số."


def test_a_number_that_is_next_in_its_term_needs_no_remark(commune: Commune) -> None:
    first, _ = two_of_a_kind(commune)
    kind = str(first.document["symbol"]).partition("/")[0]
    begin_series(commune.database, BOOK, first.unit_id, kind, "2015-2020", 3, actor="cli")
    picture = commune.situation().picture
    given = give_number(commune.database, picture, papers(commune), first.file_name, 4, date(2018, 12, 20), actor="cli")
    assert given.remarks == ()


def test_a_number_given_by_mistake_is_taken_back_and_free_again(commune: Commune) -> None:
    first, second = two_of_a_kind(commune)
    picture = commune.situation().picture
    give_number(commune.database, picture, papers(commune), first.file_name, 51, date(2018, 12, 20), actor="cli")
    with pytest.raises(NumberRefused, match="hoso numbers withdraw"):
        give_number(commune.database, picture, papers(commune), first.file_name, 15, date(2018, 12, 20), actor="cli")
    withdraw_number(commune.database, picture, papers(commune), first.file_name, "ghi nhầm 15 thành 51", actor="cli")
    assert not next(one for one in papers(commune) if one.key == first.key).document.get("number")
    give_number(commune.database, picture, papers(commune), second.file_name, 51, date(2018, 12, 20), actor="cli")
    with pytest.raises(NumberRefused, match="chưa có số"):
        withdraw_number(commune.database, picture, papers(commune), first.file_name, "lần nữa", actor="cli")


def test_a_decision_whose_number_is_taken_back_is_quoted_without_it(commune: Commune) -> None:
    with commune.database.conn:
        commune.database.execute("UPDATE decision SET number = NULL, decided_on = NULL")
    decision = next(paper for paper in papers(commune) if paper.form == "decision-members" and paper.decides)
    picture = commune.situation().picture
    give_number(commune.database, picture, papers(commune), decision.file_name, 21, date(2019, 1, 8), actor="cli")
    now_called = next(one.file_name for one in papers(commune) if one.number == "21-QĐ/ĐU")
    withdraw_number(commune.database, picture, papers(commune), now_called, "nhầm sổ", actor="cli")
    assert {row["number"] for row in commune.database.query("SELECT DISTINCT number FROM decision")} == {None}


def test_the_number_typed_for_another_decision_is_not_given_again(commune: Commune) -> None:
    listed = [one for one in papers(commune) if one.form == "decision-members" and one.decides]
    second = listed[1]
    with commune.database.conn:
        commune.database.execute("UPDATE decision SET number = '30-QĐ/ĐU', decided_on = '2019-01-08'")
        for evaluation in second.decides:
            commune.database.execute("UPDATE decision SET number = NULL WHERE evaluation_id = ?", [evaluation])
    waiting = next(one for one in papers(commune) if one.form == "decision-members" and not one.document.get("number"))
    with pytest.raises(NumberRefused, match="Số 30-QĐ/ĐU đã ghi cho văn bản khác"):
        give_number(
            commune.database, commune.situation().picture, papers(commune), waiting.file_name, 30, date(2019, 1, 9),
            actor="cli",
        )  # fmt: skip


def test_a_number_is_taken_back_until_the_paper_is_filed_with_it(commune: Commune) -> None:
    commune.run(unit="CBK3")
    first = next(one for one in papers(commune) if one.file_name == "P1-CBK3-kiem-phieu")
    picture = commune.situation().picture

    def give(number: int) -> None:
        give_number(
            commune.database, picture, papers(commune), first.file_name, number, date(2018, 12, 20), actor="cli"
        )

    give(12)
    withdraw_number(commune.database, picture, papers(commune), first.file_name, "chưa nộp lưu số này", actor="cli")
    give(1)
    commune.run(unit="CBK3")
    with pytest.raises(NumberRefused, match="đã nộp lưu với số 01"):
        withdraw_number(commune.database, picture, papers(commune), first.file_name, "muộn rồi", actor="cli")
