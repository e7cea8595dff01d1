"""The quotas whose whole group stands under a district: its bases, collectives by kind, leaders by equal title."""

from __future__ import annotations

from archive.campaigns.hd13_2018.cases import district_quotas, quotas
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Collective, Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudge
from tests.archive.campaigns.pictures import BOOK, evaluation, person, picture, unit


def _district(owner: str = "district_party_committee", excellent: int = 2) -> Picture:
    """Ten bases of which some are excellent and the others good, each with its committee and its secretary."""
    units: list[Unit] = [unit("HU", owner)]
    people, made, bodies = [], list[Evaluation](), list[Collective]()
    for number in range(10):
        level = "excellent" if number < excellent else "good"
        base = f"DB{number}"
        units.append(unit(base, "grassroots_party_committee", "HU"))
        people.append(person(f"P{number}", base))
        bodies.append(Collective(f"DU{number}", f"DU{number}", "Đảng ủy", "grassroots_committee", "grassroots", base,
                                 base, {}))  # fmt: skip
        made.append(evaluation("party_organisation", base, base, level))
        made.append(evaluation("leadership_collective", f"DU{number}", base, level))
        facts = {"title": "Bí thư Đảng ủy xã", "criteria_source": "Quy định 04-QĐ/TU"}
        made.append(evaluation("leader_manager", f"P{number}", base, level, facts=facts))
    council = Collective("HD", "HD", "HĐND", "government_or_council", "grassroots", "DB0", "DB0", {})
    front = Collective("MT", "MT", "Mặt trận", "front_or_socio_political", "grassroots", "DB0", "DB0", {})
    made += [evaluation("leadership_collective", name, "DB0", level) for name, level in (("HD", None), ("MT", "good"))]
    return picture(units, people, made, collectives=(*bodies, council, front))


def test_a_district_counts_bases_collectives_of_a_kind_and_leaders_of_a_title() -> None:
    found = {rule: [one.id for one in group] for rule, _, group in district_quotas(_district())}
    assert sorted(found) == ["QUO-01", "QUO-03", "QUO-04"]
    assert all(len(group) == 10 for group in found.values()), "the council is only reviewed, the Front is the commune's"


def test_a_group_is_named_in_words() -> None:
    names = [name for rule, name, _ in district_quotas(_district()) if rule == "QUO-03"]
    assert names == [f"{BOOK.type_label('leadership_collective', 'grassroots_committee')} – HU"]


def test_a_commune_is_not_asked_for_a_group_of_which_it_has_a_share_only() -> None:
    asked = {rule for rule, _, _ in quotas(_district("grassroots_party_committee"))}
    assert not asked & {"QUO-03", "QUO-04"}


def test_the_whole_group_is_judged_with_its_arithmetic() -> None:
    for excellent, zone in ((1, "inside_every_reading"), (2, "only_wide"), (3, "outside_all")):
        judged = CampaignJudge(_district(excellent=excellent), BOOK).judged()
        by_rule = {rule: quota for (rule, _, _), (_, quota) in zip(
            quotas(_district(excellent=excellent)), judged.quotas, strict=True)}  # fmt: skip
        for rule in ("QUO-03", "QUO-04"):
            quota = by_rule[rule]
            assert (quota.zone, quota.excellent) == (zone, excellent)  # type: ignore[attr-defined]
            assert f"20% × {10 - excellent}" in quota.arithmetic  # type: ignore[attr-defined]
            assert [finding.rule_id for finding in quota.findings] == ([] if excellent == 1 else [rule])
