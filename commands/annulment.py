"""Commands that change what is decided or filed: annulling, classifying again, filing or correcting one dossier."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from archive.afterwards.annulments import CAUSES, annul
from archive.afterwards.complaint_reading import complaint_named
from archive.afterwards.corrections import Correction, FiledOne, correct, file_dossier
from archive.afterwards.outcome import Changed
from archive.afterwards.reclassifying import reclassify, report_upward
from archive.campaigns.stages import Situation
from commands.complaints import TITLES, attachments_of, day_of, say_findings
from commands.console import account_at_work, actor, as_json, print_json, say, the_office
from commands.standing import FactUnread, print_effects
from commands.wording import DAY, FILE, TEXT, command, one_of
from generator.facts.values import choice_label
from search.index import drain

_DOSSIER = click.argument("dossier", metavar="MÃ-HỒ-SƠ", type=TEXT)


@command("annul")
@_DOSSIER
@click.option("--reason", required=True, type=TEXT, help="Khuyết điểm phát hiện hoặc điều kiện không bảo đảm.")
@click.option("--document", required=True, type=TEXT, help="Số quyết định hủy kết quả, ví dụ 21-QĐ/ĐU.")
@click.option("--on", "day", type=DAY, help="Ngày quyết định hủy; bỏ trống thì là hôm nay.")
@click.option("--cause", type=one_of(tuple(CAUSES)), default="fault", show_default=True,
              help="fault: phát hiện khuyết điểm; conditions: không bảo đảm điều kiện của mức.")  # fmt: skip
@click.option("--complaint", type=TEXT, help="Mã khiếu nại đã kết luận hủy kết quả.")
@click.option("--body", type=TEXT, help="Cơ quan quyết định hủy; bỏ trống thì là nơi đã quyết định xếp loại.")
@click.option("--file", "files", type=FILE, multiple=True, help="Bản quét quyết định hoặc giấy tờ kèm theo.")
@TITLES
@as_json
@click.pass_context
def annul_command(
    ctx: click.Context, dossier: str, reason: str, document: str, day: datetime | None, cause: str,
    complaint: str | None, body: str | None, files: tuple[str, ...], titles: tuple[str, ...], json_output: bool,
) -> None:  # fmt: skip
    """Hủy kết quả xếp loại (người duyệt): kết quả cũ giữ lại, thời hạn 30 ngày làm việc bắt đầu."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        done, situation = annul(
            office, database, dossier, reason=reason, document=document, annulled_on=day_of(day), cause=cause,
            complaint=complaint_named(database, complaint, only_open=False) if complaint else None, body=body,
            attachments=attachments_of(files, titles), account=account_at_work(database),
        )  # fmt: skip
    drain(office, database)
    _tell(done, situation, "Đã hủy kết quả xếp loại.", json_output)


@command("reclassify")
@_DOSSIER
@click.option("--level", type=TEXT, help="Mức xếp loại lại.")
@click.option("--decision", type=TEXT, help="Số quyết định xếp loại lại, ví dụ 25-QĐ/ĐU.")
@click.option("--on", "day", type=DAY, help="Ngày quyết định; bỏ trống thì là hôm nay.")
@click.option("--comment", type=TEXT, help="Nhận xét in trong quyết định.")
@click.option("--body", type=TEXT, help="Cơ quan quyết định; bỏ trống thì là nơi đã hủy kết quả.")
@click.option("--reviewed", type=DAY, help="Ngày kiểm điểm lại.")
@click.option("--voted", type=DAY, help="Ngày bỏ phiếu kín; bỏ trống thì là ngày quyết định.")
@click.option("--reported", type=DAY, help="Ngày báo cáo cấp ủy cấp trên.")
@click.option("--report", type=TEXT, help="Số báo cáo gửi cấp trên, ví dụ 12-BC/ĐU.")
@as_json
@click.pass_context
def reclassify_command(
    ctx: click.Context, dossier: str, level: str | None, decision: str | None, day: datetime | None,
    comment: str | None, body: str | None, reviewed: datetime | None, voted: datetime | None,
    reported: datetime | None, report: str | None, json_output: bool,
) -> None:  # fmt: skip
    """Xếp loại lại sau khi hủy kết quả, hoặc chỉ ghi việc báo cáo cấp trên (--reported, --report)."""
    if bool(level) != bool(decision) or bool(reported) != bool(report) or not (level or reported):
        raise click.UsageError("Phải ghi cả --level và --decision, hoặc cả --reported và --report, hoặc cả bốn.")
    office = the_office(ctx)
    database = office.connect()
    account = account_at_work(database)
    reported_on = reported.date() if reported else None
    with office.locked():
        if level and decision:
            done, situation = reclassify(
                office, database, dossier, level=level, decision=decision, decided_on=day_of(day), comment=comment,
                body=body, reviewed_on=reviewed.date() if reviewed else None,
                voted_on=voted.date() if voted else None, reported_on=reported_on, report=report, account=account,
            )  # fmt: skip
        else:
            done, situation = report_upward(
                office, database, dossier, reported_on=day_of(reported), report=report or "", account=account
            )
    drain(office, database)
    _tell(done, situation, "Đã xếp loại lại." if level else "Đã ghi việc báo cáo cấp trên.", json_output)


@command("file")
@_DOSSIER
@click.option("--reason", type=TEXT, help="Lý do sửa hồ sơ đã nộp lưu (người duyệt).")
@click.option("--document", type=TEXT, default="", help="Văn bản cho phép sửa.")
@click.option("--fact", "facts", multiple=True, type=TEXT, metavar="TÊN=GIÁ-TRỊ", help="Một điều đã ghi, sửa lại.")
@click.option("--file", "files", type=FILE, multiple=True, help="Giấy tờ bổ sung.")
@click.option("--item", type=TEXT, default="other_documents", show_default=True, help="Mục của giấy tờ bổ sung.")
@TITLES
@click.option("--no-pdf", is_flag=True, help="Không tạo PDF.")
@as_json
@click.pass_context
def file_command(
    ctx: click.Context, dossier: str, reason: str | None, document: str, facts: tuple[str, ...],
    files: tuple[str, ...], item: str, titles: tuple[str, ...], no_pdf: bool, json_output: bool,
) -> None:  # fmt: skip
    """Nộp lưu một hồ sơ; hồ sơ đã nộp lưu thì sửa, có lý do và người duyệt, thành phiên bản mới."""
    if (facts or files) and not reason:
        raise click.UsageError("Sửa hoặc bổ sung hồ sơ phải có --reason.")
    office = the_office(ctx)
    database = office.connect()
    if reason:
        wanted = Correction(reason, document, dict(_pair(fact) for fact in facts), attachments_of(files, titles), item)
        with office.locked():
            done = correct(office, database, dossier, wanted, account=account_at_work(database))
    else:
        done = file_dossier(office, database, dossier, actor=actor(), with_pdf=not no_pdf)
    drain(office, database)
    _tell_filed(done, json_output)
    if done.findings:
        sys.exit(1)


def _tell_filed(done: FiledOne, json_output: bool) -> None:
    say_findings(done.findings)
    if done.findings:
        say("Mức đã quyết định không còn bảo đảm điều kiện: phải hủy kết quả và xếp loại lại (V.1, gạch 7).")
    if json_output:
        print_json(done.as_dict())
        return
    made = f"phiên bản {done.version}" if done.changed else f"không có gì mới, vẫn là phiên bản {done.version}"
    click.echo(f"Hồ sơ {done.dossier_id}: {made}; {choice_label('dossier_status', done.status).lower()}.")
    for waits in done.waits_for:
        click.echo(f"Còn thiếu: {waits}")


def _tell(done: Changed, situation: Situation, sentence: str, json_output: bool) -> None:
    say_findings(done.clock.findings)
    if json_output:
        print_json(done.as_dict(situation))
        return
    click.echo(f"{sentence} {done.clock.sentence}.")
    if done.clock.advice:
        click.echo(f"{done.clock.advice}.")
    click.echo("Thay đổi kéo theo (chỉ báo để xem xét, không tự áp dụng):")
    print_effects(done.effects, situation.picture, situation.book.levels)


def _pair(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals or not name.strip():
        raise FactUnread(f"“{written}” chưa đúng: điều sửa phải ghi dạng tên=giá trị, ví dụ card_lost=true.")
    return name.strip(), value.strip()


COMMANDS = (annul_command, reclassify_command, file_command)
