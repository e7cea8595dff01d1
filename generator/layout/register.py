"""What a paper of the register needs, and how its number, day and names are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.layout.components import Anatomy
from generator.layout.departure import Departure, place_of
from generator.layout.document import Layout
from generator.layout.naming import type_known
from generator.layout.profile import Profile
from generator.vietnamese import fold, nfc

_WHOLE = "Cả văn bản"
_SYMBOL = re.compile(r"[-–]\s*(\w+)\s*/")


def named(parts: Anatomy, beginnings: tuple[str, ...]) -> bool:
    """Whether the name of the paper begins with one of them."""
    names = [" ".join(fold(nfc(one.text)).split()) for one in parts.of("type_name")]
    return any(name.startswith(fold(beginning)) for name in names for beginning in beginnings)


def needed(layout: Layout, parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """What a paper lacks: with a number, what every paper of the register has; of a type that has one, the number."""
    types = {type_known(one.text, profile) for one in parts.of("type_name")}
    is_letter = bool(parts.of("addressee") and parts.of("issuing_body") and not parts.of("type_name"))
    if not parts.of("number"):
        if (types & set(profile.numbered) or is_letter) and parts.of("issuing_body"):
            yield _missing("number", profile)
    else:
        closed_otherwise = named(parts, profile.closed_otherwise)
        for alternatives in (one.split("|") for one in profile.needed):
            if closed_otherwise and alternatives[0] in ("authority", "signer_title", "recipients_label"):
                continue
            # Without a power nothing tells the office from a name; without a type it is said of the type already.
            untold = alternatives[0] == "signer_title" and not parts.of("authority")
            untold |= alternatives[0] == "summary" and not parts.of("type_name")
            if not untold and not any(parts.of(name) for name in alternatives):
                yield _missing(alternatives[-1 if is_letter else 0], profile)
    if layout.identifier and not any(layout.identifier in one.text for one in layout.margins):
        message = "mã giấy không còn ở chân trang; bản giấy nộp lại sẽ không tự nhận ra được"
        yield Departure("missing.paper_code", "Chân trang", message, profile.components["paper_code"].cites)


def _missing(name: str, profile: Profile) -> Departure:
    component = profile.components[name]
    return Departure(f"missing.{name}", _WHOLE, f"không có: {component.label}", component.cites)


def wording(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """Components written in a way the format does not, and numbers whose symbol is of another type of paper."""
    for one in profile.wording:
        component = profile.components[one.component]
        for paragraph in parts.of(component.name):
            if re.search(one.wrong, nfc(paragraph.printed).strip()):
                message = f"{component.label}: {one.message}"
                yield Departure("text.wording", place_of(paragraph), message, component.cites)
    yield from _symbols(parts, profile)


def _symbols(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    component = profile.components["number"]
    asked = {code for one in parts.of("type_name") for name, code in profile.types.items() if named(parts, (name,))}
    for paragraph in parts.of("number"):
        found = _SYMBOL.search(nfc(paragraph.text))
        if found and asked and found[1] not in asked and found[1].upper() not in {code.upper() for code in asked}:
            code = " hoặc ".join(sorted(asked))
            message = f"{component.label}: ký hiệu của loại văn bản này là “{code}”, đang ghi “{found[1]}”"
            yield Departure("text.symbol", place_of(paragraph), message, component.cites)
