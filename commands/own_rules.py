"""Commands about an office's own rules: how it reads open text, its days off, its rows under the criteria."""

from __future__ import annotations

from datetime import datetime

import click
from sqlite_utils import Database

from archive.campaigns.local_criteria import (
    add_local_criterion,
    local_criteria,
    rate_local_criterion,
    remove_local_criterion,
)
from archive.campaigns.opening import find_campaign, find_unit
from archive.campaigns.rereading import reread
from archive.campaigns.running import situation_of
from archive.campaigns.stages import Situation
from archive.office.own_days import KINDS, own_days, remove_own_day, set_own_day
from archive.office.readings import SOURCES, layers, reading_lines, set_reading
from archive.records.database import one as first_row
from commands.console import account_at_work, actor, as_json, print_json, say, table, the_office
from commands.wording import DAY, TEXT, group, one_of
from generator.facts.values import choice_label
from generator.rules.rulebook import load_rulebook

_RATED = ("party_member", "party_organisation", "leadership_collective")
_UNIT = click.option("--unit", type=TEXT, help="Mã hoặc tên đơn vị; với --period là mã đơn vị chủ trì.")
_PERIOD = click.option("--period", type=TEXT, help="Chỉ cho một đợt đánh giá, ví dụ 2018.")


def _place(database: Database, unit: str | None, period: str | None) -> tuple[str | None, str | None]:
    """The ids of the unit and the campaign that the call names."""
    if period:
        campaign = find_campaign(database, period, unit)
        return campaign.owner_id, campaign.id
    return (find_unit(database, unit) if unit else None), None


@group("readings", invoke_without_command=True)
@_UNIT
@_PERIOD
@as_json
@click.pass_context
def readings_group(ctx: click.Context, unit: str | None, period: str | None, json_output: bool) -> None:
    """Cách hiểu những chỗ hướng dẫn để ngỏ: đang chọn gì, ai chọn, còn cách nào khác."""
    if ctx.invoked_subcommand:
        return
    office = the_office(ctx)
    database = office.connect()
    unit_id, campaign_id = _place(database, unit, period)
    campaign = first_row(database, "SELECT * FROM campaign WHERE id = ?", [campaign_id]) if campaign_id else None
    book = load_rulebook(campaign["rulebook"] if campaign else office.settings.rulebook)
    lines = reading_lines(book, layers(database, unit_id, campaign))
    if json_output:
        print_json([line.as_dict() for line in lines])
        return
    table(
        ["Mã", "Điều chọn", "Đang dùng", "Ai chọn", "Điểm để ngỏ", "Cách khác"],
        [
            (
                line.name, line.title, line.shown, " – ".join(filter(None, (SOURCES[line.source], line.whose))),
                f"{line.question} ({line.reading})", line.alternatives,
            )
            for line in lines
        ],
    )  # fmt: skip


@readings_group.command("set")
@click.argument("name", metavar="MÃ", type=TEXT)
@click.argument("value", metavar="GIÁ-TRỊ", type=TEXT, required=False)
@click.option("--inherit", is_flag=True, help="Bỏ lựa chọn ở cấp này, theo cấp trên.")
@_UNIT
@_PERIOD
@click.option("--reason", type=TEXT, default="", help="Vì sao; phải có khi đợt đã có quyết định hoặc hồ sơ nộp lưu.")
@as_json
@click.pass_context
def set_command(
    ctx: click.Context, name: str, value: str | None, inherit: bool, unit: str | None, period: str | None,
    reason: str, json_output: bool,
) -> None:  # fmt: skip
    """Chọn cách hiểu cho cả cơ quan, cho một đơn vị và cấp dưới của nó, hoặc cho một đợt.

    Đợt đã có quyết định hoặc hồ sơ nộp lưu giữ cách hiểu của lúc ấy; chỉ người duyệt chọn khác cho đợt đó, có lý do.
    """
    if (value is None) != inherit:
        raise click.UsageError("Phải ghi một giá trị, hoặc --inherit để bỏ lựa chọn ở cấp này.")
    office = the_office(ctx)
    database = office.connect()
    unit_id, campaign_id = _place(database, unit, period)
    book = load_rulebook(find_campaign(database, period, unit).rulebook if period else office.settings.rulebook)
    before = situation_of(database, find_campaign(database, period, unit)) if period else None
    with office.locked():
        set_reading(
            database, book, name, value, unit_id=None if campaign_id else unit_id, campaign_id=campaign_id,
            actor=actor(), account=account_at_work(database), reason=reason,
        )  # fmt: skip
    if before is None or period is None:
        say("Đã ghi. Đợt đã có quyết định hoặc hồ sơ nộp lưu vẫn theo cách hiểu của lúc ấy.")
        return
    after = situation_of(database, find_campaign(database, period, unit))
    _tell_changes(before, after, json_output)


def _tell_changes(before: Situation, after: Situation, json_output: bool) -> None:
    """Whose verdict the reading just chosen changes."""
    subjects, quotas = reread(before, after)
    if json_output:
        print_json({
            "subjects": [one.as_dict(after.picture) for one in subjects],
            "quotas": [{"group": whose, "before": old, "after": new} for whose, old, new in quotas],
        })  # fmt: skip
        return
    say(f"Đã ghi. Kết luận thay đổi ở {len(subjects)} đối tượng.")
    label = after.book.levels.label
    for one in subjects:
        highest = [label(own.highest) if own.highest else "chưa xét được" for own in (one.before, one.after)]
        said = "chưa đúng quy định" if one.after.refused else "đúng quy định"
        click.echo(
            f"– {after.picture.subject_name(one.evaluation)}: mức cao nhất trước “{highest[0]}”, nay “{highest[1]}”; "
            f"mức đã ghi nay {said}"
        )
    for whose, old, new in quotas:
        click.echo(f"– {whose}: trước: {old}; nay: {new}")


@group("days-off", invoke_without_command=True)
@as_json
@click.pass_context
def days_off_group(ctx: click.Context, json_output: bool) -> None:
    """Ngày nghỉ, ngày làm bù riêng của cơ quan, tính thêm vào lịch chung."""
    if ctx.invoked_subcommand:
        return
    found = own_days(the_office(ctx).connect())
    if json_output:
        print_json(found)
    else:
        table(
            ["Ngày", "Loại", "Tên", "Văn bản"],
            [(one["day"], KINDS[one["kind"]], one["name"], one["document"]) for one in found],
        )


@days_off_group.command("add")
@click.argument("day", metavar="NGÀY", type=DAY)
@click.option("--name", type=TEXT, required=True, help="Nghỉ (làm bù) vì việc gì.")
@click.option("--document", type=TEXT, default="", help="Văn bản thông báo.")
@click.option("--worked", is_flag=True, help="Là ngày làm bù, không phải ngày nghỉ.")
@click.pass_context
def add_day_command(ctx: click.Context, day: datetime, name: str, document: str, worked: bool) -> None:
    """Thêm một ngày nghỉ hoặc làm bù của cơ quan."""
    office = the_office(ctx)
    with office.locked():
        set_own_day(
            office.connect(), day.date(), "worked" if worked else "off", name=name, document=document, actor=actor()
        )
    say("Đã ghi.")


@days_off_group.command("remove")
@click.argument("day", metavar="NGÀY", type=DAY)
@click.pass_context
def remove_day_command(ctx: click.Context, day: datetime) -> None:
    """Bỏ một ngày đã ghi."""
    office = the_office(ctx)
    with office.locked():
        remove_own_day(office.connect(), day.date(), actor=actor())
    say("Đã bỏ.")


@group("local-criteria")
def local_group() -> None:
    """Tiêu chí riêng của một đợt, ghi dưới tiêu chí của hướng dẫn; quy tắc không đọc các mục này."""


@local_group.command("list")
@click.argument("period", metavar="ĐỢT", type=TEXT)
@click.option("--unit", type=TEXT, help="Mã đơn vị chủ trì, khi nhiều đơn vị cùng mở đợt ấy.")
@as_json
@click.pass_context
def list_local_command(ctx: click.Context, period: str, unit: str | None, json_output: bool) -> None:
    """Các tiêu chí riêng của đợt."""
    database = the_office(ctx).connect()
    found = local_criteria(database, find_campaign(database, period, unit).id)
    if json_output:
        print_json(found)
    else:
        table(
            ["Mã", "Đối tượng", "Tên"],
            [(one["code"], choice_label("subject_kind", one["kind"]), one["title"]) for one in found],
        )


@local_group.command("add")
@click.argument("period", metavar="ĐỢT", type=TEXT)
@click.argument("kind", metavar="ĐỐI-TƯỢNG", type=one_of(_RATED))
@click.argument("criterion", metavar="TIÊU-CHÍ", type=TEXT)
@click.argument("title", metavar="TÊN", type=TEXT)
@click.option("--unit", type=TEXT, help="Mã đơn vị chủ trì, khi nhiều đơn vị cùng mở đợt ấy.")
@click.pass_context
def add_local_command(ctx: click.Context, period: str, kind: str, criterion: str, title: str, unit: str | None) -> None:
    """Thêm một tiêu chí riêng dưới một tiêu chí của hướng dẫn."""
    office = the_office(ctx)
    database = office.connect()
    campaign = find_campaign(database, period, unit)
    with office.locked():
        code = add_local_criterion(
            database, load_rulebook(campaign.rulebook), campaign.id, kind, criterion, title, actor=actor()
        )
    click.echo(code)


@local_group.command("remove")
@click.argument("period", metavar="ĐỢT", type=TEXT)
@click.argument("kind", metavar="ĐỐI-TƯỢNG", type=one_of(_RATED))
@click.argument("code", metavar="MÃ", type=TEXT)
@click.option("--unit", type=TEXT, help="Mã đơn vị chủ trì, khi nhiều đơn vị cùng mở đợt ấy.")
@click.pass_context
def remove_local_command(ctx: click.Context, period: str, kind: str, code: str, unit: str | None) -> None:
    """Bỏ một tiêu chí riêng, cùng các cấp độ đã ghi cho nó, khi chưa hồ sơ nào của đợt nộp lưu."""
    office = the_office(ctx)
    database = office.connect()
    campaign = find_campaign(database, period, unit)
    with office.locked():
        taken = remove_local_criterion(database, campaign.id, kind, code, actor=actor())
    say(f"Đã bỏ tiêu chí riêng {code} và {taken} cấp độ đã ghi.")


@local_group.command("rate")
@click.argument("dossier", type=TEXT)
@click.argument("assessor", metavar="CHỦ-THỂ", type=TEXT)
@click.argument("code", metavar="MÃ", type=TEXT)
@click.argument("rating", metavar="CẤP-ĐỘ", type=TEXT)
@click.pass_context
def rate_local_command(ctx: click.Context, dossier: str, assessor: str, code: str, rating: str) -> None:
    """Ghi cấp độ của một tiêu chí riêng trên phiếu của một chủ thể; “none” khi không áp dụng."""
    office = the_office(ctx)
    with office.locked():
        rate_local_criterion(
            office.connect(), dossier, assessor, code, None if rating == "none" else rating, actor=actor()
        )
    say("Đã ghi.")


COMMANDS = (readings_group, days_off_group, local_group)
