"""The dossiers that searching is measured with, the same each time, and what clerks type to find them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from archive.office.folder import Office, make_office
from archive.records.database import now, writing
from generator.vietnamese import fold

_FAMILIES = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý",
]  # fmt: skip
# Four in ten bear the commonest name.
_BORNE = ["Nguyễn"] * 9 + _FAMILIES
_MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Hữu", "Quốc", "Ngọc", "Thanh", "Xuân", "Thu", "Công", "Đình"]
_GIVEN = [
    "An", "Anh", "Ân", "Bình", "Chi", "Cường", "Dung", "Dũng", "Đạt", "Đức", "Giang", "Hà", "Hải", "Hạnh", "Hòa",
    "Hoa", "Hương", "Khánh", "Lan", "Long", "Minh", "Nga", "Thủy", "Tú",
]  # fmt: skip
_REMARKS = (
    "Gương mẫu, trách nhiệm, hoàn thành tốt nhiệm vụ được giao",
    "Cần chủ động hơn trong công tác tham mưu và phối hợp",
    "Tích cực xây dựng nông thôn mới, vận động nhân dân hiến đất làm đường",
    "Còn nể nang trong tự phê bình và phê bình",
    "Có sáng kiến cải cách thủ tục hành chính được công nhận",
    "Đoàn kết nội bộ, giữ gìn phẩm chất đạo đức, lối sống lành mạnh",
    "Chưa thường xuyên học tập nghị quyết; một số việc còn chậm",
    "Bị khiển trách do vi phạm quy định về tiếp công dân",
)
_LEVELS = ("excellent", "good", "good", "good", "completed", "not_completed")


def dossiers(count: int) -> Iterator[dict[str, str]]:
    """The same dossiers each time."""
    chance = random.Random(2018)  # noqa: S311 - a corpus, no secret
    for number in range(count):
        yield {
            "id": f"{2009 + number % 10}-m-{number:012d}",
            "period": str(2009 + number % 10),
            "name": " ".join(chance.choice(part) for part in (_BORNE, _MIDDLES, _GIVEN)),
            "unit": f"Chi bộ Khu {number % 400}",
            "card": f"{number:08d}",
            "decision": f"{number % 120 + 1}-QĐ/ĐU",
            "comment": ". ".join(chance.sample(_REMARKS, 2)) + f" (việc số {chance.randrange(10_000)}).",
            "level": chance.choice(_LEVELS),
        }


def office_with(root: Path, count: int) -> Office:
    """An office with as many filed dossiers of ten years in 400 cells."""
    office = make_office(root)
    database = office.connect()
    with writing(database):
        many = database.conn.executemany
        units = [(f"u{number}", f"Chi bộ Khu {number}") for number in range(400)]
        many("INSERT INTO unit (id, reference) VALUES (?, upper(?))", [(unit, unit) for unit, _ in units])
        many("INSERT INTO unit_period (unit_id, name, type) VALUES (?, ?, 'subordinate_cell')", units)
        many(
            "INSERT INTO campaign (id, period, rulebook, owner_id, place, evaluated_on, opened_at) "
            "VALUES ('c' || ?, ?, 'hd13_2018', 'u0', 'Hòa Sơn', '2018-12-20', ?)",
            [(year, str(year), now()) for year in range(2009, 2019)],
        )
        every = [
            {**one, "key": f"{number:06d}", "unit_id": f"u{number % 400}"} for number, one in enumerate(dossiers(count))
        ]
        many("INSERT INTO person (id, reference, full_name) VALUES (:key, 'R' || :key, :name)", every)
        many("INSERT INTO person_identifier VALUES (:key, 'card_number', :card, NULL, NULL)", every)
        many(
            "INSERT INTO evaluation (id, campaign_id, capacity, person_id, unit_id, proposal_comment) "
            "VALUES (:key, 'c' || :period, 'member', :key, :unit_id, :comment)",
            every,
        )
        many("INSERT INTO decision (id, evaluation_id, level, number) VALUES (:key, :key, :level, :decision)", every)
        many(
            "INSERT INTO dossier (id, campaign_id, kind, evaluation_id, unit_id, title, status, level, version, "
            "subject_name, unit_name) VALUES (:id, 'c' || :period, 'member', :key, :unit_id, '', 'filed', :level, 1, "
            ":name, :unit)",
            every,
        )
    database.close()
    return office


def queries() -> Iterator[str]:
    """What clerks type: names with and without marks, parts of names, codes, remarks, filters."""
    for number, one in enumerate(dossiers(40)):
        family, middle, given = one["name"].split()
        yield one["name"]
        yield f"{family} {given}".lower()
        yield f"{given} nam:{one['period']}"
        yield f"{one['name']} muc:tot"
        yield one["card"]
        yield one["decision"]
        yield f'"{one["unit"]}"' if number % 2 else f'{middle} don-vi:"{one["unit"]}"'
        yield f"{family[:2]}* {given}"
    yield from ("sáng kiến", "khien trach", '"nể nang"', "nông thôn mới -khiển", "HTXSNV nam:2018", "nam:2018 muc:xs")


def more_queries() -> Iterator[str]:
    """What else they type: without marks, a surname alone, short beginnings, common words, years and levels."""
    for number, one in enumerate(dossiers(40)):
        family, middle, given = one["name"].split()
        remark = _REMARKS[number % len(_REMARKS)].split()
        yield fold(one["name"])
        yield family if number % 2 else fold(family)
        yield f"{fold(given)[:2]}*"
        yield f"đ* {given}" if number % 2 else f"d* {fold(given)}"
        yield f'"{" ".join(remark[1:4])}"'
        yield " ".join(remark[:3])
        yield f"{fold(one['name'])} nam:{one['period']} muc:tot"
        yield f'{given} nam:2015..2017 -muc:xs don-vi:"{one["unit"]}"'
        yield f"{fold(middle)} khongai"
        yield f'don-vi:"{one["unit"]}"' if number % 4 else f"nam:{one['period']} muc:tot"
        yield f"{one['card'][:5]}*"
    yield from ("", "nguyen", "Nguyễn", "n*", "muc:tot", "nam:2018", "-muc:tot nguyễn", "khu", "việc số 7")
