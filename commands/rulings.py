"""Commands about what an office decides beside the rules: what an approver lets pass, questions and answers."""

from __future__ import annotations

import click
from sqlite_utils import Database

from archive.campaigns.answers import ANSWERS, answer, questions
from archive.campaigns.opening import find_campaign
from archive.campaigns.refreshing import refresh_findings
from archive.campaigns.running import situation_of
from archive.campaigns.waivers import STATES, campaign_waivers, waive
from commands.console import account_at_work, actor, as_json, print_json, say, table, the_office
from commands.wording import TEXT, command, one_of


@command("waive")
@click.argument("dossier", type=TEXT, required=False)
@click.argument("rule", metavar="QUY-TẮC", type=TEXT, required=False)
@click.option("--reason", type=TEXT, help="Lý do chấp nhận ngoại lệ, in trong phiếu.")
@click.option("--document", type=TEXT, help="Văn bản làm căn cứ, in trong phiếu.")
@click.option("--list", "period", metavar="ĐỢT", type=TEXT, help="Danh sách ngoại lệ của một đợt, ví dụ 2018.")
@click.option("--unit", type=TEXT, help="Mã đơn vị chủ trì, khi nhiều đơn vị cùng mở đợt ấy.")
@as_json
@click.pass_context
def waive_command(
    ctx: click.Context, dossier: str | None, rule: str | None, reason: str | None, document: str | None,
    period: str | None, unit: str | None, json_output: bool,
) -> None:  # fmt: skip
    """Chấp nhận ngoại lệ cho một điểm chưa đúng quy định (người duyệt, ghi trong HOSO_USER), hoặc xem danh sách."""
    office = the_office(ctx)
    database = office.connect()
    if period:
        _list(database, period, unit, json_output)
        return
    if not (dossier and rule):
        raise click.UsageError("Phải ghi mã hồ sơ và mã quy tắc, hoặc --list ĐỢT để xem danh sách.")
    with office.locked():
        made = waive(
            database, dossier, rule, reason=reason or "", document=document or "", account=account_at_work(database)
        )
        refresh_findings(database, dossier)
    if json_output:
        print_json({"dossier_id": dossier, "rule_id": made.rule_id, "given_at": made.given_at})
    else:
        click.echo(
            f"Đã chấp nhận ngoại lệ cho quy tắc {made.rule_id}: {made.message}. "
            "Phiếu được lập và lưu vào hồ sơ ở lần chạy đợt tới."
        )


def _list(database: Database, period: str, unit: str | None, json_output: bool) -> None:
    found = campaign_waivers(database, situation_of(database, find_campaign(database, period, unit)))
    if json_output:
        print_json([one.as_dict() for one in found])
        return
    table(
        ["Hồ sơ", "Đối tượng", "Đơn vị", "Quy tắc", "Lý do", "Văn bản", "Người duyệt", "Ngày", "Tình trạng"],
        [
            (
                one.dossier_id, one.subject, one.unit, one.waiver.rule_id, one.waiver.reason, one.waiver.document,
                one.waiver.approver_name, one.waiver.given_at[:10], STATES[one.state],
            )
            for one in found
        ],
    )  # fmt: skip


@command("questions")
@click.argument("dossier", type=TEXT)
@as_json
@click.pass_context
def questions_command(ctx: click.Context, dossier: str, json_output: bool) -> None:
    """Những điều máy không xét được của một hồ sơ: câu hỏi còn mở và câu đã có trả lời."""
    found = questions(the_office(ctx).connect(), dossier)
    if json_output:
        print_json([one.as_dict() for one in found])
        return
    table(
        ["Quy tắc", "Câu hỏi", "Trả lời", "Ghi chú", "Văn bản", "Người trả lời", "Căn cứ"],
        [
            (
                one.rule.id,
                f"{one.rule.question} (giấy tờ tự nộp)" if one.own_paper else one.rule.question,
                one.told,
                one.answer.note if one.answer else "",
                one.answer.document if one.answer else "",
                one.answer.answered_name if one.answer else "",
                one.rule.citation,
            )
            for one in found
        ],
    )


@command("answer")
@click.argument("dossier", type=TEXT)
@click.argument("rule", metavar="QUY-TẮC", type=TEXT)
@click.argument("given", metavar="yes|no|not_applicable", type=one_of(tuple(ANSWERS)))
@click.option("--note", type=TEXT, default="", help="Vì sao; phải có khi trả lời no hoặc not_applicable.")
@click.option("--document", type=TEXT, default="", help="Văn bản chứng minh; phải có khi trả lời yes hoặc no.")
@click.pass_context
def answer_command(ctx: click.Context, dossier: str, rule: str, given: str, note: str, document: str) -> None:
    """Ghi câu trả lời cho một điều máy không xét được."""
    office = the_office(ctx)
    database = office.connect()
    account = account_at_work(database)
    with office.locked():
        answer(
            database, dossier, rule, given, note=note, document=document,
            answered_by=account.id if account else actor(),
            answered_name=account.full_name if account else "Người dùng dòng lệnh",
        )  # fmt: skip
        refresh_findings(database, dossier)
    say(f"Đã ghi trả lời “{ANSWERS[given]}” cho quy tắc {rule}.")


COMMANDS = (waive_command, questions_command, answer_command)
