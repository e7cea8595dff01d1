"""Holding a paper of ours that came back against what we know: name, numbers, level, and what our own copy says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from archive.intake.report import Difference
from archive.office.folder import Office
from archive.office.templates import template_source
from archive.records.database import one, rows
from generator.documents import generate
from generator.errors import GeneratorError
from generator.rules.rulebook import Rulebook
from generator.vietnamese import nfc
from generator.word.reading import document_text

_LABELLED = re.compile(r"^[-+\s]*(?P<label>[^:…]{2,60}):[ \t]*(?P<value>\S.{0,150})?$")
_NUMBERED = re.compile(r"^\s*Số\s*:?\s*(?P<number>\d[\w./-]*)", re.MULTILINE)
# Boxes of a choice stand in a row with room between them; what is ticked in them is judged as levels.
_BOXES = re.compile(r"\s{3,}")
_TICKED = re.compile(r"(?:^|\s)[xX☒☑✓✔]\s+(?P<label>\S.*?)(?=\s*$|\s{3,})", re.MULTILINE)
_NAME = "Họ và tên"
_LEVEL = "Mức xếp loại"


class Comparison:
    """What we know of the papers of a campaign, to hold those that come back against."""

    def __init__(self, office: Office, database: Database, campaign_id: str, book: Rulebook) -> None:
        self._office, self._database, self._campaign_id, self._book = office, database, campaign_id, book

    def standing(self, evaluation_id: str | None, form: str) -> Mapping[str, Any] | None:
        """Our own paper of a form about an evaluation: the final one, else the blank one."""
        if not form or evaluation_id is None:
            return None
        return one(
            self._database,
            "SELECT * FROM document WHERE evaluation_id = ? AND form = ? AND source = 'generated'"
            " ORDER BY state = 'final' DESC, state = 'draft' DESC, created_at DESC LIMIT 1",
            [evaluation_id, form],
        )

    def counterpart(self, evaluation_id: str | None, form: str) -> Mapping[str, Any] | None:
        """Our own final paper that one signed by people stands for, when there is exactly one of that form."""
        ours = self.standing(evaluation_id, form)
        if ours is None or ours["state"] != "final":
            return None
        counted = one(
            self._database,
            "SELECT count(*) AS papers FROM document WHERE evaluation_id = ? AND form = ? AND source = 'generated'"
            " AND state = 'final'",
            [evaluation_id, form],
        )
        return ours if counted and counted["papers"] == 1 else None

    def differences(self, evaluation_id: str, form: str, text: str) -> tuple[Difference, ...]:
        """Where the text of a paper of ours says something else than we know; nothing for what is not said."""
        text = nfc(text)
        found = [*self._facts(evaluation_id, text, self.standing(evaluation_id, form))]
        labels = {difference.label for difference in found}
        nearest = min((self._against(ours, text) for ours in self._alike(evaluation_id, form)), key=len, default=[])
        return (*found, *(one for one in nearest if one.label not in labels))

    def _alike(self, evaluation_id: str, form: str) -> list[dict[str, Any]]:
        """Our papers of a form about an evaluation: one for each who assesses, the newest state of each."""
        listed = rows(
            self._database,
            "SELECT * FROM document WHERE evaluation_id = ? AND form = ? AND source = 'generated'"
            " ORDER BY state = 'final' DESC, state = 'draft' DESC, created_at DESC",
            [evaluation_id, form],
        )
        return [one for one in listed if one["state"] == listed[0]["state"]]

    def _against(self, ours: Mapping[str, Any], text: str) -> list[Difference]:
        known = self._text(ours)
        return _labelled(known, text, ours["state"]) if known else []

    def _facts(self, evaluation_id: str, text: str, ours: Mapping[str, Any] | None) -> list[Difference]:
        known = one(
            self._database,
            "SELECT p.full_name, e.proposed_level, d.level AS decided, a.level AS claimed FROM evaluation e"
            " LEFT JOIN person p ON p.id = e.person_id"
            " LEFT JOIN decision d ON d.evaluation_id = e.id AND d.annulled_on IS NULL"
            " LEFT JOIN assessment a ON a.evaluation_id = e.id AND a.assessor = 'self' WHERE e.id = ?",
            [evaluation_id],
        )
        found = []
        name = nfc((known or {}).get("full_name") or "")
        if name and _plain(name) not in _plain(text):
            theirs = next((value for label, value in _pairs(text) if label.startswith(_NAME)), "")
            found.append(Difference(_NAME, name, theirs))
        level = (known or {}).get("claimed") or (known or {}).get("decided") or (known or {}).get("proposed_level")
        told = self._levels(text)
        if level and len(told) == 1 and told != {level}:
            labels = self._book.levels.labels
            found.append(Difference(_LEVEL, labels[level], labels[told.pop()]))
        number, given = (ours or {}).get("number"), _NUMBERED.search(text)
        if number and given and given.group("number") != nfc(number):
            found.append(Difference("Số văn bản", number, given.group("number")))
        return found

    def _levels(self, text: str) -> set[str]:
        codes = {_plain(label): code for code, label in self._book.levels.labels.items()}
        ticked = {codes.get(_plain(match.group("label"))) for match in _TICKED.finditer(text)}
        return {code for code in ticked if code}

    def _text(self, document: Mapping[str, Any]) -> str:
        source = template_source(self._office, self._database, self._book.name, document["unit_id"])
        try:
            made = generate(
                document["form"], {"document": json.loads(document["input"])["document"]}, state=document["state"],
                book=self._book, templates=source,
            )  # fmt: skip
        except GeneratorError:
            # Our own copy no longer comes out: then the facts alone are compared.
            return ""
        return nfc(document_text(made.word))


def _labelled(ours: str, theirs: str, state: str) -> list[Difference]:
    """Lines “label: value” of our copy that say something else on theirs."""
    known, given, whole = _by_label(ours), _by_label(theirs), _plain(theirs)
    found = []
    for label, values in known.items():
        if len(values) != 1 or label not in given or len(given[label]) != 1:
            continue
        mine, other = values[0], given[label][0]
        # On a blank form only what was printed on it is ours; the rest is for people to fill in.
        if not mine or (state == "blank" and _BOXES.search(mine)):
            continue
        # Printed as PDF a long line is broken into several, and then stands whole among them all.
        if _plain(mine) != _plain(other) and _plain(mine) not in whole:
            found.append(Difference(label, mine, other))
    return found


def _by_label(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label, value in _pairs(text):
        found.setdefault(label, []).append(value)
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    matches = (_LABELLED.match(line) for line in text.split("\n"))
    return [(found.group("label").strip(), (found.group("value") or "").strip()) for found in matches if found]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
