"""Commands about which assessment sheet (Mẫu 3, Mẫu 4) serves which kind of organisation or collective."""

from __future__ import annotations

import click

from archive.campaigns.opening import find_unit
from archive.office.folder import open_office
from archive.office.sheets import name_sheet, office_sheets, set_sheet
from commands.console import actor, as_json, folder, print_json, say, table, the_office
from commands.templates import office_if_any
from commands.wording import TEXT, group
from generator.forms.assessed import Sheets, shipped_sheets
from generator.rules.rulebook import Rulebook, load_rulebook

_UNIT = click.option("--unit", type=TEXT, help="Mã hoặc tên đơn vị; bỏ trống là cho cả cơ quan.")
_DEFAULT = click.option("--default", "as_shipped", is_flag=True, help="Bỏ lựa chọn, trở về như phần mềm.")


def own_sheets(ctx: click.Context, unit: str | None, book: Rulebook) -> Sheets:
    """The sheets of the office, or of one of its units; as shipped where there is no data folder.

    Raises:
        NotFound: there is no such unit.
        NotAnOffice: a unit is named and there is no data folder.
    """
    office = open_office(folder(ctx)) if unit else office_if_any(ctx)
    if office is None:
        return shipped_sheets(book)
    database = office.connect()
    return office_sheets(database, book, find_unit(database, unit) if unit else None)


@group("sheets", invoke_without_command=True)
@_UNIT
@as_json
@click.pass_context
def sheets_group(ctx: click.Context, unit: str | None, json_output: bool) -> None:
    """Mẫu phiếu 3, 4 nào dùng cho loại tổ chức đảng, tập thể nào, và tên từng mẫu."""
    if ctx.invoked_subcommand:
        return
    office = office_if_any(ctx)
    book = load_rulebook(office.settings.rulebook) if office else load_rulebook()
    sheets, shipped = own_sheets(ctx, unit, book), shipped_sheets(book)
    listed = [
        {
            "kind": one.code,
            "label": one.label,
            "form": one.form,
            "shipped_form": shipped.kinds[one.code].form,
            "name": sheets.name(one.form),
        }
        for one in sheets.kinds.values()
    ]
    if json_output:
        print_json(listed)
    else:
        table(
            ["Mã loại", "Loại đối tượng", "Mẫu", "Mẫu theo phần mềm", "Tên mẫu"],
            [(row["kind"], row["label"], row["form"], row["shipped_form"], row["name"]) for row in listed],
        )


@sheets_group.command("set")
@click.argument("kind", metavar="LOẠI", type=TEXT)
@click.argument("form", metavar="[MẪU]", type=TEXT, required=False)
@_UNIT
@_DEFAULT
@click.pass_context
def set_sheet_command(ctx: click.Context, kind: str, form: str | None, unit: str | None, as_shipped: bool) -> None:
    """Chọn mẫu phiếu cho một loại đối tượng, ví dụ: hoso sheets set commune 3B.2."""
    if (form is None) != as_shipped:
        raise click.UsageError("Phải ghi mã mẫu, hoặc --default để trở về như phần mềm.")
    office = the_office(ctx)
    book = load_rulebook(office.settings.rulebook)
    with office.locked():
        database = office.connect()
        set_sheet(database, book, kind, form, unit_id=find_unit(database, unit) if unit else None, actor=actor())
    say("Đã ghi.")


@sheets_group.command("name")
@click.argument("form", metavar="MẪU", type=TEXT)
@click.argument("name", metavar="[TÊN]", type=TEXT, required=False)
@_UNIT
@_DEFAULT
@click.pass_context
def name_sheet_command(ctx: click.Context, form: str, name: str | None, unit: str | None, as_shipped: bool) -> None:
    """Đặt tên cho một mẫu phiếu, ví dụ: hoso sheets name 3B.2 "Đảng bộ xã, phường, thị trấn"."""
    if (name is None) != as_shipped:
        raise click.UsageError("Phải ghi tên mẫu, hoặc --default để trở về như phần mềm.")
    office = the_office(ctx)
    book = load_rulebook(office.settings.rulebook)
    with office.locked():
        database = office.connect()
        name_sheet(database, book, form, name, unit_id=find_unit(database, unit) if unit else None, actor=actor())
    say("Đã ghi.")


COMMANDS = (sheets_group,)
