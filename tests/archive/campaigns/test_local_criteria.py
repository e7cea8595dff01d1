"""A campaign's own rows under the criteria of the guidance: rated beside them, printed below them, read by no rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from click.testing import CliRunner

from archive.campaigns.local_criteria import (
    LocalCriterionRefused,
    add_local_criterion,
    local_criteria,
    rate_local_criterion,
    remove_local_criterion,
)
from archive.campaigns.made_again import word_of
from archive.errors import NotFound
from archive.importing.export import export_content
from archive.importing.run import import_workbook
from archive.records.database import rows
from archive.records.dossiers import dossier_id
from cli import main
from generator.documents import generate
from generator.errors import InvalidInput
from generator.forms.library import manifest
from generator.forms.samples import sample
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text
from generator.workbook.read import read
from generator.workbook.write import write
from tests.archive.campaigns.conftest import Commune

BOOK = load_rulebook()
TITLE = "Học tập nghị quyết bằng bài thu hoạch viết tay"
MEMBER = "DV105"


def add(commune: Commune, title: str = TITLE, kind: str = "party_member", parent: str = "a1") -> str:
    campaign = commune.situation().picture.campaign
    return add_local_criterion(commune.database, BOOK, campaign.id, kind, parent, title, actor="cli")


def rate(commune: Commune, code: str, rating: str | None, reference: str = MEMBER, capacity: str = "member") -> None:
    dossier = dossier_id("2018", capacity, commune.evaluation(reference, capacity).id)
    rate_local_criterion(commune.database, dossier, "self", code, rating, actor="cli")


def sheets(commune: Commune, form: str, stage: str, evaluation: str) -> list[str]:
    commune.run(stage)
    found = rows(
        commune.database, "SELECT * FROM document WHERE form = ? AND stage = ? AND evaluation_id = ? ORDER BY key",
        [form, stage, evaluation],
    )  # fmt: skip
    return [document_text(word_of(commune.situation().picture, one, BOOK)) for one in found]


def test_rows_under_one_criterion_are_numbered_in_turn(commune: Commune) -> None:
    assert [add(commune), add(commune, "Mục hai"), add(commune, "Mục của tiêu chí khác", parent="b1")] == [
        "a1.1",
        "a1.2",
        "b1.1",
    ]


def test_a_criterion_the_guidance_lacks_and_a_repeated_title_are_refused(commune: Commune) -> None:
    add(commune)
    for kind, parent, title in (
        ("party_member", "z9", "x"),
        ("nobody", "a1", "x"),
        ("party_member", "a1", TITLE),
        ("party_member", "a1", ""),
    ):
        with pytest.raises(LocalCriterionRefused):
            add(commune, title, kind, parent)


def test_no_rule_reads_a_local_rating(commune: Commune) -> None:
    before = commune.situation().judgement.of(commune.evaluation(MEMBER))
    rate(commune, add(commune), "poor")
    after = commune.situation().judgement.of(commune.evaluation(MEMBER))
    assert (after.highest, after.findings) == (before.highest, before.findings)


def test_it_is_printed_below_its_criterion_on_the_sheets_of_members(commune: Commune) -> None:
    rate(commune, add(commune), "poor")
    evaluation = commune.evaluation(MEMBER).id
    titles = {criterion.code: criterion.title for criterion in BOOK.criteria("party_member")}
    for stage in ("prepare", "submit"):
        texts = sheets(commune, "5.1", stage, evaluation)
        assert texts
        for text in texts:
            assert text.index(titles["a1"]) < text.index(TITLE) < text.index(titles["a2"])


def test_it_is_printed_on_the_sheet_of_a_cell(commune: Commune) -> None:
    rate(commune, add(commune, kind="party_organisation", parent="a2"), "good", "CBK3", "party_organisation")
    evaluation = commune.evaluation("CBK3", "party_organisation").id
    found = sheets(commune, "3B.8", "prepare", evaluation) + sheets(commune, "3B.8", "submit", evaluation)
    assert len(found) > 1 and all(TITLE in text for text in found)


def test_no_paper_fails_with_local_rows(commune: Commune) -> None:
    for kind, parent in (("party_member", "a1"), ("party_organisation", "a1"), ("leadership_collective", "s1")):
        add(commune, kind=kind, parent=parent)
    assert commune.run("prepare", "submit").failures == []


def test_the_mark_of_a_local_row_stands_in_its_own_column() -> None:
    given = sample(manifest("5.1", BOOK), BOOK)["document"]

    def marks(rating: str | None) -> int:
        criteria = {"a1": None, "a1.1": {"title": TITLE, "rating": rating}}
        text = document_text(generate("5.1", {"document": {**given, "criteria": criteria}}).word)
        return text.count("X\n") + text.count("X\t") + text.endswith("X")

    assert marks("poor") == marks(None) + 1


def test_a_local_row_of_the_wrong_shape_is_told_with_its_place() -> None:
    given = sample(manifest("5.1", BOOK), BOOK)["document"]
    for wrong in ("good", {"rating": "good"}, {"title": TITLE, "rating": "best"}, {"title": TITLE, "mark": 1}):
        with pytest.raises(InvalidInput) as refused:
            generate("5.1", {"document": {**given, "criteria": {"a1.1": wrong}}})
        assert all(problem.place.field == "criteria.a1.1" for problem in refused.value.problems)


def test_unknown_rows_ratings_and_sheets_are_refused(commune: Commune) -> None:
    code = add(commune)
    with pytest.raises(NotFound, match=r"a1\.9"):
        rate(commune, "a1.9", "good")
    with pytest.raises(LocalCriterionRefused, match="excellent"):
        rate(commune, code, "best")
    commune.execute("DELETE FROM assessment WHERE evaluation_id = ?", commune.evaluation(MEMBER).id)
    with pytest.raises(NotFound, match="phiếu đánh giá"):
        rate(commune, code, "good")


def test_the_commands_add_list_and_rate(commune: Commune) -> None:
    def call(*words: str) -> str:
        result = CliRunner().invoke(main, ["--data", str(commune.office.root), "local-criteria", *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert call("add", "2018", "party_member", "a1", TITLE).strip() == "a1.1"
    assert json.loads(call("list", "2018", "--json"))[0]["title"] == TITLE
    assert TITLE in call("list", "2018")
    call("rate", dossier_id("2018", "member", commune.evaluation(MEMBER).id), "self", "a1.1", "good")
    assessment = commune.evaluation(MEMBER).assessed_by("self")
    assert assessment and assessment.ratings["a1.1"] == "good"


def test_a_workbook_written_and_read_again_leaves_local_ratings_alone(commune: Commune) -> None:
    code = add(commune)
    rate(commune, code, "good")
    content = export_content(commune.database, commune.situation().picture.campaign.id, None)
    report = import_workbook(commune.database, read(write(content, book=BOOK), "lai.xlsx", book=BOOK), actor="cli")
    assert not report.problems and not report.changed
    assessment = commune.evaluation(MEMBER).assessed_by("self")
    assert assessment and assessment.ratings[code] == "good"


def local_sheet(commune: Commune, *given: Mapping[str, Any]) -> bytes:
    """The campaign's workbook with these rows on its sheet of local ratings."""
    content = export_content(commune.database, commune.situation().picture.campaign.id, None)
    return write({**content, "local_ratings": list(given)}, book=BOOK)


def test_a_workbook_rates_local_rows_of_any_subject(commune: Commune) -> None:
    code, of_cell = add(commune), add(commune, kind="party_organisation", parent="a2")
    rated = local_sheet(
        commune,
        {"capacity": "member", "subject": MEMBER, "assessor": "self", "criterion": code, "rating": "poor"},
        {"capacity": "party_organisation", "subject": "CBK3", "assessor": "authority", "criterion": of_cell,
         "rating": "good"},
    )  # fmt: skip
    report = import_workbook(commune.database, read(rated, "rieng.xlsx", book=BOOK), actor="cli")
    assert not report.problems and report.created["local_ratings"] == 2
    own = commune.evaluation(MEMBER).assessed_by("self")
    assert own and own.ratings[code] == "poor" and own.ratings["a1"] is not None
    cell = commune.evaluation("CBK3", "party_organisation").assessed_by("authority")
    assert cell and cell.ratings[of_cell] == "good"
    [text] = [one for one in sheets(commune, "5.1", "submit", commune.evaluation(MEMBER).id) if TITLE in one][:1]
    assert TITLE in text
    again = export_content(commune.database, commune.situation().picture.campaign.id, None)["local_ratings"]
    assert sorted((row["subject"], row["rating"]) for row in again) == [("CBK3", "good"), (MEMBER, "poor")]


def test_a_workbook_that_rates_a_row_the_campaign_lacks_is_refused_with_its_place(commune: Commune) -> None:
    add(commune)
    row = {"capacity": "member", "subject": MEMBER, "assessor": "self", "criterion": "a1.7", "rating": "good"}
    report = import_workbook(commune.database, read(local_sheet(commune, row), "rieng.xlsx", book=BOOK), actor="cli")
    [problem] = report.problems
    assert problem.code == "import.unknown-local-criterion" and problem.place.sheet == "Tiêu chí riêng"
    assert "a1.7" in problem.message and "a1.1" in problem.remedy


def test_a_row_is_taken_out_with_its_ratings_while_nothing_is_filed(commune: Commune) -> None:
    campaign = commune.situation().picture.campaign.id
    code = add(commune)
    rate(commune, code, "good")
    with pytest.raises(NotFound, match=r"a1\.9"):
        remove_local_criterion(commune.database, campaign, "party_member", "a1.9", actor="cli")
    assert remove_local_criterion(commune.database, campaign, "party_member", code, actor="cli") == 1
    assert local_criteria(commune.database, campaign) == []
    own = commune.evaluation(MEMBER).assessed_by("self")
    assert own and code not in own.ratings and own.ratings["a1"] is not None


def test_a_row_stays_once_a_dossier_is_filed(commune: Commune) -> None:
    code = add(commune)
    commune.run()
    with pytest.raises(LocalCriterionRefused, match="nộp lưu"):
        remove_local_criterion(
            commune.database, commune.situation().picture.campaign.id, "party_member", code, actor="cli"
        )
