"""Making the records anew from the store alone."""

from __future__ import annotations

import sys

import click

from archive.office.folder import office_without_database
from archive.store.rebuild.rebuilding import RebuildReport, rebuild, try_rebuild
from commands.console import actor, as_json, folder, print_json, the_office
from commands.wording import command
from search.index import reindex


@command("rebuild")
@click.option("--check", is_flag=True, help="Chỉ lập thử ở chỗ khác rồi đối chiếu, không thay đổi gì.")
@as_json
@click.pass_context
def rebuild_command(ctx: click.Context, check: bool, json_output: bool) -> None:
    """Lập lại cơ sở dữ liệu và chỉ mục từ riêng kho hồ sơ; xin tắt máy chủ trước khi chạy."""
    if check:
        _check(ctx, json_output)
        return
    office = office_without_database(folder(ctx))
    report = rebuild(office, actor=actor())
    indexed = reindex(office, office.connect())
    if json_output:
        print_json({
            "dossiers": report.dossiers,
            "versions": report.versions,
            "indexed": indexed,
            "anew": report.anew,
            "kept": str(report.kept) if report.kept else None,
            "damages": [damage.as_dict() for damage in report.damages],
        })  # fmt: skip
    else:
        _say(report, indexed)
    if report.damages:
        sys.exit(1)


def _say(report: RebuildReport, indexed: int) -> None:
    click.echo(
        f"Đã lập lại dữ liệu của {report.dossiers} hồ sơ ({report.versions} lần nộp, kể cả sổ đăng ký); "
        f"chỉ mục có {indexed} hồ sơ."
    )
    if report.kept:
        click.echo(f"Cơ sở dữ liệu trước khi lập lại còn ở {report.kept}")
    if report.anew:
        click.echo(
            "Tài khoản, bản nháp và những gì chưa nộp không có trong kho: "
            "xin lấy từ bản sao lưu, hoặc lập lại tài khoản bằng “hoso init”."
        )
    for damage in report.damages:
        click.echo(f"✗ {damage}")


def _check(ctx: click.Context, json_output: bool) -> None:
    office = the_office(ctx)
    damages = try_rebuild(office, office.connect())
    if json_output:
        print_json([damage.as_dict() for damage in damages])
    elif damages:
        for damage in damages:
            click.echo(f"✗ {damage}")
    else:
        click.echo("Lập lại được toàn bộ dữ liệu từ kho; cơ sở dữ liệu khớp với kho.")
    if damages:
        sys.exit(1)


COMMANDS = (rebuild_command,)
