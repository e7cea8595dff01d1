"""An office with results of many years, under any guidance, straight into the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from archive.records.database import new_id, now, writing
from tests.search.conftest import SmallOffice

BOOK = "hd13_2018"


@dataclass
class YearsOffice:
    """Puts evaluations where a campaign would have put them."""

    small: SmallOffice

    @property
    def database(self) -> Database:
        return self.small.database

    def campaign(self, period: str, owner: str = "dx", rulebook: str = BOOK) -> str:
        key = f"c-{owner}-{period}"
        self.database.execute(
            "INSERT OR IGNORE INTO campaign (id, period, rulebook, owner_id, place, evaluated_on, opened_at) "
            "VALUES (?, ?, ?, ?, 'Hòa Sơn', ?, ?)",
            [key, period, rulebook, owner, f"{period[:4]}-12-20", now()],
        )
        return key

    def result(
        self,
        person_id: str,
        period: str,
        level: str | None,
        *,
        capacity: str = "member",
        owner: str = "dx",
        rulebook: str = BOOK,
        complaint: bool = False,
        annulled: str | None = None,
        unit: str = "cb1",
        unit_name: str = "Chi bộ Khu 1",
        parent_name: str | None = "Đảng bộ xã Hòa Sơn",
    ) -> str:
        """An evaluation with its dossier; `annulled` is the level of a decision no longer in force."""
        with writing(self.database):
            evaluation, campaign = new_id(), self.campaign(period, owner, rulebook)
            self.database.table("evaluation").insert(
                {"id": evaluation, "campaign_id": campaign, "capacity": capacity, "person_id": person_id,
                 "unit_id": unit}
            )  # fmt: skip
            former = None
            if annulled:
                former = new_id()
                self.database.table("decision").insert(
                    {"id": former, "evaluation_id": evaluation, "level": annulled, "annulled_on": "2019-03-01"}
                )
            if level:
                self.database.table("decision").insert(
                    {"id": new_id(), "evaluation_id": evaluation, "level": level, "number": "15-QĐ/ĐU",
                     "decided_on": f"{period[:4]}-12-28", "supersedes": former}
                )  # fmt: skip
            status = ("reclassified" if level else "annulled") if annulled else "filed" if level else "draft"
            dossier = f"{period}-{capacity[0]}-{evaluation}"
            self.database.table("dossier").insert(
                {"id": dossier, "campaign_id": campaign, "kind": capacity, "evaluation_id": evaluation,
                 "unit_id": unit, "title": "", "status": status, "level": level, "version": 1,
                 "complaint": "open" if complaint else "none", "subject_name": "", "unit_name": unit_name,
                 "parent_name": parent_name}
            )  # fmt: skip
        return dossier

    def years(self, name: str, levels: dict[str, str | None], unit: str = "cb1", card: str = "", **more: str) -> str:
        """A person with a result as party member in each of these periods."""
        person = self.small.person(name, unit, card, **more)
        for period, level in levels.items():
            self.result(person, period, level)
        return person

    def paper(self, person_id: str, period: str, level: str, capacity: str = "member") -> None:
        """A result on paper of a year before hoso."""
        with writing(self.database):
            self.database.table("past_result").insert(
                {"id": new_id(), "capacity": capacity, "person_id": person_id, "period": period, "level": level}
            )
