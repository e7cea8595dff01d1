"""The papers of the whole sample: all that was given stands on them, letter for letter, and Word finds no fault."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from generator.forms.library import forms, manifest
from generator.forms.manifest import Field
from generator.layout.departures import departures
from generator.rules.rulebook import load_rulebook
from generator.vietnamese import short_date
from generator.word.reading import document_text
from tests.acceptance.journey import Desk

BOOK = load_rulebook("hd13_2018")
# Kinds whose value stands on paper as it was given; codes stand there as labels or crossed boxes.
WRITTEN = ("line", "name", "text")
Papers = dict[str, list[tuple[str, dict[str, Any], str, bytes]]]


@pytest.fixture(scope="module")
def papers(filed: Desk) -> Papers:
    """Form → state, input, text and bytes of each paper the run made, read where it lies to be printed."""
    made: Papers = defaultdict(list)
    for form, state, stage, name, given, unit in filed.rows(
        "SELECT d.form, d.state, d.stage, d.file_name, d.input, u.reference FROM document d"
        " JOIN unit u ON u.id = d.unit_id WHERE d.source = 'generated'"
    ):
        word = (filed.root / "print" / "2018" / unit / stage / name).read_bytes()
        made[form].append((state, json.loads(given)["document"], document_text(word), word))
    return made


def given(fields: tuple[Field, ...], values: dict[str, Any]) -> Iterator[str]:
    """What the paper must say: free texts and codes of people and units as typed, days and counts as written."""
    for one in fields:
        value = values.get(one.name)
        if value is None:
            continue
        if one.kind == "table":
            for row in value:
                yield from given(one.columns, row)
        elif one.kind == "group":
            yield from given(one.fields, value)
        elif one.kind in WRITTEN:
            yield from str(value).split("\n")
        elif one.kind == "count":
            yield str(value)
        elif one.kind == "date" and one.name != "date" and len(str(value)) == 10:
            yield short_date(date.fromisoformat(value))
        elif one.kind == "level":
            yield BOOK.levels.label(value)


def test_each_paper_lies_in_a_file_of_its_own(filed: Desk) -> None:
    twice = filed.rows(
        "SELECT unit_id, stage, lower(file_name) AS name, count(*) FROM document WHERE source = 'generated'"
        " GROUP BY unit_id, stage, name HAVING count(*) > 1"
    )
    assert twice == []
    on_disk = [path for path in (filed.root / "print").rglob("*") if path.is_file()]
    assert len(on_disk) == filed.rows("SELECT count(*) FROM document WHERE source = 'generated'")[0][0]


# Forms the sample makes no paper of, each with the reason.
NOT_IN_THE_SAMPLE = {
    # Made with each dossier, or with what an approver lets pass.
    "dossier-cover",
    "contents-list",
    "waiver-sheet",
    # What comes after a result: complaints, annulments, opinions reserved, a handover.
    "complaint-receipt",
    "complaint-conclusion",
    "reserved-opinion",
    "annulment-decision",
    "reclassification-decision",
    "handover-minutes",
    # On demand only: a person's years, the office's own list of signs, a review that has to be held again.
    "history-summary",
    "degeneration-list",
    "review-again-request",
    # Of other levels: a district's report, its decision on leaders, the sheets of all kinds that a commune has none of.
    "report-district",
    "decision-leaders",
    *("3A.1", "3A.2", "3A.3", "3A.4", "3B.2", "3B.3", "3B.4", "3B.5", "3B.6", "3B.7"),
    *("4A.1", "4A.2", "4A.3", "4A.4"),
    *("4B.1", "4B.2", "4B.3", "4B.4", "4B.5", "4B.6", "4B.7", "4B.8"),
}


def test_the_sample_uses_every_form_of_a_campaign(papers: Papers) -> None:
    assert set(papers) == set(forms(BOOK)) - NOT_IN_THE_SAMPLE


def test_every_string_given_stands_on_its_paper(papers: Papers) -> None:
    lost = []
    for form, made in papers.items():
        fields = manifest(form, BOOK).fields
        for state, values, text, _ in made:
            if state == "blank":
                continue
            # Levels in a table stand there in short; the long name is asked of the paper's own level only.
            long = {BOOK.levels.label(code): BOOK.levels.short(code) for code in BOOK.levels.labels}
            lost += [(form, one) for one in given(fields, values) if one not in text and long.get(one, one) not in text]
    assert lost == []


def test_a_blank_form_names_its_person_and_his_cell(papers: Papers) -> None:
    blank = [(form, *one[1:3]) for form, made in papers.items() for one in made if one[0] == "blank"]
    assert len(blank) > 200
    for form, values, text in blank:
        for name in ("full_name", "cell"):
            assert values.get(name, "") in text, form


def test_every_text_of_the_reviews_reaches_a_self_review(filed: Desk, papers: Papers) -> None:
    printed = "\n".join(text for form in ("1", "2") for _, _, text, _ in papers[form])
    reviews = filed.rows("SELECT sections FROM evaluation WHERE sections != '{}'")
    assert len(reviews) >= 40
    for (sections,) in reviews:
        for name, value in json.loads(sections).items():
            if isinstance(value, str) and name not in ("date",) and " " in value:
                for line in value.split("\n"):
                    assert line in printed


def test_the_filed_word_files_are_those_that_were_printed(filed: Desk) -> None:
    compared = filed.rows(
        "SELECT f.path, f.dossier_id, f.digest = d.word_digest FROM dossier_file f JOIN document d"
        " ON d.id = f.document_id WHERE d.source = 'generated' AND f.media_type LIKE '%wordprocessing%'"
    )
    assert len(compared) > 500
    assert [(path, dossier) for path, dossier, same in compared if not same] == []


def test_covers_and_contents_lists_name_the_subject_and_every_paper(filed: Desk) -> None:
    for row in filed.dossiers():
        shown = filed("dossier", "show", row["dossier_id"], "--json").json
        cover = document_text(filed.file(row["dossier_id"], "00-bia-ho-so.docx"))
        assert row["subject"] in cover
        contents = document_text(filed.file(row["dossier_id"], "00-muc-luc.docx"))
        for file in shown["files"]:
            if file["item"] not in ("cover", "contents_list", "bundle", "metadata"):
                assert file["title"] in contents, row["dossier_id"]


def test_word_finds_no_fault_and_the_page_format_none(papers: Papers, tmp_path: Path) -> None:
    validator = OpenXmlValidator()
    for form, made in papers.items():
        by_state: dict[str, list[bytes]] = defaultdict(list)
        for state, _, _, word in made:
            by_state[state].append(word)
        for state, words in by_state.items():
            # The shortest and the longest of each state stand for the others.
            for number, word in enumerate({min(words, key=len), max(words, key=len)}):
                path = tmp_path / f"{form}-{state}-{number}.docx"
                path.write_bytes(word)
                assert [str(error) for error in validator.validate(str(path)).errors] == [], path.name
                assert [str(one) for one in departures(word)] == [], path.name


def test_covers_and_contents_lists_open_in_word(filed: Desk, tmp_path: Path) -> None:
    validator = OpenXmlValidator()
    for row in filed.dossiers()[::20]:
        for name in ("00-bia-ho-so.docx", "00-muc-luc.docx"):
            path = tmp_path / f"{row['dossier_id']}-{name}"
            path.write_bytes(filed.file(row["dossier_id"], name))
            assert [str(error) for error in validator.validate(str(path)).errors] == []
