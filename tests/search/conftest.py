"""A small office: units, people, a campaign and its dossiers, put straight into a fresh database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from archive.office.folder import Office, make_office
from archive.records.database import new_id, now, writing


@dataclass
class SmallOffice:
    """Puts rows where filing would have put them."""

    office: Office
    database: Database

    def unit(self, unit_id: str, name: str, parent: str | None = None) -> str:
        with writing(self.database):
            self.database.table("unit").insert({"id": unit_id, "reference": unit_id.upper()})
            self.database.table("unit_period").insert(
                {"unit_id": unit_id, "name": name, "type": "subordinate_cell", "parent_id": parent}
            )
        return unit_id

    def person(self, name: str, unit: str = "cb1", card: str = "", **more: Any) -> str:
        person_id = new_id()
        with writing(self.database):
            self.database.table("person").insert(
                {"id": person_id, "reference": "DV" + person_id, "full_name": name, **more}
            )
            self.database.table("membership").insert(
                {"id": new_id(), "person_id": person_id, "unit_id": unit, "kind": "official"}
            )
            if card:
                self.database.table("person_identifier").insert(
                    {"person_id": person_id, "kind": "card_number", "value": card}
                )
        return person_id

    def campaign(self, period: str) -> str:
        found = next(self.database.query("SELECT id FROM campaign WHERE period = ?", [period]), None)
        if found:
            return str(found["id"])
        self.database.table("campaign").insert(
            {
                "id": "c" + period,
                "period": period,
                "rulebook": "hd13_2018",
                "owner_id": "dx",
                "place": "Hòa Sơn",
                "evaluated_on": f"{period[:4]}-12-20",
                "opened_at": now(),
            }
        )
        return "c" + period

    def dossier(
        self,
        person_id: str,
        period: str = "2018",
        level: str | None = "good",
        comment: str = "",
        status: str = "filed",
        number: str | None = None,
        sections: dict[str, Any] | None = None,
        **facts: Any,
    ) -> str:
        """A member's dossier: drafts have version 0 and no line in the outbox."""
        with writing(self.database):
            campaign, evaluation = self.campaign(period), new_id()
            person = self.database.table("person").get(person_id)
            membership = next(self.database.query("SELECT unit_id FROM membership WHERE person_id = ?", [person_id]))
            unit = next(self.database.query("SELECT * FROM unit_period WHERE unit_id = ?", [membership["unit_id"]]))
            self.database.table("evaluation").insert(
                {
                    "id": evaluation,
                    "campaign_id": campaign,
                    "capacity": "member",
                    "person_id": person_id,
                    "unit_id": unit["unit_id"],
                    "proposal_comment": comment,
                    "sections": json.dumps(sections or {}),
                    "facts": json.dumps(facts),
                }
            )
            if level:
                self.database.table("decision").insert(
                    {"id": new_id(), "evaluation_id": evaluation, "level": level, "number": number}
                )
            dossier_id = f"{period}-m-{evaluation}"
            self.database.table("dossier").insert(
                {
                    "id": dossier_id,
                    "campaign_id": campaign,
                    "kind": "member",
                    "evaluation_id": evaluation,
                    "unit_id": unit["unit_id"],
                    "title": f"Hồ sơ đảng viên {person['full_name']}",
                    "status": status,
                    "level": level,
                    "version": 0 if status == "draft" else 1,
                    "subject_name": person["full_name"],
                    "unit_name": unit["name"],
                    "parent_name": "Đảng bộ xã Hòa Sơn",
                }
            )
            if status != "draft":
                self.queue(dossier_id)
        return dossier_id

    def filed(self, name: str, unit: str = "cb1", **more: Any) -> str:
        """A new person with one filed dossier."""
        return self.dossier(self.person(name, unit), **more)

    def filed_many(self, names: list[str], period: str = "2018") -> None:
        """As many filed dossiers, in few statements."""
        campaign = self.campaign(period)
        with writing(self.database):
            for number, name in enumerate(names):
                key = f"{period}x{number:06d}"
                self.database.execute(
                    "INSERT INTO person (id, reference, full_name) VALUES (?, ?, ?)", [key, "R" + key, name]
                )
                self.database.execute(
                    "INSERT INTO evaluation (id, campaign_id, capacity, person_id, unit_id) "
                    "VALUES (?, ?, 'member', ?, 'cb1')",
                    [key, campaign, key],
                )
                self.database.execute(
                    "INSERT INTO dossier (id, campaign_id, kind, evaluation_id, unit_id, title, status, level, "
                    "version, subject_name, unit_name) "
                    "VALUES (?, ?, 'member', ?, 'cb1', '', 'filed', 'good', 1, ?, 'Chi bộ Khu 1')",
                    [f"{period}-m-{key}", campaign, key, name],
                )
                self.queue(f"{period}-m-{key}")

    def queue(self, dossier_id: str) -> None:
        self.database.table("outbox").insert({"dossier_id": dossier_id, "queued_at": now()})


def small_office(root: Path) -> SmallOffice:
    office = make_office(root)
    small = SmallOffice(office, office.connect())
    small.unit("dx", "Đảng bộ xã Hòa Sơn")
    small.unit("cb1", "Chi bộ Khu 1", "dx")
    small.unit("cb10", "Chi bộ Khu 10", "dx")
    return small


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallOffice]:
    made = small_office(tmp_path / "office")
    yield made
    made.database.close()
