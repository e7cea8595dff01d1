"""Commands about complaints and reserved opinions: opened, acknowledged, considered, concluded, listed, read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path

import click
from sqlite_utils import Database

from archive.afterwards.amending import Attachment, present_day
from archive.afterwards.complaint_reading import STATES, complaint_named, listed_complaints, read_complaint
from archive.afterwards.complaints import WAYS, Handled, Opening, acknowledge, consider, open_complaint
from archive.afterwards.concluding import OUTCOMES, Conclusion, resolve
from archive.afterwards.opinions import Opinion, reserve_opinion
from archive.office.folder import Office
from archive.records.database import one as first_row
from commands.console import account_at_work, as_json, print_json, read_bytes, say, table, the_office
from commands.wording import DAY, FILE, TEXT, command, group, one_of
from generator.rules.findings import Finding
from generator.vietnamese import nfc, short_date
from search.index import drain

_ON = click.option("--on", "day", type=DAY, help="Ngày làm việc này (2019-01-10); bỏ trống thì là hôm nay.")
_FILES = click.option(
    "--file", "files", type=FILE, multiple=True, help="Tệp Word, PDF hoặc ảnh kèm theo; ghi được nhiều lần."
)
TITLES = click.option(
    "--title",
    "titles",
    type=TEXT,
    multiple=True,
    help="Tên tài liệu, theo thứ tự của --file; bỏ trống thì theo tên tệp.",
)
_COMPLAINT = click.argument("complaint", metavar="MÃ", type=TEXT)


def day_of(given: datetime | None) -> date:
    """The day given, or today."""
    return given.date() if given else present_day()


def attachments_of(files: Sequence[str], titles: Sequence[str] = ()) -> tuple[Attachment, ...]:
    """The files named in a call, each with the title in its place, or else titled by its own name.

    Raises:
        WrongCall: there are more titles than files.
    """
    if len(titles) > len(files):
        raise click.UsageError("Có nhiều --title hơn --file. Xin ghi cho mỗi tệp nhiều nhất một tên.")
    return tuple(
        Attachment(Path(name).name, read_bytes(name), title or nfc(Path(name).stem).replace("_", " "))
        for name, title in zip_longest(files, titles, fillvalue="")
    )


def say_findings(findings: Sequence[Finding]) -> None:
    """What the rules have to say, beside the report."""
    for finding in findings:
        say(f"• {finding.message}: {finding.given} [{finding.rule_id}; {finding.citation}]. {finding.remedy}".rstrip())


@group("complaint")
def complaint_group() -> None:
    """Khiếu nại về kết quả đánh giá, xếp loại: tiếp nhận, xem xét, kết luận bằng văn bản."""


@complaint_group.command("open")
@click.argument("dossier", metavar="MÃ-HỒ-SƠ", type=TEXT)
@click.option("--by", "complainant", type=TEXT, help="Người khiếu nại; bỏ trống thì là người có tên trong hồ sơ.")
@click.option("--grounds", required=True, type=TEXT, help="Nội dung, lý do khiếu nại.")
@_ON
@click.option("--dated", type=DAY, help="Ngày ghi trong đơn.")
@click.option(
    "--through", type=one_of(tuple(WAYS)), default="in_person", show_default=True, help="Đơn đến bằng cách nào."
)
@click.option("--address", type=TEXT, help="Nơi ở hoặc nơi công tác của người khiếu nại.")
@click.option("--receiver", type=TEXT, help="Người nhận đơn.")
@click.option("--examined-by", type=TEXT, help="Ai được giao xem xét.")
@click.option("--reply-by", type=DAY, help="Ngày cơ quan tự hẹn trả lời.")
@_FILES
@TITLES
@as_json
@click.pass_context
def open_command(
    ctx: click.Context, dossier: str, complainant: str | None, grounds: str, day: datetime | None,
    dated: datetime | None, through: str, address: str | None, receiver: str | None, examined_by: str | None,
    reply_by: datetime | None, files: tuple[str, ...], titles: tuple[str, ...], json_output: bool,
) -> None:  # fmt: skip
    """Tiếp nhận một khiếu nại về kết quả trong hồ sơ (tài khoản ghi trong HOSO_USER). Tệp đầu tiên là đơn khiếu nại."""
    office = the_office(ctx)
    database = office.connect()
    named = first_row(database, "SELECT subject_name FROM dossier WHERE id = ?", [dossier])
    opening = Opening(
        complainant or (named["subject_name"] if named else ""), day_of(day), grounds,
        dated_on=dated.date() if dated else None, address=address, received_through=through, receiver=receiver,
        examined_by=examined_by, reply_by=reply_by.date() if reply_by else None,
    )  # fmt: skip
    with office.locked():
        done = open_complaint(
            office, database, dossier, opening, account=account_at_work(database),
            attachments=attachments_of(files, titles or ("Đơn khiếu nại",) if files else ()),
        )  # fmt: skip
    _tell(office, database, done, f"Đã tiếp nhận khiếu nại, mã {done.complaint_id}.", json_output)


@complaint_group.command("acknowledge")
@_COMPLAINT
@_ON
@click.option("--number", type=TEXT, help="Số thông báo tiếp nhận, ví dụ 05-TB/ĐU.")
@as_json
@click.pass_context
def acknowledge_command(
    ctx: click.Context, complaint: str, day: datetime | None, number: str | None, json_output: bool
) -> None:
    """Báo nhận khiếu nại bằng văn bản. MÃ là mã khiếu nại, hoặc mã hồ sơ đang có một khiếu nại."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        done = acknowledge(
            office, database, complaint_named(database, complaint), acknowledged_on=day_of(day), number=number,
            account=account_at_work(database),
        )  # fmt: skip
    _tell(office, database, done, "Đã lập thông báo tiếp nhận khiếu nại.", json_output)


@complaint_group.command("consider")
@_COMPLAINT
@click.option("--text", required=True, type=TEXT, help="Việc đã làm: họp, xác minh, làm việc với ai, kết quả.")
@_ON
@_FILES
@TITLES
@as_json
@click.pass_context
def consider_command(
    ctx: click.Context, complaint: str, text: str, day: datetime | None, files: tuple[str, ...],
    titles: tuple[str, ...], json_output: bool,
) -> None:  # fmt: skip
    """Ghi một việc xem xét, xác minh khiếu nại."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        done = consider(
            office, database, complaint_named(database, complaint), considered_on=day_of(day), text=text,
            account=account_at_work(database), attachments=attachments_of(files, titles),
        )  # fmt: skip
    _tell(office, database, done, "Đã ghi việc xem xét.", json_output)


@complaint_group.command("resolve")
@_COMPLAINT
@click.option("--outcome", required=True, type=one_of(tuple(OUTCOMES)), help="Giữ nguyên, điều chỉnh hay hủy kết quả.")
@click.option("--number", required=True, type=TEXT, help="Số văn bản kết luận, ví dụ 07-KL/ĐU.")
@click.option("--findings", required=True, type=TEXT, help="Kết quả xem xét, xác minh.")
@click.option("--grounds", required=True, type=TEXT, help="Căn cứ của kết luận.")
@click.option("--level", type=TEXT, help="Mức mới, khi điều chỉnh kết quả.")
@_ON
@as_json
@click.pass_context
def resolve_command(
    ctx: click.Context, complaint: str, outcome: str, number: str, findings: str, grounds: str, level: str | None,
    day: datetime | None, json_output: bool,
) -> None:  # fmt: skip
    """Kết luận khiếu nại và lập thông báo bằng văn bản (người duyệt)."""
    office = the_office(ctx)
    database = office.connect()
    conclusion = Conclusion(outcome, day_of(day), number, findings, grounds, level)
    with office.locked():
        done = resolve(
            office, database, complaint_named(database, complaint), conclusion, account=account_at_work(database)
        )
    further = " Việc tiếp theo: hoso annul." if outcome == "annulled" else ""
    _tell(office, database, done, f"Đã kết luận khiếu nại: {OUTCOMES[outcome].lower()}.{further}", json_output)


@complaint_group.command("list")
@click.option("--period", type=TEXT, help="Chỉ một đợt, ví dụ 2018.")
@click.option("--open", "only_open", is_flag=True, help="Chỉ những khiếu nại chưa kết luận.")
@as_json
@click.pass_context
def list_command(ctx: click.Context, period: str | None, only_open: bool, json_output: bool) -> None:
    """Danh sách khiếu nại, không kèm nội dung."""
    found = listed_complaints(the_office(ctx).connect(), period, only_open=only_open)
    if json_output:
        print_json(found)
        return
    table(
        ["Mã", "Hồ sơ", "Ngày nhận", "Hẹn trả lời", "Tình trạng", "Kết luận"],
        [
            (
                one["complaint_id"], one["dossier_id"], one["received_on"], one["reply_by"], STATES[one["state"]],
                OUTCOMES.get(one["outcome"] or "", ""),
            )
            for one in found
        ],
    )  # fmt: skip


@complaint_group.command("show")
@_COMPLAINT
@as_json
@click.pass_context
def show_command(ctx: click.Context, complaint: str, json_output: bool) -> None:
    """Một khiếu nại với nội dung và các việc đã làm; chỉ người duyệt, kiểm tra, quản trị được xem."""
    database = the_office(ctx).connect()
    dossier, found = read_complaint(
        database, complaint_named(database, complaint, only_open=False), account_at_work(database)
    )
    if json_output:
        print_json({"dossier_id": dossier, **found.as_dict()})
        return
    click.echo(f"Khiếu nại {found.id} – hồ sơ {dossier}")
    click.echo(f"{found.complainant}, nhận ngày {short_date(date.fromisoformat(found.received_on))}: {found.grounds}")
    for step in found.steps:
        outcome = f" ({OUTCOMES[step.outcome].lower()})" if step.outcome else ""
        click.echo(f"{short_date(date.fromisoformat(step.taken_on))} {STATES[step.kind]}{outcome} {step.text}".rstrip())


@command("reserve-opinion")
@click.argument("dossier", metavar="MÃ-HỒ-SƠ", type=TEXT)
@click.option("--statement", required=True, type=TEXT, help="Nhận xét, đánh giá không tán thành.")
@click.option("--opinion", required=True, type=TEXT, help="Ý kiến bảo lưu.")
@click.option("--proof", type=TEXT, help="Căn cứ của ý kiến.")
@click.option("--proposal", type=TEXT, help="Đề nghị.")
@click.option("--reported-to", type=TEXT, help="Cấp trên trực tiếp được báo cáo.")
@click.option("--received-by", type=TEXT, help="Người nhận.")
@_ON
@_FILES
@TITLES
@as_json
@click.pass_context
def reserve_opinion_command(
    ctx: click.Context, dossier: str, statement: str, opinion: str, proof: str | None, proposal: str | None,
    reported_to: str | None, received_by: str | None, day: datetime | None, files: tuple[str, ...],
    titles: tuple[str, ...], json_output: bool,
) -> None:  # fmt: skip
    """Ghi ý kiến bảo lưu của người được đánh giá; kết quả vẫn phải chấp hành."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        done = reserve_opinion(
            office, database, dossier,
            Opinion(statement, opinion, day_of(day), proof, proposal, reported_to, received_by),
            account=account_at_work(database), attachments=attachments_of(files, titles),
        )  # fmt: skip
    drain(office, database)
    if json_output:
        print_json({"opinion_id": done.opinion_id, "dossier_id": dossier, "version": done.version})
    else:
        click.echo(f"Đã lưu ý kiến bảo lưu vào hồ sơ {dossier}{_version(done.version)}.")


def _tell(office: Office, database: Database, done: Handled, sentence: str, json_output: bool) -> None:
    drain(office, database)
    say_findings(done.findings)
    if json_output:
        print_json(done.as_dict())
    else:
        click.echo(f"{sentence} Hồ sơ {done.dossier_id}{_version(done.version)}.")


def _version(number: int) -> str:
    return f", phiên bản {number}" if number else " chưa nộp lưu: giấy tờ được đưa vào khi nộp"


COMMANDS = (complaint_group, reserve_opinion_command)
