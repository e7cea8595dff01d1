"""Commands about what leaves the office: a bag for the archive above, one member's set, a list of results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from archive.afterwards.amending import present_day
from archive.campaigns.opening import find_unit
from archive.handover.handing_over import hand_over
from archive.handover.member_set import member_set
from archive.handover.minutes import Parties
from archive.handover.result_list import result_list
from archive.office.folder import Office
from commands.console import account_at_work, actor, as_json, print_json, progress_bar, say, the_office, write_bytes
from commands.wording import NEW_FILE, TEXT, command
from generator.errors import HosoError
from search.history import history

_ANY = click.Path()


class WhoIsMeant(HosoError):
    """Chưa rõ là người nào."""

    code = "commands.who-is-meant"


@command("export")
@click.argument("path", metavar="[NƠI-GHI]", required=False, type=_ANY)
@click.option("--bagit", metavar="THƯ-MỤC", type=_ANY, help="Gói BagIt để giao nộp cho kho lưu trữ, kèm biên bản.")
@click.option("--member", metavar="TÊN-HOẶC-MÃ", type=TEXT, help="Bản tự kiểm điểm và kết quả 3 năm gần nhất của một"
              " người, ghi vào NƠI-GHI (thư mục hoặc tệp .zip).")  # fmt: skip
@click.option("--excel", metavar="TỆP", type=NEW_FILE, help="Danh sách kết quả cho cơ sở dữ liệu đảng viên.")
@click.option("--period", type=TEXT, help="Chỉ đợt này, ví dụ 2018.")
@click.option("--unit", type=TEXT, help="Chỉ đơn vị này và các đơn vị trực thuộc.")
@click.option("--subject", type=TEXT, help="Chỉ hồ sơ của người, đơn vị hoặc tập thể mang mã này (với --bagit).")
@click.option("--to", "receiving_body", type=TEXT, default="", help="Cơ quan nhận, in trong biên bản.")
@click.option("--venue", type=TEXT, default="", help="Nơi bàn giao, in trong biên bản.")
@click.option("--giver", "givers", type=TEXT, multiple=True, help="Người giao: “Họ tên, chức vụ”.")
@click.option("--receiver", "receivers", type=TEXT, multiple=True, help="Người nhận: “Họ tên, chức vụ”.")
@as_json
@click.pass_context
def export_command(
    ctx: click.Context, path: str | None, bagit: str | None, member: str | None, excel: str | None,
    period: str | None, unit: str | None, subject: str | None, receiving_body: str, venue: str,
    givers: tuple[str, ...], receivers: tuple[str, ...], json_output: bool,
) -> None:  # fmt: skip
    """Xuất ra ngoài: gói giao nộp (--bagit), bộ giấy tờ của một người (--member), danh sách Excel (--excel)."""
    if sum(one is not None for one in (bagit, member, excel)) != 1:
        raise click.UsageError("Phải chọn đúng một trong --bagit, --member, --excel.")
    if bool(member) is not bool(path):
        raise click.UsageError("--member cần nơi ghi, ví dụ: hoso export --member DV12 bo-ho-so.zip.")
    office = the_office(ctx)
    database = office.connect()
    if unit:
        find_unit(database, unit)
    if bagit:
        parties = Parties(receiving_body, venue, tuple(map(_person, givers)), tuple(map(_person, receivers)))
        told = _bag(office, database, Path(bagit), parties, period=period, unit=unit, subject=subject)
    elif member:
        told = _member(office, database, member, Path(str(path)))
    else:
        told = _excel(database, Path(str(excel)), period, unit)
    if json_output:
        print_json(told)


def _person(text: str) -> tuple[str, str]:
    name, _, position = text.partition(",")
    return name.strip(), position.strip()


def _bag(office: Office, database: Database, target: Path, parties: Parties, **narrowed: str | None) -> dict[str, Any]:
    with progress_bar() as move:
        done = hand_over(
            office, database, target, today=present_day(), account=account_at_work(database), actor=actor(),
            parties=parties, progress=move, **narrowed,
        )  # fmt: skip
    say(f"Đã đóng gói {done.dossiers} hồ sơ ({done.payload.files} tệp) vào {done.path}.")
    for made in done.minutes:
        say(f"Biên bản bàn giao: {made}")
    if done.minutes:
        say("Xin in biên bản thành hai bản để hai bên ký.")
    return {
        "path": str(done.path), "dossiers": done.dossiers, "files": done.payload.files, "bytes": done.payload.size,
        "manifest_sha512": done.payload.manifest_digest, "minutes": [str(made) for made in done.minutes],
    }  # fmt: skip


def _member(office: Office, database: Database, wanted: str, target: Path) -> dict[str, Any]:
    found = history(database, wanted)["matches"]
    if not found:
        raise WhoIsMeant(f"Không tìm thấy ai là “{wanted}”.")
    if len(found) > 1:
        named = "\n".join(f"- {one['person_id']}: {one['name']}, {one['unit'] or ''}" for one in found)
        raise WhoIsMeant(f"Có {len(found)} người như vậy; xin ghi mã của một người:\n{named}")
    done = member_set(
        office, database, found[0]["person_id"], target, today=present_day(), actor=actor(),
        account=account_at_work(database),
    )  # fmt: skip
    say(f"Đã ghi {done.files} tệp của {found[0]['name']} (các năm {', '.join(done.periods)}) vào {done.path}.")
    if done.only_results:
        say(f"Năm {', '.join(done.only_results)} chỉ có kết quả, không có bản tự kiểm điểm trong kho.")
    return {
        "path": str(done.path), "person_id": found[0]["person_id"], "periods": list(done.periods),
        "only_results": list(done.only_results), "files": done.files,
    }  # fmt: skip


def _excel(database: Database, target: Path, period: str | None, unit: str | None) -> dict[str, Any]:
    data, count = result_list(database, actor=actor(), period=period, unit=unit)
    write_bytes(target, data)
    say(f"Đã ghi {count} kết quả vào {target}.")
    return {"path": str(target), "rows": count}


COMMANDS = (export_command,)
