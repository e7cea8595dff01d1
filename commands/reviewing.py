"""The command that sends a subject back to review, with the letter that asks for it."""

from __future__ import annotations

from datetime import datetime

import click

from archive.afterwards.review_again import Demand, review_again
from archive.campaigns.procedure import step_label
from commands.complaints import day_of
from commands.console import account_at_work, actor, as_json, print_json, the_office
from commands.wording import DAY, TEXT, command
from search.index import drain


@command("review-again")
@click.argument("dossier", metavar="MÃ-HỒ-SƠ", type=TEXT)
@click.option("--held", type=DAY, required=True, help="Ngày hội nghị kiểm điểm chưa đạt yêu cầu.")
@click.option(
    "--fault", "faults", nargs=2, type=TEXT, multiple=True, required=True, metavar="NỘI-DUNG YÊU-CẦU",
    help="Nội dung kiểm điểm chưa đạt và yêu cầu khi kiểm điểm lại; ghi được nhiều lần.",
)  # fmt: skip
@click.option("--review-by", type=DAY, required=True, help="Thời hạn kiểm điểm lại.")
@click.option("--report-by", type=DAY, required=True, help="Thời hạn gửi báo cáo và biên bản.")
@click.option("--on", "day", type=DAY, help="Ngày của văn bản; bỏ trống thì là hôm nay.")
@click.option("--number", type=TEXT, help="Số văn bản, ví dụ 35-CV/ĐU.")
@click.option("--basis", type=TEXT, help="Căn cứ đánh giá việc kiểm điểm, ví dụ báo cáo của người dự, theo dõi.")
@click.option("--attended-by", type=TEXT, help="Cán bộ được phân công dự, theo dõi việc kiểm điểm lại.")
@as_json
@click.pass_context
def review_again_command(
    ctx: click.Context, dossier: str, held: datetime, faults: tuple[tuple[str, str], ...], review_by: datetime,
    report_by: datetime, day: datetime | None, number: str | None, basis: str | None, attended_by: str | None,
    json_output: bool,
) -> None:  # fmt: skip
    """Yêu cầu kiểm điểm lại: ghi bước ấy và lập công văn; đánh giá, xếp loại phải chờ kiểm điểm lại."""
    office = the_office(ctx)
    database = office.connect()
    account = account_at_work(database)
    demand = Demand(
        day_of(day), held.date(), faults, review_by.date(), report_by.date(), number, basis, attended_by
    )  # fmt: skip
    with office.locked():
        done = review_again(office, database, dossier, demand, actor=account.id if account else actor())
    drain(office, database)
    following = done.standing.next
    if json_output:
        print_json({"dossier_id": dossier, "version": done.version, "step": done.standing.step, "next": following})
        return
    further = f" Bước tiếp theo: {step_label(following)}." if following else ""
    click.echo(f"Đã ghi bước “{step_label(done.standing.step)}” và lập {', '.join(done.papers)}.{further}")


COMMANDS = (review_again_command,)
