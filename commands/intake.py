"""The command that takes people's own papers in, and shows those that wait for a person's decision."""

from __future__ import annotations

from pathlib import Path

import click

from archive.campaigns.opening import find_campaign
from archive.intake.errors import DecisionUnusable
from archive.intake.machine_reading import reader_name
from archive.intake.matching import kinds
from archive.intake.recognising import Decision
from archive.intake.run import Amendment, intake
from commands.console import account_at_work, actor, as_json, print_json, say, table, the_office
from commands.wording import FOLDER, TEXT, command
from generator.vietnamese import nfc
from search.index import drain

_MATCHED = {"code": "mã trên giấy", "name": "tên tệp", "decision": "người quyết định"}


def _print_kinds(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """The kinds of papers a decision may name, before anything else of the call is read."""
    if wanted:
        for kind in kinds():
            click.echo(f"{kind.code}: {kind.title}")
        ctx.exit()


@command("intake")
@click.argument("source", metavar="FOLDER", type=FOLDER)
@click.option("--period", help="Đợt đánh giá, khi có nhiều đợt.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ nhận giấy tờ nào, không thay đổi gì.")
@click.option(
    "--as",
    "decided",
    nargs=2,
    type=(str, str),
    multiple=True,
    metavar="MÃ:LOẠI TỆP",
    help="Quyết định một tệp là của ai, giấy gì, ví dụ: --as DV082:self_review CBK2/scan0012.pdf; ghi được nhiều lần.",
)
@click.option(
    "--kinds",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_kinds,
    help="Liệt kê các loại giấy dùng cho --as rồi dừng.",
)
@click.option("--reason", type=TEXT, help="Lý do bổ sung vào hồ sơ đã nộp lưu (tài khoản người duyệt ghi ở HOSO_USER).")
@click.option("--document", type=TEXT, default="", help="Văn bản cho phép bổ sung vào hồ sơ đã nộp lưu.")
@as_json
@click.pass_context
def intake_command(
    ctx: click.Context, source: str, period: str | None, dry_run: bool, decided: tuple[tuple[str, str], ...],
    reason: str | None, document: str, json_output: bool,
) -> None:  # fmt: skip
    """Nhận giấy tờ do từng người nộp (Word, PDF, ảnh chụp, bản quét) vào hồ sơ."""
    office = the_office(ctx)
    database = office.connect()
    campaign = find_campaign(database, period) if period else None
    report = intake(
        office, Path(source), actor=actor(), dry_run=dry_run, campaign_id=campaign.id if campaign else None,
        decisions=_decisions(decided),
        amendment=Amendment(reason, document, account_at_work(database)) if reason else None,
    )  # fmt: skip
    drain(office, database)
    if json_output:
        print_json(report.as_dict())
        return
    if report.taken:
        table(
            ["Tệp", "Của ai", "Giấy tờ", "Nhận theo"],
            [(one.file, one.subject, one.title, _MATCHED[one.matched_by]) for one in report.taken],
        )
    for left in (*report.undecided, *report.refused):
        say(f"• {left}")
    for taken in report.taken:
        for note in taken.notes():
            say(f"– {note}")
    if report.unread and not reader_name():
        say(
            f"– {report.unread} bản quét chưa có chữ để tìm kiếm: máy chưa cài tesseract có tiếng Việt "
            "(gói tesseract-ocr và tesseract-ocr-vie). Cài xong, chạy lại lệnh này thì đọc tiếp."
        )
    click.echo(report.summary())


def _decisions(decided: tuple[tuple[str, str], ...]) -> dict[str, Decision]:
    made = {}
    for told, file in decided:
        subject, separator, kind = nfc(told).rpartition(":")
        if not separator or not subject or not kind:
            raise DecisionUnusable(f"“{told}” phải viết là MÃ:LOẠI, ví dụ DV082:self_review.")
        made[file] = Decision(subject, kind)
    return made


COMMANDS = (intake_command,)
