"""Commands about finding: searching dossiers, a person's history, the index."""

from __future__ import annotations

from datetime import date

import click

from commands.console import as_json, print_json, table, the_office
from commands.wording import TEXT, command, whole_number
from generator.facts.values import choice_label
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import short_date
from search.find import find
from search.history import history
from search.index import reindex


def _level(book: Rulebook, code: str | None) -> str:
    return book.levels.label(code) if code else ""


def _state(code: str) -> str:
    # A result of a year before hoso has a decision on paper and no dossier.
    return "Theo giấy tờ cũ" if code == "paper" else choice_label("dossier_status", code)


@command("search")
@click.argument("query", type=TEXT)
@click.option("--period", help="Năm.")
@click.option("--level", help="Mức xếp loại.")
@click.option("--unit", type=TEXT, help="Mã hoặc tên đơn vị.")
@click.option("--kind", help="Loại hồ sơ.")
@click.option("--status", help="Trạng thái.")
@click.option("--limit", type=whole_number(1, 1000), default=20, show_default=True, help="Số hồ sơ hiện ra.")
@as_json
@click.pass_context
def search_command(
    ctx: click.Context,
    query: str,
    period: str | None,
    level: str | None,
    unit: str | None,
    kind: str | None,
    status: str | None,
    limit: int,
    json_output: bool,
) -> None:
    """Tìm hồ sơ theo tên, đơn vị, nội dung; có dấu hay không dấu đều được."""
    office = the_office(ctx)
    found = find(
        office, office.connect(), query, period=period, level=level, unit=unit, kind=kind, status=status, limit=limit
    )
    if json_output:
        print_json(found)
        return
    book = load_rulebook(office.settings.rulebook)
    if "meant" in found:
        click.echo(f"Không có hồ sơ nào có đủ các từ đã gõ; dưới đây là kết quả tìm “{found['meant']}”.")
    click.echo(f"{found['total']} hồ sơ")
    table(
        ["Đối tượng", "Đơn vị", "Năm", "Loại", "Mức", "Trạng thái", "Hồ sơ"],
        [
            (
                hit["subject"],
                hit["unit"],
                hit["period"],
                choice_label("capacity", hit["kind"]) if hit["kind"] != "campaign" else "Hồ sơ đợt",
                _level(book, hit["level"]),
                choice_label("dossier_status", hit["status"])
                + ("; đang có khiếu nại" if hit["complaint"] == "open" else ""),
                hit["dossier_id"],
            )
            for hit in found["hits"]
        ],
    )


@command("history")
@click.argument("name_or_id", type=TEXT)
@as_json
@click.pass_context
def history_command(ctx: click.Context, name_or_id: str, json_output: bool) -> None:
    """Kết quả các năm của một người, theo tên, mã hoặc số thẻ."""
    office = the_office(ctx)
    found = history(office.connect(), name_or_id)
    if json_output:
        print_json(found)
        return
    book = load_rulebook(office.settings.rulebook)
    if not found["matches"]:
        click.echo("Không tìm thấy ai.")
    for match in found["matches"]:
        born = short_date(date.fromisoformat(match["birth_date"])) if match["birth_date"] else "chưa rõ"
        click.echo(f"{match['name']} (sinh ngày {born}) – {match['unit'] or 'hiện không sinh hoạt ở chi bộ nào'}")
        table(
            ["Năm", "Tư cách", "Mức", "Quyết định", "Trạng thái", "Hồ sơ"],
            [
                (
                    result["period"],
                    choice_label("capacity", result["capacity"]),
                    _level(book, result["level"]),
                    result["decision"],
                    _state(result["status"]),
                    result["dossier_id"],
                )
                for result in match["results"]
            ],
        )


@command("reindex")
@click.pass_context
def reindex_command(ctx: click.Context) -> None:
    """Lập lại chỉ mục tìm kiếm từ cơ sở dữ liệu."""
    office = the_office(ctx)
    count = reindex(office, office.connect())
    click.echo(f"Đã lập chỉ mục {count} hồ sơ.")


COMMANDS = (search_command, history_command, reindex_command)
