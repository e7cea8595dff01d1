"""Whatever a party base is given: the judge answers, quotas and caps hold."""

from __future__ import annotations

from collections import Counter
from typing import cast

from hypothesis import given, settings

from archive.campaigns.hd13_2018.cases import head_caps
from archive.campaigns.picture import Picture
from archive.campaigns.verdicts import CampaignJudge
from generator.rulebooks.hd13_2018.results import QuotaResult
from tests.archive.campaigns.pictures import BOOK, LEVELS, party_bases


@settings(max_examples=120, deadline=None)
@given(party_bases())
def test_the_judge_answers_for_every_subject_of_every_base(picture: Picture) -> None:
    judgement = CampaignJudge(picture, BOOK).judged()
    assert set(judgement.subjects) == set(picture.evaluations)
    for own in judgement.subjects.values():
        assert own.highest in (None, "not_classified", *LEVELS)
        assert own.highest is not None or own.excluded or own.incomplete


@settings(max_examples=120, deadline=None)
@given(party_bases())
def test_no_level_stands_above_what_bounds_it(picture: Picture) -> None:
    judgement = CampaignJudge(picture, BOOK).judged()
    for key, own in judgement.subjects.items():
        evaluation = picture.evaluations[key]
        if own.refused or own.excluded or own.level not in LEVELS or own.highest not in LEVELS:
            continue
        assert LEVELS.index(own.level) >= LEVELS.index(own.highest)
        bounds = head_caps(picture, evaluation) if evaluation.person_id else None
        for bound in (bounds or {}).values():
            assert bound not in LEVELS or LEVELS.index(own.level) >= LEVELS.index(bound), key


@settings(max_examples=120, deadline=None)
@given(party_bases())
def test_more_excellent_ones_than_a_fifth_are_never_let_through(picture: Picture) -> None:
    (_, members), (_, cells) = CampaignJudge(picture, BOOK).judged().quotas
    counted = [
        (members, Counter(one.level for one in picture.all_members())),
        (cells, Counter(found.level for cell in picture.cells if (found := picture.organisation(cell.id)))),
    ]
    for outcome, levels in counted:
        quota = cast(QuotaResult, outcome)
        excellent, good = levels["excellent"], levels["good"]
        assert (quota.excellent, quota.good) == (excellent, good)
        assert bool(quota.violated_rule_ids) == (5 * excellent > good + excellent)
        assert bool(quota.warning_rule_ids) == (5 * excellent > good and 5 * excellent <= good + excellent)
