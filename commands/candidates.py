"""Lists for planning and appointments: who qualifies, and the results of the people of a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from archive.afterwards.amending import present_day
from commands.console import actor, as_json, print_json, read_bytes, say, table, the_office, write_bytes
from commands.wording import FILE, NEW_FILE, TEXT, command, one_of, whole_number
from generator.facts.values import choice_label
from search.candidate_sheets import candidate_sheet, named_sheet
from search.candidate_words import born, named_question, outcome, question
from search.candidates import CAPACITIES, NOW, THEN, Asked, Candidates, candidates
from search.name_lists import in_file
from search.named_people import FOUND, STATES, Answered, NamedPeople, results_of_named
from search.spans import MOST_YEARS

_GAPS = ("exclude", "show")


@command("candidates")
@click.option("--at-least", "levels", type=TEXT, multiple=True, metavar="MỨC", help="Mức thấp nhất mỗi năm: mã hoặc tên"
              " mức. Các năm theo nhiều hướng dẫn khác tên mức thì ghi nhiều lần.")  # fmt: skip
@click.option("--best", type=whole_number(0, MOST_YEARS), default=0, help="Ít nhất bấy nhiêu năm ở mức cao nhất.")
@click.option("--capacity", type=one_of(CAPACITIES), default=CAPACITIES[0], show_default=True,
              help="Tư cách: member là đảng viên, leader_manager là cán bộ lãnh đạo, quản lý.")  # fmt: skip
@click.option("--unit", type=TEXT, default="", help="Mã hoặc tên đơn vị; tính cả các đơn vị trực thuộc.")
@click.option("--basis", type=one_of((NOW, THEN)), default=NOW, show_default=True,
              help="Đơn vị theo tổ chức hiện nay (now) hay lúc được đánh giá (then).")  # fmt: skip
@click.option("--gaps", type=one_of(_GAPS), default=_GAPS[0], show_default=True,
              help="Năm không có kết quả để tính: loại (exclude) hay vẫn đưa vào và ghi rõ (show).")  # fmt: skip
@click.option("--names", "file", type=FILE, metavar="TỆP", help="Danh sách tên (văn bản, CSV, Excel): xem kết quả"
              " của những người này.")  # fmt: skip
@click.option("--column", type=TEXT, default="", help="Cột chứa họ tên trong bảng: chữ cái hoặc tên cột.")
@click.option("--years", type=whole_number(1, MOST_YEARS), default=3, show_default=True, help="Số năm gần nhất.")
@click.option("--until", type=TEXT, default="", help="Năm hoặc kỳ cuối; bỏ trống thì là kỳ mới nhất có kết quả.")
@click.option("--period", "between", type=TEXT, default="", help="Thay cho --years: 2016..2018 hoặc 2025-Q1..2025-Q4.")
@click.option("--excel", type=NEW_FILE, metavar="TỆP", help="Ghi danh sách ra tệp Excel.")
@as_json
@click.pass_context
def candidates_command(
    ctx: click.Context, levels: tuple[str, ...], best: int, capacity: str, unit: str, basis: str, gaps: str,
    file: str | None, column: str, years: int, until: str, between: str, excel: str | None, json_output: bool,
) -> None:  # fmt: skip
    """Danh sách phục vụ quy hoạch, bổ nhiệm: ai đủ điều kiện (--at-least), hoặc kết quả của những người đã có tên
    (--names)."""
    if bool(file) is bool(levels):
        raise click.UsageError("Phải chọn đúng một trong --at-least và --names.")
    if file and (best or unit):
        raise click.UsageError("--best và --unit chỉ dùng với --at-least.")
    office = the_office(ctx)
    database = office.connect()
    book = office.settings.rulebook
    if file:
        given = in_file(Path(file).name, read_bytes(file), column)
        answer = results_of_named(database, given, book, years=years, until=until, between=between)
        data = named_sheet(database, answer, today=present_day(), actor=actor()) if excel else b""
        _deliver(answer, data, excel, json_output)
        return
    asked = Asked(levels, best, capacity, unit, basis, gaps == _GAPS[1], years, until, between)
    found = candidates(database, asked, book)
    data = candidate_sheet(database, found, today=present_day(), actor=actor()) if excel else b""
    _deliver(found, data, excel, json_output)


def _deliver(answer: Candidates | NamedPeople, data: bytes, excel: str | None, json_output: bool) -> None:
    if excel:
        write_bytes(Path(excel), data)
        say(f"Đã ghi danh sách vào {excel}.")
    if json_output:
        print_json(answer.as_dict())
    elif isinstance(answer, Candidates):
        _show(answer)
    else:
        _show_named(answer)


def _show(found: Candidates) -> None:
    for sentence in (*question(found), *outcome(found)):
        click.echo(sentence)
    table(
        ["Họ và tên", "Ngày sinh", "Đơn vị hiện nay", *found.span.years, "Mã"],
        [
            (one.person["name"], born(one.person), one.person["unit"], *(year.text for year in one.years),
             one.person["person_id"])
            for one in found.people
        ],
    )  # fmt: skip


def _show_named(answer: NamedPeople) -> None:
    for sentence in named_question(answer):
        click.echo(sentence)
    table(
        ["Dòng", "Ghi trong danh sách", "Kết quả tìm", "Họ và tên", "Ngày sinh", "Đơn vị hiện nay", "Tư cách",
         *answer.span.years, "Mã", "Ghi chú"],
        [line for one in answer.lines for line in _lines(one, len(answer.span.years))],
    )  # fmt: skip


def _lines(one: Answered, years: int) -> list[Sequence[str | None]]:
    head = (str(one.line.number), one.line.given, STATES[one.state])
    if not one.people:
        return [(*head, *("",) * (5 + years), one.remark)]
    if one.state != FOUND:
        return [
            (*head, person["name"], born(person), person["unit"], "", *("",) * years, person["person_id"], one.remark)
            for person in one.people
        ]
    person = one.people[0]
    return [
        (*head, person["name"], born(person), person["unit"], choice_label("capacity", capacity),
         *(year.text for year in told), person["person_id"], one.remark)
        for capacity, told in one.years.items()
    ]  # fmt: skip


COMMANDS = (candidates_command,)
