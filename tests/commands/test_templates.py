"""Templates from the command line: taken out, checked, installed for the office or a unit, given back."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.forms.library import forms
from generator.word.reading import document_text
from tests.acceptance.journey import WORKBOOK, Desk, call
from tests.generator.forms.templates import BOOK, shipped, with_paragraphs


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An office with the sample workbook, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    made = Desk(tmp_path / "data")
    made("init")
    made("import", WORKBOOK)
    return made


def edited(folder: Path, text: str) -> Path:
    path = folder / "sua.docx"
    path.write_bytes(with_paragraphs(shipped("5.1"), text))
    return path


def filled(folder: Path) -> Path:
    path = folder / "in.yaml"
    path.write_text(call("sample", "5.1").out, encoding="utf-8")
    return path


def test_templates_are_listed_taken_out_and_checked_without_a_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    listed = call("template", "list", "--json").json
    assert [one["form"] for one in listed] == list(forms(BOOK))
    assert all(one["installed"] == [] and len(one["shipped"]["digest"]) == 64 for one in listed)
    assert call("template", "export", "mau 5.1", "a.docx").code == 0
    assert (tmp_path / "a.docx").read_bytes() == shipped("5.1")
    said = call("template", "lint", "5.1", "a.docx", "--json")
    assert (said.code, said.json["usable"], said.json["problems"], said.json["notes"]) == (0, True, [], [])
    assert not (tmp_path / "hoso-data").exists()


def test_the_linter_says_all_in_vietnamese_and_fails(tmp_path: Path) -> None:
    path = edited(tmp_path, "{{ full_nmae }} {{ cell.x }}")
    said = call("template", "lint", "5.1", path)
    assert said.code == 1
    assert said.out.count("• Lỗi") == 2
    assert "“full_name”" in said.out
    report = call("template", "lint", "5.1", path, "--json")
    assert report.code == 1
    assert {problem["code"] for problem in report.json["problems"]} == {"template.unknown-field"}
    assert all(problem["text"] for problem in report.json["problems"])


def test_an_installed_template_is_used_by_generate_until_it_is_given_back(desk: Desk, tmp_path: Path) -> None:
    path, given = edited(tmp_path, "Lưu tại tủ số 3"), filled(tmp_path)
    made = desk("template", "install", "5.1", path, "--json").json
    assert (made["version"], made["in_force"], made["report"]["usable"]) == (1, True, True)
    own, plain = tmp_path / "own.docx", tmp_path / "plain.docx"
    desk("generate", "5.1", given, "-o", own)
    assert "Lưu tại tủ số 3" in document_text(own.read_bytes())
    assert "bản số 1" in desk("template", "restore", "5.1", "--version", "1").out
    assert "mẫu gốc" in desk("template", "restore", "5.1").out
    desk("generate", "5.1", given, "-o", plain)
    assert "Lưu tại tủ số 3" not in document_text(plain.read_bytes())
    assert call("generate", "5.1", given, "-o", tmp_path / "nowhere.docx").code == 0
    assert (tmp_path / "nowhere.docx").read_bytes() == plain.read_bytes()


def test_a_unit_has_its_own_and_the_others_keep_theirs(desk: Desk, tmp_path: Path) -> None:
    desk("template", "install", "5.1", edited(tmp_path, "Mẫu của Khu 3"), "--unit", "CBK3")
    given = filled(tmp_path)
    for options, text in ((("--unit", "CBK3"), True), (("--unit", "CBK2"), False), ((), False)):
        desk("generate", "5.1", given, "-o", tmp_path / "x.docx", *options)
        assert ("Mẫu của Khu 3" in document_text((tmp_path / "x.docx").read_bytes())) is text
    desk("template", "export", "5.1", tmp_path / "cell.docx", "--unit", "CBK3")
    desk("template", "export", "5.1", tmp_path / "shipped.docx", "--shipped")
    assert "Mẫu của Khu 3" in document_text((tmp_path / "cell.docx").read_bytes())
    assert (tmp_path / "shipped.docx").read_bytes() == shipped("5.1")
    listed = desk("template", "list", "5.1").out
    assert "sua.docx" in listed
    assert "Khu 3" in listed
    assert "theo cấp trên" in desk("template", "restore", "5.1", "--unit", "CBK3").out


def test_what_is_refused_is_not_installed(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "chu.docx"
    text.write_text("Họ và tên: {{ full_name }}", encoding="utf-8")
    for path, says in ((text, "không phải là văn bản Word"), (edited(tmp_path, "{{ ''.__class__ }}"), "__class__")):
        said = desk("template", "install", "5.1", path, code=1)
        assert says in said.err
    assert desk("template", "list", "5.1", "--json").json[0]["installed"] == []
    assert "Không có đơn vị" in desk("template", "install", "5.1", text, "--unit", "X", code=2).err
    assert "chưa cài riêng" in desk("template", "restore", "5.1", code=2).err
    assert "Không có biểu mẫu" in desk("template", "export", "9.9", tmp_path / "a.docx", code=2).err
    assert not (tmp_path / "a.docx").exists()


def test_the_trail_names_every_installation(desk: Desk, tmp_path: Path) -> None:
    desk("template", "install", "5.1", edited(tmp_path, "Một"))
    desk("template", "restore", "5.1")
    found = desk.rows("SELECT action, note FROM event WHERE action LIKE 'template.%' ORDER BY seq")
    assert [action for action, _ in found] == ["template.installed", "template.restored"]
    assert [note.split()[0] for _, note in found] == ["5.1", "5.1"]
