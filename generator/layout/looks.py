"""The look of each recognised component against the format: size, weight, slant, case and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.layout.departure import Departure, place_of, size_message
from generator.layout.profile import Component
from generator.layout.walking import Paragraph, Run

_ALIGNED = {"center": "căn giữa", "both": "căn đều hai bên", "left": "căn trái", "right": "căn phải"}
_SHOWN = (("bold", "in đậm"), ("italic", "in nghiêng"), ("underline", "gạch chân"))
# Fewer letters than this may all be capitals and be an abbreviation.
_LETTERS_OF_WORDS = 5


def look_of(paragraph: Paragraph, component: Component) -> Iterator[Departure]:
    """Where one paragraph departs from how its component looks."""
    where = place_of(paragraph)
    sizes = {run.look.size for run in paragraph.shown}
    if not sizes <= set(component.sizes):
        yield Departure("font.size", where, f"{component.label}: {size_message(sizes, component)}", component.cites)
    # A colon or bracket beside a word may keep the look of the text around it.
    worded = [run for run in paragraph.shown if any(sign.isalnum() for sign in run.text)] or list(paragraph.shown)
    yield from _weight(where, worded[:1] if component.label_only else worded, component)
    if component.label_only and component.rest_upright:
        yield from _rest_upright(where, _after_label(paragraph.shown), component)
    yield from _case(where, paragraph, component)
    given, asked = paragraph.look.align, component.align
    if (asked == "center" or component.placed) and given not in {asked, "both" if asked == "left" else asked}:
        message = f"{component.label}: đang {_ALIGNED.get(given, given)}, phải {_ALIGNED[asked]}"
        yield Departure("look.align", where, message, component.cites)


def _weight(where: str, runs: Sequence[Run], component: Component) -> Iterator[Departure]:
    for attribute, shown in _SHOWN:
        asked = getattr(component, attribute)
        if any(getattr(run.look, attribute) != asked for run in runs):
            message = f"{component.label}: {'phải' if asked else 'không'} {shown}"
            yield Departure(f"look.{attribute}", where, message, component.cites)


def _after_label(runs: Sequence[Run]) -> list[Run]:
    """The runs behind the one in which the label ends with its colon."""
    end = next((at for at, run in enumerate(runs) if ":" in run.text), len(runs))
    return list(runs[end + 1 :])


def _rest_upright(where: str, runs: Sequence[Run], component: Component) -> Iterator[Departure]:
    for attribute, shown in _SHOWN[:2]:
        if any(getattr(run.look, attribute) for run in runs):
            message = f"{component.label}: tên nơi nhận không {shown}"
            yield Departure(f"look.{attribute}", where, message, component.cites)


def _case(where: str, paragraph: Paragraph, component: Component) -> Iterator[Departure]:
    lettered = [run for run in paragraph.shown if any(letter.isalpha() for letter in run.text)]
    if component.caps and any(not run.printed.isupper() for run in lettered):
        yield Departure("look.caps", where, f"{component.label}: phải in hoa", component.cites)
    letters = [letter for letter in paragraph.printed if letter.isalpha()]
    if component.lower and len(letters) >= _LETTERS_OF_WORDS and all(letter.isupper() for letter in letters):
        yield Departure("look.caps", where, f"{component.label}: không in hoa toàn bộ", component.cites)
