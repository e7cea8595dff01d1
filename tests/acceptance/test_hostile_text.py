"""Hostile but valid text, typed into every text column of the workbook, comes out everywhere as it went in (NFC)."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from argon2 import PasswordHasher
from openpyxl import load_workbook

from archive.office import accounts
from archive.office.folder import open_office
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text
from generator.workbook.headings import words
from generator.workbook.sheets import Column, sheets
from tests.acceptance.journey import WORKBOOK, Desk, call
from web import create_app

BOOK = load_rulebook("hd13_2018")
MARKS = (
    "Ví dụ & <b>đậm</b> > \"kép\" 'đơn' &amp; ]]> {{ 7*7 }} {% if x %} {# chú #} ${7*7} \\u0000 '; DROP TABLE person"
)
ODD = "Đảo \u202echiều\u202c, dính\u200dchữ, \U0001f600, ﬁ, Ａ và “ngoặc” [bold]đậm[/bold]"
LOOSE = unicodedata.normalize("NFD", "Chữ tổ hợp rời: Đặng Thị Hoà ở Thuỷ Nguyên, ưỡn ẹo")
SAID = (MARKS, ODD, LOOSE)
LONGEST_NAME = ("Nguyễn Thị Thuỳ " * 20)[:300].strip().ljust(300, "Ý")
# Columns whose text means something else than what it says: names by which rows find one another.
_KEPT = {("units", "name"), ("people", "full_name"), ("collectives", "name")}
# Numbers of papers, which no register would take longer.
_SHORT = {("units", "symbol"), ("outcomes", "decision_number")}


def hostile(original: str, number: int, column: Column) -> str:
    """One of the hostile texts, with its number so that none is found for another."""
    return f"{SAID[number % len(SAID)]} №{number}"


def typed(data: bytes, change: Any) -> bytes:
    """The workbook with each filled text cell replaced by what `change(sheet, column, row number, text)` gives."""
    book = load_workbook(io.BytesIO(data))
    for sheet in sheets(BOOK).values():
        page = book[sheet.title]
        header = {words(str(cell.value).rstrip(" *")): cell.column for cell in page[3] if cell.value}
        for column in sheet.facts:
            place = header.get(words(column.header))
            if place is None or column.kind not in ("text", "long") or column.refers:
                continue
            for row in range(5, page.max_row + 1):
                cell = page.cell(row, place)
                if isinstance(cell.value, str) and cell.value.strip():
                    cell.value = change(sheet.key, column, row, cell.value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, dict[str, list[str]]]:
    """The sample with hostile text in all its text columns, run to the end; and what was typed, by sheet and column."""
    folder = tmp_path_factory.mktemp("attacked")
    given: dict[str, list[str]] = {}

    def change(sheet: str, column: Column, row: int, text: str) -> str:
        number = sum(map(len, given.values()))
        if (sheet, column.field) == ("people", "full_name") and row == 5:
            made = LONGEST_NAME
        elif (sheet, column.field) in _KEPT:
            made = f"{text} & <{number}>"
        elif (sheet, column.field) in _SHORT:
            made = f"&<{number % 90}>{{{{7*7}}}}ĐU"
        elif column.kind == "long" and number % 40 == 0:
            made = (f"Đoạn {number} " + MARKS + " ") * 300
            made = made[:32_000].rstrip() + f" №{number}"
        else:
            made = hostile(text, number, column)
        given.setdefault(f"{sheet}.{column.key}", []).append(made)
        return made

    (folder / "hostile.xlsx").write_bytes(typed(WORKBOOK.read_bytes(), change))
    desk = Desk(folder / "data")
    desk("init")
    desk("import", folder / "hostile.xlsx")
    said = desk("campaign", "run", "2018", "--no-pdf", "--json", code=1).json
    assert said["failures"] == []
    return desk, {key: [unicodedata.normalize("NFC", one) for one in texts] for key, texts in given.items()}


def test_many_columns_are_attacked(attacked: tuple[Desk, dict[str, list[str]]]) -> None:
    _, given = attacked
    assert len(given) > 40
    assert sum(map(len, given.values())) > 500


def test_every_text_is_kept_composed_and_otherwise_as_typed(attacked: tuple[Desk, dict[str, list[str]]]) -> None:
    desk, given = attacked
    kept = set()
    for table in desk.kept().values():
        for row in table:
            for value in row:
                if isinstance(value, str):
                    kept.add(value)
                    if value.startswith(("{", "[")):
                        kept.update(_texts(value))
    lost = [(key, text[:80]) for key, texts in given.items() for text in texts if text not in kept]
    assert lost == []


def _texts(value: str) -> list[str]:
    try:
        found = json.loads(value)
    except ValueError:
        return []
    waiting, texts = [found], []
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return texts


def test_names_and_reviews_stand_on_paper_as_typed(attacked: tuple[Desk, dict[str, list[str]]]) -> None:
    desk, given = attacked
    printed = "\n".join(document_text(path.read_bytes()) for path in sorted((desk.root / "print").rglob("*.docx")))
    members = {name for (name,) in desk.rows("SELECT p.full_name FROM person p JOIN evaluation e ON e.person_id = p.id"
                                             " JOIN document d ON d.evaluation_id = e.id")}  # fmt: skip
    assert LONGEST_NAME in members
    assert all(name in printed for name in members)
    reviews = [key for key in given if "sections" in key]
    assert len(reviews) > 10
    for key in reviews:
        assert all(text in printed for text in given[key]), key
    assert "${49}" not in printed


def test_every_paper_opens_and_its_input_is_all_there(attacked: tuple[Desk, dict[str, list[str]]]) -> None:
    desk, _ = attacked
    for form, state, stage, name, made_of, unit in desk.rows(
        "SELECT d.form, d.state, d.stage, d.file_name, d.input, u.reference FROM document d"
        " JOIN unit u ON u.id = d.unit_id WHERE d.source = 'generated' AND d.form IN ('2', '5.1', '6', 'minutes-cell')"
    ):
        if state == "blank":
            continue
        text = document_text((desk.root / "print" / "2018" / unit / stage / name).read_bytes())
        for one in _texts(made_of):
            if "№" in one:
                assert all(line in text for line in one.split("\n")), (form, name)


def test_the_dossier_s_own_description_says_the_same(attacked: tuple[Desk, dict[str, list[str]]]) -> None:
    desk, given = attacked
    told = {row["dossier_id"]: json.loads(desk.file(row["dossier_id"], "dossier.json")) for row in desk.dossiers()}
    subjects = {text for value in told.values() for text in _texts(json.dumps(value))}
    people = {name for (name,) in desk.rows("SELECT subject_name FROM dossier WHERE kind = 'member'")}
    assert people <= subjects
    assert people <= set(given["people.full_name"])


def test_search_finds_them_and_shows_them_as_typed(attacked: tuple[Desk, dict[str, list[str]]]) -> None:
    desk, _ = attacked
    dossiers = {row["dossier_id"]: row["subject"] for row in desk.dossiers()}
    for dossier, subject in list(dossiers.items())[::15]:
        hits = desk("search", "--limit", "200", "--json", "--", subject).json["hits"]
        assert subject in {hit["subject"] for hit in hits if hit["dossier_id"] == dossier}
    assert desk("history", LONGEST_NAME, "--json").json["matches"][0]["name"] == LONGEST_NAME
    assert LONGEST_NAME in desk("dossier", "list").out


def test_pages_show_marks_as_text(
    attacked: tuple[Desk, dict[str, list[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = attacked
    monkeypatch.setattr(accounts, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    office = open_office(desk.copied(tmp_path / "data").root)
    database = office.connect()
    accounts.make_account(database, "xem", "Người xem", "clerk", "Mật khẩu dài 2018")
    database.close()
    client = create_app(office).test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/dang-nhap").text)
    assert token is not None
    entered = client.post(
        "/dang-nhap", data={"ten": "xem", "mat-khau": "Mật khẩu dài 2018", "csrf_token": token.group(1)}
    )
    assert entered.status_code == 303
    ((dossier, name), *_) = desk.rows("SELECT id, subject_name FROM dossier WHERE subject_name = ?", LONGEST_NAME)
    page = client.get(f"/ho-so/{dossier}").text
    assert html.escape(name) in page
    for row in desk.dossiers()[::20]:
        shown = client.get(f"/ho-so/{row['dossier_id']}").text
        assert row["subject"] in html.unescape(shown)
        assert "<b>đậm</b>" not in shown
    listed = client.get("/", query_string={"q": "An Đồng"}).text
    assert "<b>đậm</b>" not in listed


def test_a_hundred_thousand_letters_come_out_of_a_form(tmp_path: Path) -> None:
    given = yaml.safe_load(call("sample", "2").out)
    long = (MARKS.replace("\\u0000", "") + " " + ODD + " ") * 2000
    given["document"]["shortcomings"] = long[:100_000].strip()
    (tmp_path / "in.json").write_text(json.dumps(given), encoding="utf-8")
    said = call("generate", "2", tmp_path / "in.json", "-o", tmp_path / "out.docx")
    assert said.code == 0, said.err
    assert long[:100_000].strip() in document_text((tmp_path / "out.docx").read_bytes())
