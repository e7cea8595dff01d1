"""What scripts rely on: names of commands and options, exit codes, JSON on standard output, messages beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from cli import main
from tests.acceptance.journey import WORKBOOK, call

VECTORS = sorted((Path(__file__).parents[1] / "data" / "vectors").glob("*.yaml"))
FORM = ["code", "title", "subject_kinds", "filled_by", "states", "citation", "template"]
VERDICT = {"allowed", "highest_allowed_level", "violated_rule_ids", "warning_rule_ids", "findings"}
FINDING = {"rule_id", "severity", "citation", "message", "given", "needed", "readings", "waivable"}


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Each test starts in an empty folder; none of these commands may make a data folder in it."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert not (tmp_path / "hoso-data").exists()


def every_command(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


COMMANDS = dict(every_command())


def case() -> dict[str, Any]:
    cases = [one for path in VECTORS for one in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]]
    return next(
        one
        for one in cases
        if one["type"] == "classification"
        and one["subject_kind"] == "party_member"
        and not one["expected"]["allowed"]
        and one["expected"]["highest_allowed_level"] != "not_classified"
    )


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_in_vietnamese(path: tuple[str, ...]) -> None:
    said = call(*path, "--help")
    assert said.code == 0
    assert said.out.startswith("Cách dùng: hoso")
    for english in ("Usage", "Options:", "Commands:", "Show this", "Error"):
        assert english not in said.out
    assert COMMANDS[path].help
    for option in COMMANDS[path].params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_without_a_command_the_commands_are_listed() -> None:
    said = call()
    assert said.code == 2
    assert "Lệnh:" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["khong-co"], "Không có lệnh “khong-co”"),
        (["forms", "--nix"], "Không có tùy chọn --nix"),
        (["import"], "Thiếu WORKBOOK"),
        (["validate", "khong-co.yaml"], "Không có tệp “khong-co.yaml”"),
        (["validate", "."], "là một thư mục"),
        (["check", "khong-co.yaml"], "Không có tệp"),
        (["check", "."], "là một thư mục"),
        (["check"], "Thiếu FILES"),
        (["format", "khong-co.docx"], "Không có tệp"),
        (["generate", "2", "khong-co.yaml", "-o", "x.docx"], "Không có tệp"),
        (["generate", "2"], "Thiếu"),
        (["generate", "-o"], "-o"),
        (["schema", "99"], "Không có biểu mẫu “99”"),
        (["sample", "99"], "Không có biểu mẫu “99”"),
        (["calendar", "abc"], "số nguyên từ 1900 đến 2100"),
        (["calendar", "1800"], "số nguyên từ 1900 đến 2100"),
        (["forms", "thua"], "Thừa đối số “thua”"),
        (["campaign", "run", "2018", "--stage", "x"], "hoso init"),
        (["campaign", "open", "abc", "--unit", "D", "--place", "X", "--date", "2018-12-28"], "đợt đánh giá"),
        (["campaign", "open", "2018", "--unit", "D", "--place", "X", "--date", "31/12"], "không phải là một ngày"),
        (["dossier", "list", "--kind", "x"], "leader_manager"),
        (["dossier", "list", "--unit", "x\x07"], "U+0007"),
        (["status"], "hoso init"),
        (["search", "x"], "hoso init"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_answered_with_a_sentence(words: list[str], told: str) -> None:
    said = call(*words)
    assert said.code == 2
    assert said.out == ""
    assert told in said.err
    assert not re.search(r"Usage|Error|Invalid|Missing|Traceback|does not exist", said.err)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: [1", "YAML"),
        (b"", "không có nội dung"),
        (b"- 1\n- 2\n", "cặp tên mục"),
        (b"\x80\x81\x82", ""),
        (b"a: 1\n", "a"),
        (b"a: !!python/object/apply:os.system ['true']\n", "YAML"),
        (b"a: &a [*a]\n", ""),
    ],
)
@pytest.mark.parametrize("command", [["validate"], ["check"], ["generate", "2"]], ids=lambda words: words[0])
def test_a_file_that_is_no_input_is_refused_with_a_sentence(command: list[str], content: bytes, told: str) -> None:
    Path("in.yaml").write_bytes(content)
    more = ["-o", "x.docx"] if command[0] == "generate" else []
    said = call(*command, "in.yaml", *more)
    assert said.code == 2
    assert said.out == ""
    assert said.err.strip()
    if command != ["check"] and command != ["generate", "2"]:
        assert told in said.err


def test_a_file_that_is_no_word_document_is_refused() -> None:
    Path("x.docx").write_bytes(b"PK no")
    for words in (["format", "x.docx"],):
        said = call(*words)
        assert said.code == 2
        assert "Word" in said.err


def test_forms_are_listed_as_the_contract_says() -> None:
    listed = call("forms", "--json").json
    assert all(list(form) == FORM for form in listed)
    codes = [form["code"] for form in listed]
    assert len(codes) == len(set(codes))
    asked = {
        "1", "2", "3B.1", "3B.8", "4X", "5.1", "5.2", "5.3", "6", "minutes-cell", "tally-minutes", "tally-summary",
        "residence-comment", "decision-members", "result-notice", "extract-minutes", "extract-decision",
        "dossier-cover", "contents-list",
    }  # fmt: skip
    assert asked <= set(codes)
    for form in listed:
        assert set(form["states"]) <= {"blank", "draft", "final"}
        assert form["code"] in call("forms").out


def test_each_form_s_sample_fits_its_schema_and_makes_its_document() -> None:
    for form in call("forms", "--json").json:
        code = form["code"]
        schema = call("schema", code).json
        assert schema["type"] == "object"
        assert "document" in schema["properties"]
        sample = yaml.safe_load(call("sample", code).out)
        assert set(sample) <= {"document", "facts"}
        assert set(sample["document"]) <= set(schema["properties"]["document"]["properties"])
    Path("in.yaml").write_text(call("sample", "5.1").out, encoding="utf-8")
    for options in ([], ["--draft"], ["--blank"]):
        said = call("generate", "5.1", "in.yaml", "-o", "out.docx", *options)
        assert (said.code, said.out) == (0, "")
        assert "Đã ghi out.docx" in said.err
        assert call("format", "out.docx", "--json").json == []
        assert call("format", "out.docx").code == 0
    both = call("generate", "5.1", "in.yaml", "-o", "out.docx", "--draft", "--blank")
    assert both.code == 2


def test_the_same_input_gives_the_same_bytes_as_yaml_and_json() -> None:
    text = call("sample", "2").out
    Path("in.yaml").write_text(text, encoding="utf-8")
    Path("in.json").write_text(json.dumps(yaml.safe_load(text), default=str), encoding="utf-8")
    for source, target in (("in.yaml", "a.docx"), ("in.json", "b.docx"), ("in.yaml", "c.docx")):
        assert call("generate", "2", source, "-o", target).code == 0
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes() == Path("c.docx").read_bytes()


def test_a_deciding_form_has_no_final_while_a_finding_forbids_it() -> None:
    given = yaml.safe_load(call("sample", "decision-members").out)
    forbidden = {**case()["facts"]}
    rows = given["document"]["members"]
    given["facts"] = {"members": [forbidden for _ in rows]}
    for row in rows:
        row["level"] = case()["proposed_level"]
    Path("in.yaml").write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
    said = call("generate", "decision-members", "in.yaml", "-o", "out.docx")
    assert said.code == 1, said.err
    assert not Path("out.docx").exists()
    assert any(rule in said.err for rule in case()["expected"]["violated_rule_ids"])
    assert call("generate", "decision-members", "in.yaml", "-o", "out.docx", "--draft").code == 0


def test_departures_from_the_page_format_end_with_one() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Không theo thể thức nào")
    document.save("plain.docx")
    said = call("format", "plain.docx", "--json")
    assert said.code == 1
    assert said.json
    assert call("format", "plain.docx").code == 1


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_check_answers_every_worked_case(path: Path) -> None:
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
    said = call("check", path, "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json == {one["id"]: one["expected"] for one in cases}


def test_check_takes_several_files_and_never_reads_what_they_expect() -> None:
    files = []
    for number, path in enumerate(VECTORS):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for one in document["cases"]:
            one["expected"] = {"allowed": "không ai đọc"}
        files.append(f"{number}.json")
        Path(files[-1]).write_text(json.dumps(document, default=str), encoding="utf-8")
    assert call("check", *files, "--json").json == call("check", *VECTORS, "--json").json


def test_validate_gives_the_verdict_of_the_contract() -> None:
    refused = case()
    given = {key: refused[key] for key in ("subject_kind", "facts", "proposed_level")}
    Path("in.yaml").write_text(yaml.safe_dump(given), encoding="utf-8")
    said = call("validate", "in.yaml", "--json")
    assert said.code == 1
    assert set(said.json) == VERDICT
    assert {key: said.json[key] for key in VERDICT - {"findings"}} == refused["expected"]
    assert all(set(finding) >= FINDING for finding in said.json["findings"])
    people = call("validate", "in.yaml")
    assert people.code == 1
    assert all(rule in people.out for rule in refused["expected"]["violated_rule_ids"])
    lower = {**given, "proposed_level": refused["expected"]["highest_allowed_level"]}
    Path("in.yaml").write_text(yaml.safe_dump(lower), encoding="utf-8")
    allowed = call("validate", "in.yaml", "--json")
    assert (allowed.code, allowed.json["violated_rule_ids"]) == (0, [])


def test_validate_of_many_cases_answers_each_like_check() -> None:
    cases = [
        one
        for path in VECTORS
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
        if one["type"] in ("classification", "cap")
    ]
    Path("in.json").write_text(json.dumps({"cases": cases}, default=str), encoding="utf-8")
    said = call("validate", "in.json", "--json")
    assert said.code == 1
    answered = said.json["cases"]
    for one in cases:
        verdict = {key: value for key, value in answered[one["id"]].items() if key != "findings"}
        assert verdict == one["expected"], one["id"]


def test_the_calendar_of_a_year() -> None:
    days = call("calendar", "2018", "--json").json
    assert {"2018-01-01", "2018-09-02"} <= {day["date"] for day in days}
    shown = call("calendar", "2018").out
    assert "02/09/2018  nghỉ lễ" in shown
    assert "cần đối chiếu thông báo của năm" in shown
    assert not {day["kind"] for day in days} & set(shown.split()), "codes are for programs"
    assert "chưa có bảng lịch nghỉ chính thức" in call("calendar", "2030").out


def test_an_output_that_cannot_be_written_is_said() -> None:
    Path("in.yaml").write_text(call("sample", "2").out, encoding="utf-8")
    Path("file").write_text("x")
    for target in ("file/x.docx", "."):
        said = call("generate", "2", "in.yaml", "-o", target)
        assert said.code == 2
        assert not re.search(r"Traceback|Not a directory|File exists", said.err)


def test_the_data_folder_is_named_by_option_or_variable(tmp_path: Path) -> None:
    assert call("init", env={"HOSO_DATA": str(tmp_path / "a")}).code == 0
    assert (tmp_path / "a" / "hoso.toml").is_file()
    assert call("status", "--json", env={"HOSO_DATA": str(tmp_path / "a")}).json["counts"]["person"] == 0
    assert call("--data", tmp_path / "b", "init", env={"HOSO_DATA": str(tmp_path / "a")}).code == 0
    assert (tmp_path / "b" / "hoso.db").is_file()
    for part in ("store", "index", "templates", "logs"):
        assert (tmp_path / "b" / part).is_dir()
    again = call("--data", tmp_path / "b", "init")
    assert again.code == 0
    assert "sẵn sàng" in again.out


def test_variables_override_the_settings_file(tmp_path: Path) -> None:
    call("--data", tmp_path / "a", "init")
    assert call("--data", tmp_path / "a", "status", env={"HOSO_PORT": "abc"}).code == 2
    assert call("--data", tmp_path / "a", "import", WORKBOOK, env={"HOSO_RULEBOOK": "../x"}).code == 2
    assert call("--data", tmp_path / "a", "status", env={"HOSO_PORT": "8123"}).code == 0


def test_an_empty_workbook_is_written_and_read_back(tmp_path: Path) -> None:
    call("--data", tmp_path / "a", "init")
    said = call("--data", tmp_path / "a", "workbook", "-o", tmp_path / "x" / "empty.xlsx")
    assert said.code == 0
    assert call("--data", tmp_path / "a", "import", tmp_path / "x" / "empty.xlsx").code == 0


def test_the_event_names_who_called(tmp_path: Path) -> None:
    desk = ["--data", str(tmp_path / "a")]
    call(*desk, "init")
    call(*desk, "import", WORKBOOK, env={"HOSO_USER": "van-thu"})
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "a" / "hoso.db")) as database:
        assert ("van-thu",) in database.execute("SELECT actor FROM event").fetchall()


def test_what_stands_in_brackets_is_shown_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from commands.console import table

    table(["Hồ sơ", "Tên"], [("2018-m-abcdefghjkmn", "[bold]A[/bold] [/x]"), ("2018-m-bbbbbbbbbbbb", "B" * 500)])
    out = capsys.readouterr().out
    assert "[bold]A[/bold] [/x]" in out
    assert "B" * 500 in out
