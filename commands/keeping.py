"""Commands about what is kept: dossiers, and why a level stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from archive.afterwards.amending import present_day
from archive.afterwards.complaint_reading import STATES
from archive.afterwards.concluding import OUTCOMES
from archive.afterwards.story import story
from archive.campaigns.explaining import Explanation, Line, explain
from archive.campaigns.opening import find_unit
from archive.campaigns.rulings import campaign_of
from archive.records.dossiers import DossierFilter, export, list_dossiers, record_seen, show
from commands.console import account_at_work, actor, as_json, print_json, say, table, the_office
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
@click.option("--complaint", type=one_of(("open", "none")), help="Có khiếu nại chưa kết luận (open) hay không (none).")
@as_json
@click.pass_context
def list_command(
    ctx: click.Context, period: str | None, unit: str | None, kind: str | None, status: str | None,
    complaint: str | None, json_output: bool,
) -> None:  # fmt: skip
    """Danh sách hồ sơ."""
    office = the_office(ctx)
    database = office.connect()
    if unit:
        find_unit(database, unit)
    found = list_dossiers(
        database, DossierFilter(period=period, unit=unit, kind=kind, status=status, complaint=complaint)
    )
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
                choice_label("dossier_status", row["status"])
                + ("; đang có khiếu nại" if row["complaint"] == "open" else ""),
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
    database = office.connect()
    account = account_at_work(database)
    found = {**show(database, dossier), **story(database, dossier, account, present_day())}
    record_seen(database, dossier, actor=account.id if account else actor(), with_texts=found["with_texts"])
    if json_output:
        print_json(found)
        return
    click.echo(f"{found['title']}\n{found['subject']} – {found['unit']}")
    click.echo(f"Trạng thái: {choice_label('dossier_status', found['status'])}; phiên bản {found['version']}")
    for sentence in _afterwards(found, load_rulebook(office.settings.rulebook).levels):
        click.echo(sentence)
    for waits in found["waits_for"]:
        click.echo(f"Còn thiếu: {waits}")
    table(["Tệp", "Tên tài liệu", "Cỡ (byte)"], [(one["path"], one["title"], one["size"]) for one in found["files"]])


def _afterwards(found: Mapping[str, Any], levels: Scale) -> Iterator[str]:
    """What became of the result, a sentence each."""
    for annulled in found["annulments"]:
        again = f"; xếp loại lại: {levels.label(annulled['new_level'])}" if annulled["new_level"] else ""
        yield f"Đã hủy kết quả “{levels.label(annulled['level'])}” theo {annulled['document']}{again}."
        yield f"{annulled['clock']['sentence']}."
    for complaint in found["complaints"]:
        ended = [OUTCOMES[step["outcome"]].lower() for step in complaint["steps"] if step["outcome"]]
        told = f" ({ended[0]})" if ended else ""
        yield f"Khiếu nại {complaint['id']}: {STATES[complaint['state']].lower()}{told}."
    for opinion in found["reserved_opinions"]:
        yield f"Ý kiến bảo lưu của {opinion['holder']} ngày {opinion['received_on']}."
    for correction in found["corrections"]:
        yield f"Đã sửa sau khi nộp lưu ({correction['approver_name']}): {correction['reason']}."


@dossier_group.command("export")
@click.argument("dossier", type=TEXT)
@click.option("-o", "--output", required=True, type=NEW_FOLDER, help="Thư mục sẽ ghi vào.")
@click.pass_context
def export_command(ctx: click.Context, dossier: str, output: str) -> None:
    """Chép các tệp của một hồ sơ ra thư mục."""
    office = the_office(ctx)
    database = office.connect()
    account = account_at_work(database)
    done = export(office, database, dossier, Path(output), actor=account.id if account else actor(), account=account)
    click.echo(f"Đã chép {len(done.written)} tệp vào {output}")
    if done.left_out:
        say(f"Không chép tài liệu hạn chế (cần HOSO_USER có quyền): {', '.join(done.left_out)}")


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
        ["Quy tắc", "Nội dung, căn cứ", "Đã có", "Cần có", "Tác dụng"],
        [
            (
                line.finding.rule_id,
                f"{line.finding.message}\n({line.finding.citation})",
                line.finding.given,
                "\nCách sửa: ".join(filter(None, (line.finding.needed, line.finding.remedy))),
                line.effect,
            )
            for line in lines
        ],
    )
    for line in lines:
        if line.waiver:
            waiver = line.waiver
            click.echo(f"Ngoại lệ cho {waiver.rule_id}: {waiver.approver_name}, {waiver.document}: {waiver.reason}")
    for sentence in dict.fromkeys(sentence for line in lines for sentence in line.read_as):
        click.echo(f"Cách hiểu: {sentence}")


COMMANDS = (dossier_group, why_command)
