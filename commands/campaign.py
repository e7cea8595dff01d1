"""Commands about a campaign: opening it, its data in and out, running its stages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.campaigns.opened import open_campaign_dossiers
from archive.campaigns.opening import find_campaign, find_unit, open_campaign
from archive.campaigns.procedure import step_label
from archive.campaigns.running import CampaignRun, RunReport, situation_of
from archive.campaigns.status import campaign_status
from archive.importing.export import export_content
from archive.importing.report import ImportReport
from archive.importing.run import import_workbook
from archive.records.database import one
from commands.console import actor, as_json, print_json, progress_bar, read_bytes, say, table, the_office, write_bytes
from commands.wording import DAY, FILE, NEW_FILE, PERIOD, TEXT, command, group, whole_number
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook
from generator.workbook.read import read
from generator.workbook.write import write
from search.index import drain


@command("workbook")
@click.option("-o", "--output", required=True, type=NEW_FILE, help="Tệp Excel sẽ ghi.")
@click.option("--unit", type=TEXT, help="Chỉ một đơn vị (mã hoặc tên).")
@click.option("--period", help="Đợt đánh giá; bỏ trống thì lấy đợt mới nhất.")
@click.pass_context
def workbook_command(ctx: click.Context, output: str, unit: str | None, period: str | None) -> None:
    """Ghi bảng nhập liệu Excel: trống, hoặc điền sẵn những gì đã có."""
    office = the_office(ctx)
    database = office.connect()
    newest = one(database, "SELECT period FROM campaign ORDER BY period DESC LIMIT 1")
    wanted = period or (newest["period"] if newest else None)
    campaign = find_campaign(database, wanted) if wanted else None
    unit_id = find_unit(database, unit) if unit else None
    rulebook = campaign.rulebook if campaign else office.settings.rulebook
    content = export_content(database, campaign.id if campaign else None, unit_id, rulebook=rulebook)
    write_bytes(Path(output), write(content, book=load_rulebook(rulebook)))
    say(f"Đã ghi {output}")


@command("import")
@click.argument("workbook", type=FILE)
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không thay đổi gì.")
@as_json
@click.pass_context
def import_command(ctx: click.Context, workbook: str, dry_run: bool, json_output: bool) -> None:
    """Đọc bảng nhập liệu Excel vào cơ sở dữ liệu."""
    office = the_office(ctx)
    rulebook = office.settings.rulebook
    content = read(read_bytes(workbook), Path(workbook).name, book=load_rulebook(rulebook))
    with office.locked():
        report = import_workbook(office.connect(), content, actor=actor(), dry_run=dry_run, rulebook=rulebook)
    if json_output:
        print_json(report.as_dict())
    else:
        for sentence in (*report.problems, *report.conflicts):
            say(f"• {sentence}")
        click.echo(import_summary(report, dry_run))
    if report.problems:
        sys.exit(InvalidInput.exit_code)


def import_summary(report: ImportReport, dry_run: bool = False) -> str:
    """What an import did, in one line for people."""
    if report.problems:
        return f"Có {len(report.problems)} lỗi nên chưa thay đổi gì. Xin sửa trong tệp rồi nhập lại."
    done = "Sẽ" if dry_run else "Đã"
    return (
        f"{done} thêm {report.created.total()}, sửa {report.changed.total()}, "
        f"giữ nguyên {report.unchanged.total()} dòng; {len(report.conflicts)} dòng xung đột."
    )


@group("campaign")
def campaign_group() -> None:
    """Đợt đánh giá của một năm."""


@campaign_group.command("open")
@click.argument("period", type=PERIOD)
@click.option("--unit", type=TEXT, required=True, help="Mã đơn vị chủ trì.")
@click.option("--place", type=TEXT, required=True, help="Địa danh in trên văn bản.")
@click.option("--date", "evaluated_on", required=True, type=DAY, help="Ngày xếp loại.")
@click.pass_context
def open_command(ctx: click.Context, period: str, unit: str, place: str, evaluated_on: object) -> None:
    """Mở đợt đánh giá của một năm."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        opened = open_campaign(
            database, period=period, owner_reference=unit, place=place, evaluated_on=str(evaluated_on)[:10],
            rulebook=office.settings.rulebook, actor=actor(),
        )  # fmt: skip
        open_campaign_dossiers(database, opened)
    click.echo(f"Đã mở đợt đánh giá {period} của {unit}.")


@campaign_group.command("status")
@click.argument("period")
@click.option("--unit", type=TEXT, help="Mã đơn vị.")
@as_json
@click.pass_context
def status_command(ctx: click.Context, period: str, unit: str | None, json_output: bool) -> None:
    """Mỗi đơn vị đã đến bước nào, còn thiếu gì, còn bao nhiêu ngày."""
    office = the_office(ctx)
    database = office.connect()
    if unit:
        find_unit(database, unit)
    status = campaign_status(database, situation_of(database, find_campaign(database, period)), unit)
    if json_output:
        print_json(status)
        return
    for deadline in status["deadlines"]:
        advice = f". {deadline['advice']}" if deadline["advice"] else ""
        click.echo(f"{deadline['title']}: {deadline['sentence']}{advice}")
    for one_waiting in status["waiting"]:
        click.echo(f"{one_waiting['dossier_id']}: {one_waiting['sentence']}")
    table(
        ["Đơn vị", "Đảng viên", "Đang ở bước", "Văn bản", "Đã nộp lưu", "Còn thiếu", "Hạn gửi"],
        [
            (
                row["name"],
                row["members"],
                "\n".join(f"{step_label(code)}: {count}" for code, count in row["steps"].items()),
                row["papers"],
                row["filed"],
                "\n".join(row["missing"]),
                row["due"],
            )
            for row in status["units"]
        ],
    )


@campaign_group.command("run")
@click.argument("period")
@click.option("--unit", type=TEXT, help="Chỉ một đơn vị (mã hoặc tên).")
@click.option(
    "--stage",
    type=TEXT,
    metavar="BƯỚC",
    help="Chỉ một bước (năm 2018: prepare, ballots, submit, decide, archive); bỏ trống thì mọi bước đã sẵn sàng.",
)
@click.option("--jobs", type=whole_number(1, 16), default=1, show_default=True, help="Số việc chuyển PDF cùng lúc.")
@click.option("--no-pdf", is_flag=True, help="Chỉ lập tệp Word.")
@as_json
@click.pass_context
def run_command(
    ctx: click.Context, period: str, unit: str | None, stage: str | None, jobs: int, no_pdf: bool, json_output: bool
) -> None:
    """Chạy đợt đánh giá: in phôi, kiểm tra, lập văn bản, nộp lưu. Dừng lúc nào cũng được, chạy lại thì làm tiếp."""
    office = the_office(ctx)
    database = office.connect()
    with progress_bar() as move:
        run = CampaignRun(
            office, database, period, actor=actor(), unit=unit, with_pdf=not no_pdf, jobs=jobs, progress=move
        )
        report = run.run((stage,) if stage else ())
    drain(office, database)
    if json_output:
        print_json(report.as_dict())
    else:
        print_run(report, wanted_pdf=not no_pdf)
    if report.refused or report.failures:
        sys.exit(1)


def print_run(report: RunReport, wanted_pdf: bool = True) -> None:
    """What a run did, for people."""
    if wanted_pdf and not report.with_pdf:
        click.echo("Không có LibreOffice nên chỉ lập tệp Word; cài xong, chạy lại thì có thêm PDF.")
    click.echo(
        f"Đã lập {report.made} văn bản, nộp lưu {report.filed} hồ sơ ({report.incomplete} hồ sơ còn thiếu giấy tờ)."
    )
    for name, stage, missing in report.unready:
        click.echo(f"– {name} chưa sẵn sàng cho bước “{report.stage_titles[stage]}”: {' '.join(missing)}")
    for name, unit, sentences in report.refused:
        click.echo(f"✗ {name} ({unit}):")
        for sentence in sentences:
            click.echo(f"    {sentence}")
    for ended in report.ended_waivers:
        click.echo(f"! {ended}")
    for name, sentence in report.quota_sentences:
        click.echo(f"! {name}: {sentence}")
    for paper, reason in report.failures:
        click.echo(f"✗ Không lập được {paper}: {reason}")


campaign_group.add_command(open_command)
COMMANDS = (workbook_command, import_command, campaign_group)
