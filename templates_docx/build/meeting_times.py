"""When a meeting began and ended, and in how many copies its minutes are made: told as far as it is known.

A final paper without an hour or a number of copies leaves the words out; a blank and a draft keep room for them.
"""

from __future__ import annotations

from .filling import day_of, or_dots, time_of


def began() -> str:
    """`Hồi 7 giờ 30 phút, ngày 22/12/2018`, or `Ngày 22/12/2018`."""
    day = day_of("held_on")
    return f"{{% if has.opened_at or not final %}}Hồi {time_of('opened_at')}, {day}{{% else %}}N{day[1:]}{{% endif %}}"


def ended() -> str:
    """` hồi 11 giờ 15 phút`, to stand after “kết thúc”; nothing where nobody told the hour."""
    return f"{{% if has.closed_at or not final %}} hồi {time_of('closed_at')}{{% endif %}}"


def copies_made(before: str) -> str:
    """`Biên bản lập thành 02 bản`, after the words `before`; nothing where nobody told how many."""
    return f"{{% if has.copies or not final %}}{before}lập thành {or_dots('copies', 2)} bản{{% endif %}}"
