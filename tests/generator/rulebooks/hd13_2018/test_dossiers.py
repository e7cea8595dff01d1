"""What a dossier holds (13-HD/TU, VI.2; C.4)."""

from __future__ import annotations

from typing import Any

import pytest

from generator import judge
from generator.rules.rulebook import load_rulebook

_NEEDED = {
    "leader_manager": {"self_review", "review_minutes", "residence_comment", "asset_declaration", "ballot_summary"},
    "leadership_collective": {"collective_review_report", "review_minutes"},
    "party_organisation": {"collective_review_report", "review_minutes"},
    "party_member": {"self_review", "review_minutes", "residence_comment"},
}


def _facts(profile: str, stage: str = "submission", documents: Any = (), true: str = "") -> dict[str, Any]:
    asked = ("suggestion_issued", "opinions_received", "complaint_filed", "cell_is_residential")
    return {
        "stage": stage,
        "profile": profile,
        **{name: name == true for name in asked},
        "documents_present": sorted(documents),
    }


@pytest.mark.parametrize("profile", _NEEDED)
def test_an_empty_dossier_misses_exactly_what_its_profile_needs(profile: str) -> None:
    assert set(judge.dossier(_facts(profile)).missing) == _NEEDED[profile]
    assert set(judge.dossier(_facts(profile, "archive")).missing) == _NEEDED[profile] | {"conclusion"}


@pytest.mark.parametrize("profile", _NEEDED)
@pytest.mark.parametrize(
    ("fact", "item", "rule_id"),
    [
        ("suggestion_issued", "review_suggestion", "DOS-03"),
        ("opinions_received", "contributed_opinions", "DOS-04"),
        ("complaint_filed", "complaint_file", "DOS-10"),
    ],
)
def test_what_happened_makes_its_paper_necessary(profile: str, fact: str, item: str, rule_id: str) -> None:
    result = judge.dossier(_facts(profile, documents=_NEEDED[profile], true=fact))
    assert (result.missing, result.missing_rule_ids) == ((item,), (rule_id,))
    assert judge.dossier(_facts(profile, documents={*_NEEDED[profile], item}, true=fact)).complete


def test_the_residence_comment_falls_away_for_a_member_of_the_residential_cell_only() -> None:
    member = judge.dossier(
        _facts("party_member", documents=["self_review", "review_minutes"], true="cell_is_residential")
    )
    assert member.complete
    leader = judge.dossier(_facts("leader_manager", true="cell_is_residential"))
    assert "residence_comment" in leader.missing


def test_more_papers_than_needed_never_matter() -> None:
    every = [item.code for item in load_rulebook().dossier_items("party_member")]
    assert judge.dossier(_facts("party_member", documents=every)).complete


def test_the_checklist_gives_every_item_in_order_with_its_reason() -> None:
    items = judge.dossier(_facts("party_member", documents=["self_review"], true="suggestion_issued")).items
    assert [row.rule_id for row in items] == [f"DOS-{number:02d}" for number in range(1, 12)]
    reasons = {row.code: row.reason for row in items}
    assert reasons["self_review"] == "bắt buộc"
    assert reasons["collective_review_report"] == "không áp dụng cho loại hồ sơ này"
    assert reasons["review_suggestion"] == "bắt buộc vì có gợi ý kiểm điểm"
    assert reasons["complaint_file"] == "chỉ cần khi có khiếu nại"
    assert reasons["conclusion"] == "chỉ cần khi lưu hồ sơ sau quyết định"
    assert reasons["other_documents"] == "không bắt buộc"


def test_a_head_has_the_dossier_of_a_leader() -> None:
    assert load_rulebook().dossier_items("head") == load_rulebook().dossier_items("leader_manager")
