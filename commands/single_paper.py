"""The command that makes one paper at a time."""

from __future__ import annotations

from pathlib import Path

import click

from archive.campaigns.on_demand import make_paper
from commands.console import as_json, print_json, say, the_office, write_bytes
from commands.wording import NEW_FILE, TEXT, command


@command("paper")
@click.argument("code")
@click.option("--period", required=True, help="Đợt đánh giá, như 2018.")
@click.option("--unit", type=TEXT, help="Mã hoặc tên đơn vị lập văn bản.")
@click.option("--subject", type=TEXT, help="Lập cho ai: mã, tên hoặc mã hồ sơ.")
@click.option("--name", type=TEXT, help="Tên tệp, khi có nhiều văn bản cùng mẫu.")
@click.option("-o", "--output", required=True, type=NEW_FILE, help="Tệp Word sẽ ghi.")
@as_json
@click.pass_context
def paper_command(
    ctx: click.Context, code: str, period: str, unit: str | None, subject: str | None, name: str | None, output: str,
    json_output: bool,
) -> None:  # fmt: skip
    """Lập một văn bản bất kỳ từ dữ liệu đã có, không lưu vào hồ sơ."""
    office = the_office(ctx)
    made = make_paper(office, office.connect(), period, code, unit=unit, subject=subject, name=name)
    write_bytes(Path(output), made.word)
    if json_output:
        print_json({"form": made.form, "state": made.state, "title": made.title, "file": output})
    say(f"Đã ghi {output} ({made.title}{', phôi' if made.state == 'blank' else ''})")


COMMANDS = (paper_command,)
