"""Commands for the worst day: copies of the data folder, and bringing one back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.backup.making import backup
from archive.backup.restoring import check, restore
from archive.office.folder import open_office
from commands.console import actor, as_json, folder, print_json, progress_bar, the_office
from commands.wording import FOLDER, NEW_FOLDER, TEXT, command
from search.index import reindex


@command("backup")
@click.argument("path", type=NEW_FOLDER)
@as_json
@click.pass_context
def backup_command(ctx: click.Context, path: str, json_output: bool) -> None:
    """Sao lưu cơ sở dữ liệu và kho vào một thư mục (nên ở ổ đĩa khác). Lần sau chỉ chép phần mới."""
    office = the_office(ctx)
    with progress_bar() as move:
        report = backup(office, office.connect(), Path(path), actor=actor(), progress=move)
    if json_output:
        print_json({"copy": report.name, "files": report.files, "read": report.read, "bytes": report.size})
    else:
        click.echo(
            f"Đã sao lưu vào {path}, bản {report.name}: {report.files} tệp, trong đó {report.read} tệp phải chép mới. "
            "Xin thử lại bằng “hoso restore … --check”."
        )


@command("restore")
@click.argument("path", type=FOLDER)
@click.option("--check", "only_check", is_flag=True, help="Chỉ khôi phục thử vào thư mục tạm và kiểm tra từng byte.")
@click.option("--copy", "name", type=TEXT, help="Bản sao lưu nào; bỏ trống thì bản mới nhất.")
@as_json
@click.pass_context
def restore_command(ctx: click.Context, path: str, only_check: bool, name: str | None, json_output: bool) -> None:
    """Khôi phục dữ liệu từ bản sao lưu vào thư mục dữ liệu mới (--data), hoặc chỉ thử (--check)."""
    root = folder(ctx)
    with progress_bar() as move:
        if only_check:
            done = check(Path(path), actor=actor(), name=name, progress=move)
        else:
            done = restore(Path(path), root, actor=actor(), name=name, progress=move)
            office = open_office(root)
            reindex(office, office.connect())
    if json_output:
        print_json({"copy": done.name, "files": done.files, "damages": [damage.as_dict() for damage in done.damages]})
    else:
        for damage in done.damages:
            click.echo(f"• {damage}")
        where = "thử, không giữ lại gì" if only_check else f"vào {root}"
        state = f"có {len(done.damages)} chỗ hỏng" if done.damages else "mọi tệp đều nguyên vẹn"
        click.echo(f"Đã khôi phục bản {done.name} {where}: {done.files} tệp, {state}.")
    if done.damages:
        sys.exit(1)


COMMANDS = (backup_command, restore_command)
