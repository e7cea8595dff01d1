"""Commands that check what is kept: every byte of the store, the rows behind it, the index, the events."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import click

from archive.afterwards.amending import present_day
from archive.errors import DatabaseLost, FolderUnusable
from archive.records import events
from archive.records.chain_paper import head_lines, head_paper
from archive.records.database import writing
from archive.store.chain_fixity import check_chain
from archive.store.damage import REBUILD, RESTORE, Damage
from archive.store.fixity import check_store
from commands.console import actor, as_json, print_json, progress_bar, the_office, write_bytes
from commands.wording import NEW_FILE, command, group, whole_number
from search.index_fixity import check_index

_BROKEN = f"Nếu cơ sở dữ liệu hỏng: {RESTORE[0].lower()}{RESTORE[1:]}, hoặc {REBUILD[0].lower()}{REBUILD[1:]}"


@command("verify")
@click.option("--limit", type=whole_number(1, 1_000_000), help="Chỉ kiểm tra chừng này hồ sơ, lâu chưa kiểm tra trước.")
@click.option("--minutes", type=whole_number(1, 100_000), help="Chỉ kiểm tra trong chừng này phút; lần sau làm tiếp.")
@as_json
@click.pass_context
def verify_command(ctx: click.Context, limit: int | None, minutes: int | None, json_output: bool) -> None:
    """Kiểm tra từng byte trong kho và đối chiếu với cơ sở dữ liệu, chỉ mục, nhật ký."""
    damages, told = _checked(ctx, limit, minutes, quiet=json_output)
    if json_output:
        print_json([damage.as_dict() for damage in damages])
    elif damages:
        for damage in damages:
            click.echo(f"✗ {damage}")
    else:
        click.echo(f"Kho nguyên vẹn{told}.")
    if damages:
        sys.exit(1)


def _checked(ctx: click.Context, limit: int | None, minutes: int | None, *, quiet: bool) -> tuple[list[Damage], str]:
    """What is damaged, and how far a limited check got; a database that cannot be read is a damage too."""
    try:
        office = the_office(ctx)
        database = office.connect()
        with progress_bar(quiet=quiet) as progress:
            found = check_store(office, database, actor=actor(), limit=limit, minutes=minutes, progress=progress)
        damages = [*found.damages, *check_index(office, database)]
    except (DatabaseLost, FolderUnusable) as error:
        return [Damage("row", "", "cơ sở dữ liệu", error.message.rstrip("."), _BROKEN)], ""
    except sqlite3.DatabaseError as error:
        return [Damage("row", "", "cơ sở dữ liệu", f"Không đọc hoặc ghi được ({error})", _BROKEN)], ""
    told = "" if found.checked == found.objects else f" (đã kiểm tra {found.checked}/{found.objects} hồ sơ)"
    return damages, told


@group("events")
def events_group() -> None:
    """Nhật ký: ai đã làm gì, lúc nào."""


@events_group.command("verify")
@as_json
@click.pass_context
def events_verify_command(ctx: click.Context, json_output: bool) -> None:
    """Kiểm tra chuỗi nhật ký có bị sửa, bị cắt không."""
    office = the_office(ctx)
    report = check_chain(office, office.connect())
    if json_output:
        print_json({
            "events": report.events,
            "broken": list(report.broken),
            "head": report.head,
            "lost": report.lost,
            "damages": [damage.as_dict() for damage in report.damages],
        })  # fmt: skip
    elif report.damages:
        for damage in report.damages:
            click.echo(f"✗ {damage}")
    else:
        gaps = f", {report.lost} chỗ mất theo cơ sở dữ liệu cũ" if report.lost else ""
        click.echo(f"Nhật ký nguyên vẹn: {report.events} việc{gaps}, đầu chuỗi {report.head[:16]}.")
    if report.damages:
        sys.exit(1)


@events_group.command("head")
@click.option("-o", "--output", type=NEW_FILE, help="Ghi thành tệp Word để in, ký và cất riêng.")
@as_json
@click.pass_context
def events_head_command(ctx: click.Context, output: str | None, json_output: bool) -> None:
    """Số việc và mã đầu chuỗi nhật ký, để in ra, ký và đối chiếu về sau."""
    database = the_office(ctx).connect()
    newest, lines = events.last(database), head_lines(database)
    if output:
        write_bytes(Path(output), head_paper(database, present_day()))
        with writing(database):
            note = f"seq={newest['seq']}"
            events.append(database, actor=actor(), action="events.printed", subject="events", note=note)
    if json_output:
        print_json({"seq": newest["seq"], "hash": newest["hash"]})
        return
    for line in lines:
        click.echo(line)
    if output:
        click.echo(f"Đã ghi {output}")


COMMANDS = (verify_command, events_group)
