"""Commands about the office itself: making the data folder, the demonstration, serving the pages, health."""

from __future__ import annotations

import time

import click

from archive.afterwards.amending import present_day
from archive.afterwards.waiting import waiting
from archive.office.accounts import Account, first_administrator
from archive.office.folder import Office, make_office
from archive.records import events
from archive.records.database import rows
from commands.console import as_json, folder, print_json, progress_bar, the_office
from commands.demonstration import demonstrate
from commands.wording import command
from generator.pdf.convert import office_available
from search.index import index_state
from web import serve


def _introduce(office: Office, account: Account, password: str) -> None:
    click.echo(f"Thư mục dữ liệu: {office.root}")
    click.echo(f"Tài khoản quản trị: {account.user_name}")
    click.echo(f"Mật khẩu (chỉ hiện một lần, xin ghi lại): {password}")


@command("init")
@click.pass_context
def init_command(ctx: click.Context) -> None:
    """Tạo thư mục dữ liệu, cơ sở dữ liệu và tài khoản quản trị đầu tiên."""
    office = make_office(folder(ctx))
    made = first_administrator(office.connect())
    if made:
        _introduce(office, *made)
    else:
        click.echo(f"Thư mục dữ liệu {office.root} đã sẵn sàng.")


@command("demo")
@click.pass_context
def demo_command(ctx: click.Context) -> None:
    """Chạy thử cả đợt 2018 của một đảng bộ xã: từ bảng Excel đến hồ sơ lưu và tra cứu."""
    started = time.monotonic()
    with progress_bar() as move:
        summary = demonstrate(folder(ctx), move, click.echo)
    click.echo(summary)
    click.echo(f"Xong trong {time.monotonic() - started:.0f} giây.")


@command("serve")
@click.pass_context
def serve_command(ctx: click.Context) -> None:
    """Mở trang web để tra cứu và xem hồ sơ."""
    office = the_office(ctx)
    click.echo(f"Mở trình duyệt tại http://{office.settings.host}:{office.settings.port} (Ctrl+C để dừng)")
    serve(office)


@command("status")
@as_json
@click.pass_context
def status_command(ctx: click.Context, json_output: bool) -> None:
    """Tình trạng chung: số liệu, chỉ mục, công cụ PDF."""
    office = the_office(ctx)
    database = office.connect()
    counts = {
        name: rows(database, f"SELECT count(*) AS count FROM {name}")[0]["count"]  # noqa: S608
        for name in ("person", "evaluation", "document", "dossier", "event")
    }
    report = {
        "counts": counts,
        "pdf": office_available(),
        "index": index_state(office, database),
        "events_intact": not any(True for _ in events.broken(database)),
        "waiting": waiting(database, present_day()),
        "unfinished_filings": rows(database, "SELECT count(*) AS count FROM filing WHERE state = 'prepared'")[0][
            "count"
        ],
    }
    if json_output:
        print_json(report)
        return
    labels = {
        "person": "Người",
        "evaluation": "Đối tượng đánh giá",
        "document": "Văn bản",
        "dossier": "Hồ sơ",
        "event": "Việc ghi nhật ký",
    }
    for name, count in counts.items():
        click.echo(f"{labels[name]}: {count}")
    click.echo(f"Tạo PDF: {'được' if report['pdf'] else 'chưa được (thiếu LibreOffice)'}")
    for one in report["waiting"]:
        click.echo(f"{one['dossier_id']}: {one['sentence']}")
    click.echo(f"Nhật ký: {'nguyên vẹn' if report['events_intact'] else 'BỊ SỬA – chạy “hoso events verify”'}")


COMMANDS = (init_command, demo_command, serve_command, status_command)
