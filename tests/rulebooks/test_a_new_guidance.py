"""A guidance unlike that of 2018 needs its own folder only: points, quarters, 25 % at good or above, own papers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from generator import judge
from generator.documents import Refused, generate
from generator.errors import InvalidInput
from generator.forms.json_schema import schema
from generator.forms.library import form_rows, forms, manifest
from generator.forms.samples import sample
from generator.layout.departures import departures
from generator.layout.profile import load_profile
from generator.rules.document import rulebook_markdown
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.workbook.read import read
from generator.workbook.sheets import sheets
from generator.workbook.write import write

FOLDER = Path(__file__).parent / "score_2025"


def _member(conduct: int = 28, work: int = 55, initiative: int = 8, **more: Any) -> dict[str, Any]:
    points = {"conduct": conduct, "work": work, "initiative": initiative}
    return {"quarter": "2025-Q3", "review_completed": True, "points": points, **more}


@pytest.mark.parametrize(
    ("work", "highest", "violated"),
    [
        (54, "outstanding", ()),
        (53, "good", ("P-90",)),
        (33, "fair", ("P-70", "P-90")),
        (13, "weak", ("P-50", "P-70", "P-90")),
    ],
)
def test_points_decide_the_level(book: Rulebook, work: int, highest: str, violated: tuple[str, ...]) -> None:
    verdict = judge.classify("party_member", _member(28, work, 8), "outstanding", book=book)
    assert (verdict.highest_allowed_level, verdict.violated_rule_ids) == (highest, violated)


def test_its_findings_cite_it_and_speak_its_words(book: Rulebook) -> None:
    (finding,) = judge.classify("party_member", _member(work=53), "outstanding", book=book).findings
    assert finding.citation == "HD 02-HD/TU, phần 3, gạch đầu dòng thứ nhất"
    assert (finding.given, finding.needed) == ("89 điểm", "Từ 90 điểm trở lên")
    between = judge.facts_between("party_member", _member(work=53), book=book)
    assert [finding.rule_id for finding in between] == ["P-90"]


def test_what_is_not_of_its_shape_is_refused(book: Rulebook) -> None:
    for facts in (_member(conduct=31), _member(quarter="2025"), {**_member(), "criteria": {}}):
        with pytest.raises(InvalidInput):
            judge.classify("party_member", facts, "good", book=book)
    with pytest.raises(InvalidInput):
        judge.ballot({}, book=book)


def test_a_change_is_tried_before_it_is_made(book: Rulebook) -> None:
    case = {"subject_kind": "party_member", "facts": _member(work=53), "proposed_level": "outstanding"}
    answer = judge.what_if(case, judge.read_changes(["points.work=60"]), book=book)
    assert ([finding["rule_id"] for finding in answer["gone"]], answer["after"]["allowed"]) == (["P-90"], True)


@pytest.mark.parametrize(("good", "allowed"), [(5, True), (6, False)])
def test_a_quarter_of_the_group_may_be_good_or_above(book: Rulebook, good: int, allowed: bool) -> None:
    case = {"group": "Phường", "outstanding": 2, "good": good - 2, "fair": 20 - good, "weak": 0}
    result = judge.quota(case, book=book)
    assert result.expected() == {
        "reached": good,
        "most": 5,
        "allowed": allowed,
        "violated_rule_ids": [] if allowed else ["P-25"],
    }


@pytest.mark.parametrize(("quarter", "due"), [("2025-Q3", "2025-10-05"), ("2025-Q4", "2026-01-05")])
def test_a_quarter_has_its_own_deadline(book: Rulebook, quarter: str, due: str) -> None:
    facts = {"quarter": quarter, "sent_on": due}
    assert judge.deadline(facts, book=book).expected() == {"due_date": due, "allowed": True, "violated_rule_ids": []}
    assert judge.check_case({"type": "deadline", "facts": {**facts, "sent_on": "2026-02-01"}}, book=book) == {
        "due_date": due,
        "allowed": False,
        "violated_rule_ids": ["P-DAY"],
    }


def test_no_district_decides_anything(book: Rulebook) -> None:
    deciders = [book.decider(row["kind"], row["types"][0]) for row in book.authorities]
    assert {one.body for one in deciders if one} == {"provincial_standing_committee", "commune_party_committee"}
    assert "huyện" not in rulebook_markdown(book)


def test_its_forms_are_listed_described_and_sampled(book: Rulebook) -> None:
    assert [row["code"] for row in form_rows(book)] == [
        "score-sheet",
        "quarter-decision",
        "folder-cover",
        "folder-list",
    ]
    form = manifest("Score sheet", book)
    described = schema(form, book)
    levels = described["properties"]["document"]["properties"]["level"]["oneOf"]
    assert [(one["const"], one["title"]) for one in levels[:2]] == [("outstanding", "Xuất sắc"), ("good", "Tốt")]
    assert sample(form, book)["facts"]["points"]["work"] == 55


def test_its_papers_are_written_in_its_own_page_format(book: Rulebook) -> None:
    profile = load_profile(book.format_profile, book.package)
    assert profile.font == "Arial"
    for code in forms(book):
        made = generate(code, sample(manifest(code, book), book), book=book)
        assert departures(made.word, profile) == []
        assert {one.rule for one in departures(made.word)} >= {"page.margins", "font.name", "font.size"}
    made = generate("score-sheet", sample(manifest("score-sheet", book), book), book=book)
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(made.word)).paragraphs]
    assert "quý III năm 2025" in lines
    assert "Tổng điểm: 91." in lines


def test_what_decides_a_level_is_bound_by_its_rules(book: Rulebook) -> None:
    given = sample(manifest("quarter-decision", book), book)
    given["facts"]["members"][0] = _member(work=20)
    with pytest.raises(Refused) as caught:
        generate("quarter-decision", given, book=book)
    assert "HD 02-HD/TU" in str(caught.value)
    assert generate("quarter-decision", given, book=book, state="draft").judgements[0].errors


def test_its_workbook_asks_for_points_and_reads_them_back(book: Rulebook) -> None:
    columns = {column.key: column for column in sheets(book)["member_assessments"].columns}
    assert columns["ratings.work"].kind == "count"
    assert columns["ratings.work"].note == "Nhiều nhất 60 điểm. 02-HD/TU, 1, gạch 2"
    assert "sections.work_done" in {column.key for column in sheets(book)["member_reviews"].columns}
    row = {"person": "DV001", "assessor": "self", "ratings": {"conduct": 28, "work": 55}, "level": "good"}
    people = [{"reference": "DV001", "full_name": "Lý Thị Sen", "cell": "CB01", "membership_kind": "official"}]
    written = write({"people": people, "member_assessments": [row]}, book=book)
    content = read(written, "quy-3.xlsx", book=book)
    assert content.problems == ()
    (back,) = content.rows["member_assessments"]
    assert back.given == row


def test_it_stands_beside_the_shipped_ones_and_changes_nothing_of_them(book: Rulebook) -> None:
    shipped = load_rulebook()
    assert (book.name, shipped.name) == ("score_2025", "hd13_2018")
    assert set(forms(book)).isdisjoint(forms(shipped))
    assert sheets(shipped)["member_assessments"].title != sheets(book)["member_assessments"].title
    assert {path.name for path in FOLDER.parent.iterdir() if path.is_dir()} - {"__pycache__"} == {"score_2025"}
