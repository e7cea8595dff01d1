"""The bodies a paper speaks for: their names, their headings, and who signs for them.

A cell speaks through its chi ủy, a đảng bộ through its committee; fronts, mass organisations and offices speak for
themselves; a body outside the campaign signs by its own hand, so only its name is printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Collective, Person, Unit

_OFFICES = ("Phó Bí thư", "Bí thư", "Phó Chủ tịch", "Chủ tịch", "Phó Hiệu trưởng", "Hiệu trưởng")
# How the name of a collective begins that signs as such (“T/M Ban Chấp hành”).
_COLLECTIVES = (
    "Ban Chấp hành",
    "Ban Thường vụ",
    "Ban Thường trực",
    "Thường trực Hội đồng nhân dân",
    "Tập thể lãnh đạo",
)
# “Ban Tổ chức Huyện ủy Thanh Lâm” is an office of the committee its name ends with.
_COMMITTEE_OFFICE = re.compile(r"(?P<office>.+?) (?P<committee>(?:Tỉnh|Thành|Thị|Huyện|Đảng) ủy .+)")


@dataclass(frozen=True)
class Spokesman:
    """Who heads a body that is named as people name it (“Hội Nông dân xã”), and its unit where it is one of ours."""

    office: str
    head: Person | None
    unit: Unit | None


@cache
def _named() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("bodies.toml").read_text(encoding="utf-8"))


def _row_of(organisation: str) -> Mapping[str, str]:
    rows: list[Mapping[str, str]] = _named()["organisation"]
    return next(row for row in rows if organisation.startswith(row["begins"]))


def committee_name(organisation: str) -> str:
    """The committee that speaks for a Party organisation (“Đảng bộ huyện …” as “Huyện ủy …”); any other as it is."""
    row = _row_of(organisation)
    return row["committee"] + organisation.removeprefix(row["begins"])


def body_name(unit: Unit) -> str:
    """Who speaks for a unit: “Đảng bộ xã An Đồng” speaks as “Đảng ủy xã An Đồng”, a cell as itself."""
    return committee_name(unit.name)


def superior_of(picture: Picture, unit: Unit) -> str | None:
    """The organisation printed over a unit's own name; a body outside the Party has only the one it names itself."""
    parent = picture.units.get(unit.parent_id or "")
    return unit.superior_name or (parent.name if parent and unit.is_party else None)


def committee_above(picture: Picture, unit: Unit) -> str:
    """The committee a unit reports to: its superior's, for a body beside the Party the owner's."""
    superior = superior_of(picture, unit) if unit.is_party else picture.owner.name
    return committee_name(superior) if superior else "Cấp ủy cấp trên"


def symbol_of(unit: Unit, kind: str) -> str:
    """The symbol after a paper's number: `BB/CB`, `QĐ/ĐU`; "" for a body outside the Party that names none."""
    own = issuer_symbol(unit.name, unit.symbol, is_cell=unit.is_cell) if unit.is_party else unit.symbol
    return f"{kind}/{own}" if own else ""


def issuer_symbol(name: str, own: str | None, *, is_cell: bool) -> str:
    """The end of the symbols of a Party body: its own where it gives one, else that of its level."""
    return own or (_named()["cell"] if is_cell else _row_of(name))["symbol"]


def office_of(title: str) -> str:
    """The office in a title, as it stands over a signature: “Phó Bí thư” of “Phó Bí thư Chi bộ Khu 1”."""
    return next((office for office in _OFFICES if title.startswith(office)), title)


def head_of(picture: Picture, unit: Unit) -> Person | None:
    """The head of a unit: the secretary of a cell or committee, the chair of a front or association."""
    return next((person for person in picture.people.values() if person.heads(unit.id)), None)


def deputy_of(picture: Picture, unit: Unit) -> Person | None:
    """The first deputy of a unit, who signs what concerns its head (13-HD/TU, I.4.2, gạch 3)."""
    found = [
        (post.rank or 99, person.reference, person)
        for person in picture.people.values()
        for post in person.positions
        if post.unit_id == unit.id and post.title.startswith("Phó ")
    ]
    return min(found, key=lambda one: one[:2])[2] if found else None


def committee_signature(picture: Picture, unit: Unit, about: Person | None = None) -> dict[str, Any]:
    """The signature of a cell's chi ủy (its secretary where there is none) or of a party committee.

    Args:
        about: whom the paper is about; a secretary does not sign what concerns himself, his deputy does.
    """
    authority = "T/M Ban Chấp hành"
    if unit.is_cell:
        authority = "T/M Chi ủy" if unit.has_committee else "T/M Chi bộ"
    return _signed(picture, unit, authority, "Bí thư", about)


def standing_signature(picture: Picture, unit: Unit) -> dict[str, Any]:
    """The signature of a committee's standing members (thường trực), who put papers before the committee itself.

    A cell has none: its chi ủy signs.
    """
    if unit.is_cell:
        return committee_signature(picture, unit)
    return _signed(picture, unit, f"T/M Thường trực {_row_of(unit.name)['committee']}".rstrip(), "Bí thư", None)


def deciding_committee(picture: Picture, unit: Unit) -> str:
    """The committee of a Party organisation as a body that meets and decides: “Ban Chấp hành Đảng bộ xã An Đồng”."""
    held = (one.name for one in picture.collectives.values() if one.unit_id == unit.id and one.is_committee)
    return next(held, f"Ban Chấp hành {unit.name}")


def _signed(picture: Picture, unit: Unit, authority: str, office: str, about: Person | None) -> dict[str, Any]:
    signer = head_of(picture, unit)
    if signer and about and signer.id == about.id:
        signer, office = deputy_of(picture, unit), f"Phó {office}"
    document: dict[str, Any] = {"signature_authority": authority, "signature_title": office}
    return document | ({"signer": signer.full_name} if signer else {})


def collective_signature(picture: Picture, collective: Collective, about: Person | None = None) -> dict[str, Any]:
    """The signature of a collective, by its head or, where the paper is about him, by a deputy."""
    unit = picture.units[collective.unit_id]
    if collective.is_committee:
        return committee_signature(picture, unit, about)
    named = next((one for one in _COLLECTIVES if collective.name.startswith(one)), "Tập thể lãnh đạo, quản lý")
    head = head_of(picture, unit)
    posts = [post.title for post in head.positions if post.unit_id == unit.id] if head else []
    office = next((office_of(title) for title in posts), "")
    return _signed(picture, unit, f"T/M {named}", office, about)


def signature_of(picture: Picture, unit: Unit, about: Person | None = None) -> dict[str, Any]:
    """The signature of a unit: of its committee, or of the collective that leads it."""
    if unit.is_party:
        return committee_signature(picture, unit, about)
    led_by = next((one for one in picture.collectives.values() if one.unit_id == unit.id), None)
    return collective_signature(picture, led_by, about) if led_by else {}


def outside_heading(name: str) -> dict[str, Any]:
    """The heading and signature of a body outside the campaign; place and signer are left for its own hand."""
    office = _COMMITTEE_OFFICE.fullmatch(name)
    named = (
        {"superior_body": office["committee"], "issuing_body": office["office"]} if office else {"issuing_body": name}
    )
    return named | {"signature_authority": "Chủ thể tham gia đánh giá"}


def spokesman(picture: Picture, name: str) -> Spokesman:
    """The head of a body by its everyday name: whose title is “Chủ tịch <name>” or “Bí thư <name>”."""
    for person in picture.people.values():
        for post in person.positions:
            office = office_of(post.title)
            if post.title == f"{office} {name}" and not office.startswith("Phó "):
                return Spokesman(office, person, picture.units.get(post.unit_id or ""))
    return Spokesman("", None, None)


def own_unit(picture: Picture, name: str) -> Unit | None:
    """The unit of the campaign with exactly this name."""
    return next((unit for unit in picture.units.values() if unit.name == name), None)


def mass_organisation(picture: Picture, name: str, about: Person) -> Mapping[str, Any]:
    """Heading and signature of the leadership of a mass organisation that assesses one of its leaders."""
    said = spokesman(picture, name)
    if said.unit:
        superior = {"superior_body": said.unit.superior_name} if said.unit.superior_name else {}
        return superior | {"issuing_body": said.unit.name} | signature_of(picture, said.unit, about)
    document = {"issuing_body": name, "signature_authority": "T/M Ban Chấp hành"}
    if said.head and said.head.id != about.id:
        document |= {"signature_title": said.office, "signer": said.head.full_name}
    return document
