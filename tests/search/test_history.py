"""One person's years side by side."""

from __future__ import annotations

from sqlite_utils import Database

from search.history import history
from tests.search.conftest import SmallOffice


def names(database: Database, given: str) -> list[str]:
    return [match["name"] for match in history(database, given)["matches"]]


def test_by_name_with_and_without_marks(small: SmallOffice) -> None:
    small.person("Lê Thị Hòa")
    small.person("Lê Thị Hoa")
    small.person("Lê Thị Hồng")
    assert names(small.database, "Lê Thị Hoà") == ["Lê Thị Hòa"]
    assert names(small.database, "le thi hoa") == ["Lê Thị Hoa", "Lê Thị Hòa"]
    assert names(small.database, "lê thị") == ["Lê Thị Hoa", "Lê Thị Hòa", "Lê Thị Hồng"]
    assert names(small.database, "Phạm") == names(small.database, "") == names(small.database, " - ") == []


def test_by_card_number_reference_and_id(small: SmallOffice) -> None:
    person = small.person("Lê An", card="00123456")
    small.person("Trần Bình", card="00123457")
    for given in ("00123456", "00.123.456", "DV" + person, person):
        assert names(small.database, given) == ["Lê An"]


def test_results_newest_first_with_those_on_paper(small: SmallOffice) -> None:
    person = small.person("Lê An")
    dossier = small.dossier(person, period="2018", level="excellent", number="15-QĐ/ĐU")
    small.database.table("past_result").insert(
        {
            "id": "r1",
            "capacity": "member",
            "person_id": person,
            "period": "2017",
            "level": "good",
            "decision": "9-QĐ/ĐU",
        }
    )
    (match,) = history(small.database, "le an")["matches"]
    assert [(row["period"], row["level"], row["decision"]) for row in match["results"]] == [
        ("2018", "excellent", "15-QĐ/ĐU"),
        ("2017", "good", "9-QĐ/ĐU"),
    ]
    assert match["results"][0]["dossier_id"] == dossier
    assert match["unit"] == "Chi bộ Khu 1"


def test_a_person_without_any_dossier_is_still_found(small: SmallOffice) -> None:
    small.person("Lê An")
    assert history(small.database, "Lê An")["matches"][0]["results"] == []


def test_a_merged_person_is_shown_as_the_one_who_stays(small: SmallOffice) -> None:
    staying = small.person("Nguyễn Văn An")
    merged = small.person("Nguyễn An", card="00999999", merged_into=staying)
    small.dossier(staying, period="2018")
    small.dossier(merged, period="2016", level="completed")
    for given in ("Nguyễn Văn An", "nguyen an", "00999999", merged):
        (match,) = history(small.database, given)["matches"]
        assert match["person_id"] == staying
        assert [row["period"] for row in match["results"]] == ["2018", "2016"]


def test_an_annulled_result_is_listed_without_a_level(small: SmallOffice) -> None:
    person = small.person("Lê An")
    small.dossier(person, level=None, status="annulled")
    small.dossier(person, period="2019", level=None, status="draft")
    (match,) = history(small.database, "Lê An")["matches"]
    assert [(row["period"], row["level"], row["status"]) for row in match["results"]] == [("2018", None, "annulled")]
