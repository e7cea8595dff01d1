"""The forms and papers of the year are all there, each with what programs are told of it, and the same on any day."""

from __future__ import annotations

import os
import subprocess
import sys

from generator.forms.library import form_rows, forms
from generator.rules.rulebook import load_rulebook

BOOK = load_rulebook()
CODED = [
    "1", "2", "3A.1", "3A.2", "3A.3", "3A.4", "3B.1", "3B.2", "3B.3", "3B.4", "3B.5", "3B.6", "3B.7", "3B.8",
    "4A.1", "4A.2", "4A.3", "4A.4", "4B.1", "4B.2", "4B.3", "4B.4", "4B.5", "4B.6", "4B.7", "4B.8",
    "5.1", "5.2", "5.3", "6",
]  # fmt: skip
# For the collectives that the guidance classifies without naming a form.
LOCAL = ["4X"]
PAPERS = [
    "review-plan", "agenda", "attendance-list", "invitation", "review-suggestion", "opinion-request", "written-opinion",
    "residence-comment", "degeneration-list", "annual-commitment", "remedy-plan", "minutes-collective",
    "minutes-individuals", "minutes-cell", "extract-minutes", "ballot-level", "ballot-decision", "tally-minutes",
    "tally-summary", "participants-summary", "appraisal-report", "minutes-decision", "decision-organisations",
    "decision-members", "decision-collectives", "decision-leaders", "extract-decision", "result-notice",
    "review-again-request", "annulment-decision", "reclassification-decision", "complaint-receipt",
    "complaint-conclusion", "reserved-opinion", "waiver-sheet", "submission-letter", "report-base", "report-district",
    "excellent-list", "history-summary", "dossier-cover", "contents-list", "handover-minutes",
]  # fmt: skip
# Makes every form in every state and prints a digest of all the files.
EVERY_FORM = """
import hashlib
from generator.documents import generate
from generator.forms.library import forms
from generator.forms.samples import sample
from generator.rules.rulebook import load_rulebook

book, every = load_rulebook(), hashlib.sha256()
for form in forms(book).values():
    for state in form.states:
        every.update(generate(form.code, sample(form, book), state=state, paper_code="2018-2-a").word)
print(every.hexdigest())
"""


def test_every_code_of_the_year_is_a_form_and_no_other() -> None:
    assert len(CODED) == 30
    assert sorted(forms(BOOK)) == sorted([*CODED, *LOCAL, *PAPERS])


def test_the_list_says_of_each_form_what_programs_ask() -> None:
    for row in form_rows(BOOK):
        assert list(row) == ["code", "title", "subject_kinds", "filled_by", "states", "citation", "template"]
        assert row["title"] and row["citation"].startswith("13-HD/TU")
        assert row["subject_kinds"] and set(row["subject_kinds"]) <= set(BOOK.kinds)
        assert {"blank", "draft", "final"} <= set(row["states"])
        assert row["template"].endswith(".docx")


def test_every_form_is_the_same_byte_for_byte_on_another_day_and_in_another_process() -> None:
    # Twenty-six hours lie between the two, so that the day is never the same.
    places = (("Pacific/Kiritimati", "1"), ("Etc/GMT+12", "2"))
    made = [
        subprocess.run(
            [sys.executable, "-c", EVERY_FORM],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for zone, seed in places
    ]  # fmt: skip
    assert made[0] == made[1] != ""
