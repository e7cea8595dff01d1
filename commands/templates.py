"""Commands about Word templates: which one each form uses, taking one out to edit, checking and installing it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from archive.campaigns.opening import find_unit
from archive.office.folder import Office, open_office
from archive.office.template_install import install_template, restore_template
from archive.office.templates import installed_templates, template_bytes, template_source
from commands.console import actor, as_json, folder, print_json, read_bytes, say, table, the_office, write_bytes
from commands.wording import FILE, NEW_FILE, TEXT, group, whole_number
from generator.documents import TemplateSource, shipped_bytes
from generator.forms.library import forms, manifest
from generator.forms.template_check import TemplateReport, check_template
from generator.rules.rulebook import Rulebook, load_rulebook

_SHIPPED = "hd13_2018"
of_unit = click.option("--unit", type=TEXT, help="Mã hoặc tên đơn vị; bỏ trống là cả cơ quan.")
in_rulebook = click.option("--rulebook", "book_name", help="Tên bộ quy tắc; bỏ trống là bộ cơ quan đang dùng.")


def office_if_any(ctx: click.Context) -> Office | None:
    """The data folder, where the call names one that is there; these commands serve without one too."""
    root = folder(ctx)
    return open_office(root) if (root / "hoso.toml").is_file() else None


def own_templates(ctx: click.Context, unit: str | None, book_name: str | None = None) -> TemplateSource | None:
    """The templates of the office, or of one of its units; None where there is no data folder.

    Raises:
        NotFound: there is no such unit.
        NotAnOffice: a unit is named and there is no data folder.
    """
    office = open_office(folder(ctx)) if unit else office_if_any(ctx)
    if office is None:
        return None
    database = office.connect()
    unit_id = find_unit(database, unit) if unit else None
    return template_source(office, database, book_name or office.settings.rulebook, unit_id)


def _book(office: Office | None, book_name: str | None) -> Rulebook:
    return load_rulebook(book_name or (office.settings.rulebook if office else _SHIPPED))


@group("template")
def template_group() -> None:
    """Mẫu Word của cơ quan: xem, lấy ra sửa, kiểm tra, cài, trở về mẫu gốc."""


@template_group.command("list")
@click.argument("code", metavar="[MÃ]", type=TEXT, required=False)
@in_rulebook
@as_json
@click.pass_context
def list_command(ctx: click.Context, code: str | None, book_name: str | None, json_output: bool) -> None:
    """Mẫu của từng biểu mẫu: mẫu gốc, và các bản đã cài cho cơ quan, cho đơn vị."""
    office = office_if_any(ctx)
    book = _book(office, book_name)
    installed = installed_templates(office.connect(), book.name) if office else []
    wanted = [manifest(code, book)] if code else list(forms(book).values())
    listed = [
        {
            "form": form.code,
            "title": form.title,
            "shipped": {"file": form.template, "digest": _digest(shipped_bytes(book.name, form.template))},
            "installed": [one.as_dict() for one in installed if one.form == form.code],
        }
        for form in wanted
    ]
    if json_output:
        print_json(listed)
        return
    table(["Mã", "Biểu mẫu", "Dùng cho", "Bản", "Đang dùng", "Tệp", "Cài lúc", "Người cài"], list(_lines(listed)))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _lines(listed: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    lines: list[tuple[Any, ...]] = []
    for form in listed:
        whole_office = any(one["in_force"] and not one["unit_id"] for one in form["installed"])
        used = "" if whole_office else "có"
        lines.append((form["form"], form["title"], "mẫu gốc", "", used, form["shipped"]["file"], "", ""))
        lines += [
            (
                form["form"], "", one["unit_name"] or "cả cơ quan", one["version"], "có" if one["in_force"] else "",
                one["file_name"], one["installed_at"][:16].replace("T", " "), one["installed_by"],
            )
            for one in form["installed"]
        ]  # fmt: skip
    return lines


@template_group.command("export")
@click.argument("code", metavar="MÃ", type=TEXT)
@click.argument("file", metavar="TỆP", type=NEW_FILE)
@of_unit
@click.option("--shipped", is_flag=True, help="Lấy mẫu gốc, dù đã cài mẫu khác.")
@click.option("--version", "number", type=whole_number(1, 100_000), help="Lấy một bản đã cài, theo số.")
@in_rulebook
@click.pass_context
def export_command(
    ctx: click.Context, code: str, file: str, unit: str | None, shipped: bool, number: int | None, book_name: str | None
) -> None:
    """Lấy mẫu đang dùng ra một tệp Word để sửa."""
    if shipped and (unit or number):
        raise click.UsageError("--shipped không đi cùng --unit hoặc --version.")
    office = open_office(folder(ctx)) if unit or number else office_if_any(ctx)
    book = _book(office, book_name)
    form = manifest(code, book)
    data = shipped_bytes(book.name, form.template)
    if office and not shipped:
        data = _own_bytes(office, book, form.code, unit, number) or data
    write_bytes(Path(file), data)
    say(f"Đã ghi {file}. Sửa bằng Word xong, kiểm tra bằng “hoso template lint {form.code} {file}”.")


def _own_bytes(office: Office, book: Rulebook, code: str, unit: str | None, number: int | None) -> bytes | None:
    database = office.connect()
    unit_id = find_unit(database, unit) if unit else None
    if number is None:
        own = template_source(office, database, book.name, unit_id)(manifest(code, book))
        digest = own.digest if own else None
        found = [one for one in installed_templates(database, book.name, code) if one.digest == digest]
    else:
        listed = installed_templates(database, book.name, code)
        found = [one for one in listed if one.unit_id == unit_id and one.version == number]
        if not found:
            raise click.UsageError(f"Mẫu {code} không có bản số {number} ở cấp này.")
    return template_bytes(office, found[0].path, found[0].digest) if found else None


def _say_report(report: TemplateReport, echo: Callable[[str], object]) -> None:
    for problem in report.problems:
        echo(f"• Lỗi: {problem}")
    for note in report.notes:
        echo(f"• Lưu ý: {note}")
    for tag in report.mended:
        echo(f"• Đã nối lại thẻ bị định dạng cắt rời: {tag}")


@template_group.command("lint")
@click.argument("code", metavar="MÃ", type=TEXT)
@click.argument("file", metavar="TỆP", type=FILE)
@in_rulebook
@as_json
@click.pass_context
def lint_command(ctx: click.Context, code: str, file: str, book_name: str | None, json_output: bool) -> None:
    """Kiểm tra một tệp Word có dùng làm mẫu được không; báo mọi chỗ sai một lần."""
    book = _book(office_if_any(ctx), book_name)
    report = check_template(read_bytes(file), manifest(code, book), book)
    if json_output:
        print_json(report.as_dict())
    else:
        _say_report(report, click.echo)
        if not report.problems:
            click.echo("Dùng làm mẫu được." if report.notes else "Mẫu đúng, đúng thể thức.")
    if report.problems or report.notes:
        sys.exit(1)


@template_group.command("install")
@click.argument("code", metavar="MÃ", type=TEXT)
@click.argument("file", metavar="TỆP", type=FILE)
@of_unit
@in_rulebook
@as_json
@click.pass_context
def install_command(
    ctx: click.Context, code: str, file: str, unit: str | None, book_name: str | None, json_output: bool
) -> None:
    """Cài một tệp Word làm mẫu cho cả cơ quan, hoặc cho một đơn vị và cấp dưới của nó."""
    office = the_office(ctx)
    database = office.connect()
    book = _book(office, book_name)
    unit_id = find_unit(database, unit) if unit else None
    with office.locked():
        made = install_template(
            office, database, book, code, read_bytes(file), file_name=Path(file).name, actor=actor(), unit_id=unit_id
        )
    if json_output:
        print_json({**made.template.as_dict(), "report": made.report.as_dict()})
        return
    _say_report(made.report, say)
    installed = made.template
    click.echo(
        f"Đã cài mẫu {installed.form} bản số {installed.version} cho {installed.unit_name or 'cả cơ quan'}. "
        "Văn bản chưa nộp lưu được lập lại theo mẫu này ở lần chạy đợt tới."
    )


@template_group.command("restore")
@click.argument("code", metavar="MÃ", type=TEXT)
@of_unit
@click.option("--version", "number", type=whole_number(1, 100_000), help="Trở về bản số này; bỏ trống là mẫu gốc.")
@in_rulebook
@click.pass_context
def restore_command(ctx: click.Context, code: str, unit: str | None, number: int | None, book_name: str | None) -> None:
    """Thôi dùng mẫu riêng: trở về mẫu của cấp trên hoặc mẫu gốc, hoặc một bản đã cài trước đó."""
    office = the_office(ctx)
    database = office.connect()
    book = _book(office, book_name)
    unit_id = find_unit(database, unit) if unit else None
    with office.locked():
        made = restore_template(office, database, book, code, actor=actor(), unit_id=unit_id, version=number)
    code = manifest(code, book).code
    if made:
        click.echo(f"Mẫu {code} dùng lại bản số {made.version}.")
    elif unit:
        click.echo(f"Mẫu {code} của đơn vị này trở về theo cấp trên.")
    else:
        click.echo(f"Mẫu {code} trở về mẫu gốc.")


COMMANDS = (template_group,)
