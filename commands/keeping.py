"""Commands about what is kept: dossiers, the check of every byte, the events."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from archive.campaigns.explaining import Explanation, Line, explain
from archive.campaigns.rulings import campaign_of
from archive.campaigns.opening import find_unit
from archive.records import events
from archive.records.database import rows
from archive.records.dossiers import DossierFilter, export, list_dossiers, show
from archive.store.fixity import verify
from commands.console import actor, as_json, print_json, table, the_office
from commands.wording import NEW_FOLDER, TEXT, command, group, one_of
from generator.facts.values import choice_label, choices
from generator.rules.rulebook import load_rulebook
from generator.rules.scale import Scale

KINDS = (*choices()["capacity"], "campaign")


@group("dossier")
def dossier_group() -> None:
    """Hồ sơ đã lập và nộp lưu."""


@dossier_group.command("list")
@click.option("--period", help="Năm.")
@click.option("--unit", type=TEXT, help="Mã hoặc tên đơn vị.")
@click.option("--kind", type=one_of(KINDS), help="Loại hồ sơ.")
@click.option("--status", type=one_of(tuple(choices()["dossier_status"])), help="Trạng thái.")
@as_json
@click.pass_context
def list_command(
    ctx: click.Context, period: str | None, unit: str | None, kind: str | None, status: str | None, json_output: bool
) -> None:
    """Danh sách hồ sơ."""
    office = the_office(ctx)
    database = office.connect()
    if unit:
        find_unit(database, unit)
    found = list_dossiers(database, DossierFilter(period=period, unit=unit, kind=kind, status=status))
    if json_output:
        print_json(found)
        return
    levels = load_rulebook(office.settings.rulebook).levels
    table(
        ["Hồ sơ", "Đối tượng", "Đơn vị", "Năm", "Mức", "Trạng thái"],
        [
            (
                row["dossier_id"],
                row["subject"],
                row["unit"],
                row["period"],
                levels.label(row["level"]) if row["level"] else "",
                choice_label("dossier_status", row["status"]),
            )
            for row in found
        ],
    )


@dossier_group.command("show")
@click.argument("dossier", type=TEXT)
@as_json
@click.pass_context
def show_command(ctx: click.Context, dossier: str, json_output: bool) -> None:
    """Một hồ sơ: trạng thái, giấy tờ, điều còn thiếu."""
    office = the_office(ctx)
    found = show(office.connect(), dossier)
    if json_output:
        print_json(found)
        return
    click.echo(f"{found['title']}\n{found['subject']} – {found['unit']}")
    click.echo(f"Trạng thái: {choice_label('dossier_status', found['status'])}; phiên bản {found['version']}")
    for waits in found["waits_for"]:
        click.echo(f"Còn thiếu: {waits}")
    table(["Tệp", "Tên tài liệu", "Cỡ (byte)"], [(one["path"], one["title"], one["size"]) for one in found["files"]])


@dossier_group.command("export")
@click.argument("dossier", type=TEXT)
@click.option("-o", "--output", required=True, type=NEW_FOLDER, help="Thư mục sẽ ghi vào.")
@click.pass_context
def export_command(ctx: click.Context, dossier: str, output: str) -> None:
    """Chép các tệp của một hồ sơ ra thư mục."""
    office = the_office(ctx)
    written = export(office, office.connect(), dossier, Path(output), actor=actor())
    click.echo(f"Đã chép {len(written)} tệp vào {output}")


@command("why")
@click.argument("dossier", type=TEXT)
@as_json
@click.pass_context
def why_command(ctx: click.Context, dossier: str, json_output: bool) -> None:
    """Vì sao được hay không được mức ấy: từng quy tắc, căn cứ, đã có, cần có; còn gì ngăn mức cao hơn."""
    office = the_office(ctx)
    database = office.connect()
    found = explain(database, dossier)
    if json_output:
        print_json([line.as_dict() for line in found.lines])
        return
    levels = load_rulebook(campaign_of(database, dossier).rulebook).levels
    for sentence in _verdict(found, levels):
        click.echo(sentence)
    _print_lines([line for line in found.lines if not _only_before_next(line)])
    ahead = [line for line in found.lines if _only_before_next(line)]
    if ahead and found.next_level:
        click.echo(f"Để được “{levels.label(found.next_level)}” còn thiếu:")
        _print_lines(ahead)


def _verdict(found: Explanation, levels: Scale) -> Iterator[str]:
    yield found.subject
    if found.level:
        yield f"Mức đang ghi: {levels.label(found.level)}"
    if found.highest:
        yield f"Mức cao nhất các điều kiện cho phép: {levels.label(found.highest)}"
    if found.step:
        yield f"Đang ở bước: {found.step}"
    yield from found.incomplete
    if not found.lines and not found.incomplete:
        yield "Không có điều gì trái quy định."


def _only_before_next(line: Line) -> bool:
    return line.keeps_from is not None and line.finding.severity == "info"


def _print_lines(lines: Sequence[Line]) -> None:
    if not lines:
        return
    table(
        ["Quy tắc", "Nội dung", "Đã có", "Cần có", "Tác dụng", "Cách sửa", "Căn cứ", "Ngoại lệ", "Cách hiểu"],
        [
            (
                line.finding.rule_id,
                line.finding.message,
                line.finding.given,
                line.finding.needed,
                line.effect,
                line.finding.remedy,
                line.finding.citation,
                f"{line.waiver.approver_name}: {line.waiver.reason}" if line.waiver else "",
                " ".join(line.read_as),
            )
            for line in lines
        ],
    )


@command("verify")
@as_json
@click.pass_context
def verify_command(ctx: click.Context, json_output: bool) -> None:
    """Kiểm tra từng byte trong kho và đối chiếu với cơ sở dữ liệu."""
    office = the_office(ctx)
    damages = verify(office, office.connect())
    if json_output:
        print_json([damage.as_dict() for damage in damages])
    elif damages:
        for damage in damages:
            click.echo(f"✗ {damage}")
    else:
        click.echo("Kho nguyên vẹn.")
    if damages:
        sys.exit(1)


@group("events")
def events_group() -> None:
    """Nhật ký: ai đã làm gì, lúc nào."""


@events_group.command("verify")
@as_json
@click.pass_context
def events_verify_command(ctx: click.Context, json_output: bool) -> None:
    """Kiểm tra chuỗi nhật ký có bị sửa, bị cắt không."""
    database = the_office(ctx).connect()
    broken = list(events.broken(database))
    count = rows(database, "SELECT count(*) AS count FROM event")[0]["count"]
    if json_output:
        print_json({"events": count, "broken": broken, "head": events.head(database)})
    elif broken:
        click.echo(f"Chuỗi nhật ký không khớp tại: {', '.join(str(number) for number in broken)}.")
    else:
        click.echo(f"Nhật ký nguyên vẹn: {count} việc, đầu chuỗi {events.head(database)[:16]}.")
    if broken:
        sys.exit(1)


COMMANDS = (dossier_group, why_command, verify_command, events_group)
