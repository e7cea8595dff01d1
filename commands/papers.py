"""Commands about forms and rules. They need no data folder and make none."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from commands.console import as_json, print_json, read_bytes, say, table, write_bytes
from commands.sheets import own_sheets
from commands.templates import own_templates
from commands.wording import FILE, NEW_FILE, TEXT, command, whole_number
from generator import calendar as working_calendar
from generator import judge
from generator.documents import generate, load_input
from generator.forms.input_file import yaml_text
from generator.forms.json_schema import schema
from generator.forms.library import form_rows, manifest
from generator.forms.samples import sample
from generator.layout.departures import departures
from generator.layout.profile import load_profile
from generator.pdf.convert import convert
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import short_date

in_book = click.option(
    "--rulebook", "book_name", default="hd13_2018", help="Tên bộ quy tắc, khi đơn vị dùng hướng dẫn khác."
)


@command("forms")
@as_json
@in_book
@click.pass_context
def forms_command(ctx: click.Context, json_output: bool, book_name: str) -> None:
    """Danh sách các biểu mẫu lập được."""
    book = load_rulebook(book_name)
    listed = form_rows(book, own_sheets(ctx, None, book))
    if json_output:
        print_json(listed)
        return
    table(["Mã", "Tên biểu mẫu", "Căn cứ"], [(row["code"], row["title"], row["citation"]) for row in listed])


@command("schema")
@click.argument("code")
@in_book
def schema_command(code: str, book_name: str) -> None:
    """JSON Schema của dữ liệu một biểu mẫu."""
    book = load_rulebook(book_name)
    print_json(schema(manifest(code, book), book))


@command("sample")
@click.argument("code")
@in_book
def sample_command(code: str, book_name: str) -> None:
    """Dữ liệu mẫu đầy đủ của một biểu mẫu, dạng YAML."""
    book = load_rulebook(book_name)
    click.echo(yaml_text(sample(manifest(code, book), book)), nl=False)


@command("validate")
@click.argument("file", type=FILE)
@as_json
@click.option("--what-if", "changes", multiple=True, metavar="MỤC=GIÁ-TRỊ", help="Thử đổi một dữ kiện; ghi được nhiều.")
@in_book
def validate_command(file: str, json_output: bool, changes: tuple[str, ...], book_name: str) -> None:
    """Kiểm tra một đề nghị xếp loại theo quy định; với --what-if thì xem thay đổi dữ kiện dẫn đến điều gì."""
    document = load_input(Path(file))
    asked, book = judge.read_changes(changes), load_rulebook(book_name)
    result = judge.what_if(document, asked, book=book) if asked else judge.validate_document(document, book=book)
    answers = result.get("cases", {"": result})
    if json_output:
        print_json(result)
    else:
        for name, answer in answers.items():
            _print_change(name, answer, book) if changes else _print_verdict(name, answer, book)
    if not all((answer["after"] if changes else answer)["allowed"] for answer in answers.values()):
        sys.exit(1)


def _print_change(name: str, answer: dict[str, Any], book: Rulebook) -> None:
    _print_verdict(f"{name}, hiện nay" if name else "Hiện nay", answer["before"], book, with_findings=False)
    _print_verdict(f"{name}, sau khi đổi" if name else "Sau khi đổi", answer["after"], book, with_findings=False)
    for heading, findings in (("Không còn:", answer["gone"]), ("Thêm:", answer["new"])):
        if findings:
            click.echo(heading)
            _print_findings(findings)
    if not answer["gone"] and not answer["new"]:
        click.echo("Không có kết luận nào thêm hoặc bớt.")


def _print_verdict(name: str, verdict: dict[str, Any], book: Rulebook, with_findings: bool = True) -> None:
    mark = "Được" if verdict["allowed"] else "Không được"
    highest = book.levels.label(str(verdict["highest_allowed_level"]))
    click.echo(f"{name}{': ' if name else ''}{mark}. Mức cao nhất: {highest}.")
    if with_findings:
        _print_findings(verdict["findings"])


def _print_findings(findings: list[dict[str, Any]]) -> None:
    if findings:
        table(
            ["Quy tắc", "Nội dung", "Đã có", "Cần có", "Cách sửa", "Căn cứ"],
            [
                (one["rule_id"], one["message"], one["given"], one["needed"], one["remedy"], one["citation"])
                for one in findings
            ],
        )


@command("check")
@click.argument("files", nargs=-1, required=True, type=FILE)
@as_json
@in_book
def check_command(files: tuple[str, ...], json_output: bool, book_name: str) -> None:
    """Chạy các trường hợp kiểm tra quy định trong tệp."""
    results: dict[str, object] = {}
    for file in files:
        results |= judge.check_cases(load_input(Path(file)), book=load_rulebook(book_name))
    if json_output:
        print_json(results)
        return
    for name, fields in results.items():
        click.echo(f"{name}: {fields}")


@command("generate")
@click.argument("code")
@click.argument("file", type=FILE)
@click.option("-o", "--output", required=True, type=NEW_FILE, help="Tệp Word sẽ ghi.")
@click.option("--pdf", is_flag=True, help="Ghi thêm tệp PDF bên cạnh.")
@click.option("--draft", is_flag=True, help="Bản dự thảo.")
@click.option("--blank", is_flag=True, help="Phôi: chỉ điền tên, đơn vị; phần còn lại để trống.")
@click.option("--unit", type=TEXT, help="Lập theo mẫu của đơn vị này; bỏ trống là mẫu của cơ quan.")
@in_book
@click.pass_context
def generate_command(
    ctx: click.Context, code: str, file: str, output: str, pdf: bool, draft: bool, blank: bool, unit: str | None,
    book_name: str,
) -> None:  # fmt: skip
    """Lập một văn bản từ dữ liệu YAML hoặc JSON."""
    if draft and blank:
        raise click.UsageError("Chỉ chọn một trong --draft và --blank.")
    state = "blank" if blank else "draft" if draft else "final"
    templates, book = own_templates(ctx, unit, book_name), load_rulebook(book_name)
    sheets = own_sheets(ctx, unit, book)
    made = generate(code, load_input(Path(file)), state=state, book=book, templates=templates, sheets=sheets)
    for judgement in made.judgements:
        for finding in judgement.verdict.findings:
            who = f"{judgement.subject}: " if judgement.subject else ""
            say(f"{who}{finding.message}. {finding.remedy} [{finding.rule_id}; {finding.citation}]")
    for remark in made.remarks:
        say(str(remark))
    write_bytes(Path(output), made.word)
    say(f"Đã ghi {output}")
    if pdf:
        target = Path(output).with_suffix(".pdf")
        write_bytes(target, convert([made.word])[0].data)
        say(f"Đã ghi {target}")


@command("format")
@click.argument("file", type=FILE)
@as_json
@in_book
def format_command(file: str, json_output: bool, book_name: str) -> None:
    """So một tệp Word với thể thức HD 36-HD/VPTW, hoặc thể thức của bộ quy tắc khác."""
    book = load_rulebook(book_name)
    found = departures(read_bytes(file), load_profile(book.format_profile, book.package))
    if json_output:
        print_json([one.as_dict() for one in found])
    elif found:
        table(["Chỗ", "Khác thể thức", "Căn cứ"], [(one.where, one.message, one.cites) for one in found])
    else:
        click.echo("Đúng thể thức.")
    if found:
        sys.exit(1)


@command("calendar")
@click.argument("year", type=whole_number(1900, 2100))
@as_json
def calendar_command(year: int, json_output: bool) -> None:
    """Ngày nghỉ và ngày làm bù của một năm."""
    listed = working_calendar.calendar_year(year)
    if json_output:
        print_json(listed)
        return
    table(
        ["Ngày", "Loại", "Nội dung", "Nguồn"],
        [
            (short_date(date.fromisoformat(row["date"])), row["kind_label"], row["name"], row["source"])
            for row in listed
        ],
    )
    click.echo(f"{working_calendar.year_note(year)}.")


COMMANDS = (
    forms_command,
    schema_command,
    sample_command,
    validate_command,
    check_command,
    generate_command,
    format_command,
    calendar_command,
)
