"""Commands about where an evaluation stands: what a change of it would do, and its next step."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from archive.campaigns.effects import Effects, QuotaEffect, SubjectEffect, change_of, effects
from archive.campaigns.loading import load_picture
from archive.campaigns.opening import find_campaign
from archive.campaigns.picture import Picture
from archive.campaigns.procedure import step_label, steps
from archive.campaigns.rulings import campaign_of
from archive.campaigns.running import situation_of
from archive.campaigns.steps import evaluation_of, move
from commands.campaign import campaign_group
from commands.console import actor, as_json, print_json, table, the_office
from commands.wording import PERIOD, TEXT, one_of
from generator.errors import HosoError
from generator.facts.values import choice_label, choices
from generator.rules.findings import Finding
from generator.rules.rulebook import load_rulebook
from generator.rules.scale import Scale


class NoSuchLevel(HosoError):
    """Không có mức xếp loại này."""

    code = "commands.no-such-level"


class FactUnread(HosoError):
    """Điều thay đổi phải ghi dạng tên=giá trị, ví dụ card_lost=true."""

    code = "commands.fact-unread"


@campaign_group.command("effects")
@click.argument("period", type=PERIOD)
@click.argument("subject", metavar="MÃ", type=TEXT)
@click.argument("level", metavar="MỨC", type=TEXT, required=False)
@click.option("--capacity", type=one_of(tuple(choices()["capacity"])), help="Xếp loại với tư cách nào.")
@click.option("--fact", "facts", multiple=True, type=TEXT, metavar="TÊN=GIÁ-TRỊ", help="Một điều ghi khác đi.")
@click.option("--unit", type=TEXT, help="Mã đơn vị chủ trì, khi nhiều đơn vị cùng mở đợt này.")
@as_json
@click.pass_context
def effects_command(
    ctx: click.Context, period: str, subject: str, level: str | None, capacity: str | None,
    facts: tuple[str, ...], unit: str | None, json_output: bool,
) -> None:  # fmt: skip
    """Nếu đổi mức hoặc một điều đã ghi của một đối tượng thì cấp trên, tập thể, tỷ lệ đổi ra sao. Không ghi gì."""
    database = the_office(ctx).connect()
    picture = load_picture(database, find_campaign(database, period, unit))
    levels = load_rulebook(picture.campaign.rulebook).levels
    if level is not None and level not in levels.labels:
        raise NoSuchLevel(f"Không có mức “{level}”. Xin ghi một trong: {', '.join(levels.labels)}.")
    found = effects(picture, change_of(picture, subject, capacity, level, dict(_pair(fact) for fact in facts)))
    if json_output:
        print_json(found.as_dict(picture))
    else:
        print_effects(found, picture, levels)
    if not found.allowed:
        sys.exit(1)


@campaign_group.command("step")
@click.argument("dossier", metavar="MÃ-HỒ-SƠ", type=TEXT)
@click.argument("step", metavar="BƯỚC", type=one_of(tuple(steps())))
@click.option("--basis", required=True, type=TEXT, help="Căn cứ: văn bản, hội nghị hoặc việc đã làm.")
@as_json
@click.pass_context
def step_command(ctx: click.Context, dossier: str, step: str, basis: str, json_output: bool) -> None:
    """Ghi một bước của việc đánh giá một đối tượng; bước trái trình tự thì bị từ chối kèm quy định."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        situation = situation_of(database, campaign_of(database, dossier))
        evaluation = evaluation_of(situation.picture, dossier)
        moved = move(
            database, situation.picture, situation.judgement, situation.book, evaluation, step,
            basis=basis, actor=actor(),
        )  # fmt: skip
    placed = moved.standing
    if json_output:
        path = [{"step": one.step, "basis": one.basis} for one in placed.path]
        print_json({"dossier_id": dossier, "step": placed.step, "path": path, "next": placed.next})
        return
    following = f" Bước tiếp theo: {step_label(placed.next)}." if placed.next else ""
    click.echo(f"{situation.picture.subject_name(evaluation)}: đã ghi bước “{step_label(step)}”.{following}")


def print_effects(found: Effects, picture: Picture, levels: Scale) -> None:
    """What a change does above and beside, as a table, the quotas under it."""
    table(
        ["Đối tượng", "Tư cách", "Đơn vị", "Mức", "Cao nhất trước", "Cao nhất sau", "Kéo theo", "Thay đổi"],
        [_line(one, picture, levels) for one in found.subjects],
    )
    for quota in found.quotas:
        click.echo(_quota_lines(quota))
    click.echo("Không phát sinh điều trái quy định." if found.allowed else "Có điều trái quy định phát sinh.")


def _pair(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals or not name.strip():
        raise FactUnread(f"“{written}” chưa đúng: điều thay đổi phải ghi dạng tên=giá trị, ví dụ card_lost=true.")
    return name.strip(), value.strip()


def _line(one: SubjectEffect, picture: Picture, levels: Scale) -> tuple[str, ...]:
    def label(level: str | None) -> str:
        return levels.label(level) if level else ""

    return (
        picture.subject_name(one.evaluation),
        choice_label("capacity", one.evaluation.capacity),
        picture.units[one.evaluation.unit_id].name,
        label(one.after.level),
        label(one.before.highest),
        label(one.after.highest),
        label(one.settled),
        "\n".join([*_said("Thêm", one.appeared), *_said("Hết", one.vanished), *one.after.incomplete]),
    )


def _said(word: str, findings: Iterable[Finding]) -> list[str]:
    return [f"{word}: {finding.message} [{finding.rule_id}; {finding.citation}]" for finding in findings]


def _quota_lines(one: QuotaEffect) -> str:
    changes = [*_said("Thêm", one.appeared), *_said("Hết", one.vanished)]
    return "\n".join([f"{one.group}: trước {one.before.sentence}", f"    sau {one.after.sentence}", *changes])


# They stand in the group `hoso campaign`, which this module completes.
COMMANDS = (campaign_group,)
