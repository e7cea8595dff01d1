"""The plan of a campaign under the guidance of 2018, as the house asks for it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any, cast

from archive.campaigns.contents import Dossier
from archive.campaigns.hd13_2018 import cases, figures, stages
from archive.campaigns.hd13_2018.decided import notice_key
from archive.campaigns.hd13_2018.dossier_papers import contents_document, cover_document
from archive.campaigns.hd13_2018.order import events
from archive.campaigns.hd13_2018.remedies import remedy_findings
from archive.campaigns.hd13_2018.single_papers import single_paper
from archive.campaigns.hd13_2018.votes import voted_against, voters
from archive.campaigns.papers.paper import Paper
from archive.campaigns.picture import Picture
from archive.campaigns.plan import Asked, CampaignPlan, Events, Facts, Front, Proofs
from archive.campaigns.procedure import Standing
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator import judge
from generator.rulebooks.hd13_2018.results import BallotResult
from generator.rules.applied import AppliedBook
from generator.rules.findings import Finding
from generator.rules.results import Outcome
from generator.rules.rulebook import Rulebook

_STEPS = tomllib.loads(
    resources.files("archive.campaigns.hd13_2018").joinpath("procedure.toml").read_text(encoding="utf-8")
)["step"]
_PROFILES = {"member": "party_member", "campaign": "leader_manager"}
_CONCERNING = {
    "member": "đảng viên",
    "leader_manager": "cán bộ lãnh đạo, quản lý",
    "party_organisation": "tổ chức đảng",
    "leadership_collective": "tập thể lãnh đạo, quản lý",
}


class CampaignOf2018(CampaignPlan):
    """13-HD/TU: four ratings, two rounds of ballots, a year from the blank forms to the archive."""

    stages = stages.STAGES
    member_quota = cases.MEMBER_QUOTA
    conclusion_item = "conclusion"
    ballots = {  # noqa: RUF012  read only
        "member_round1": ("member",),
        "member_round2": ("member",),
        "decision_members": ("member",),
        "leaders": ("leader_manager",),
        "organisation_level": ("party_organisation", "leadership_collective"),
        "decision_organisations": ("party_organisation", "leadership_collective"),
    }
    # Who sends to whom, in the words of the list of days (13-HD/TU, VI.1).
    sendings = {  # noqa: RUF012  read only
        "cell": "Chi bộ trực thuộc gửi đảng ủy cơ sở",
        "grassroots": "Tổ chức cơ sở đảng gửi cấp ủy cấp huyện",
        "district": "Cấp ủy cấp huyện gửi Ban Tổ chức Tỉnh ủy",
    }

    required = {row["code"]: tuple(row["required"]) for row in _STEPS}  # noqa: RUF012  read only
    step_rules = {row["code"]: tuple(row["rules"]) for row in _STEPS}  # noqa: RUF012  read only
    proofs = Proofs(
        participants=frozenset({"cell_committee", "mass_organisation", "agency_head", "participant"}),
        appraisers=("appraisal", "authority"),
        deciding_ballots=frozenset({"decision_members", "decision_organisations"}),
        review_meetings={
            "member": "review_cell",
            "leader_manager": "review_collective",
            "party_organisation": "review_collective",
            "leadership_collective": "review_collective",
        },
        notices=frozenset({"result-notice", "extract-decision"}),
    )

    def facts(self, picture: Picture, evaluation: Evaluation, book: Rulebook) -> tuple[str, Facts] | None:
        """None for a leader or manager, whose standard stands elsewhere (IV)."""
        return cases.facts(picture, evaluation, book)

    def caps(self, picture: Picture, evaluation: Evaluation) -> tuple[str, Facts] | None:
        """What collective and organisation leave a head, and the organisation its collective (V.1)."""
        return cases.caps(picture, evaluation)

    def ballot(self, picture: Picture, cell: Unit) -> Facts | None:
        """Both rounds (II.2.5); None while round one is not counted."""
        return cases.ballot(picture, cell)

    def voted_against(
        self, picture: Picture, evaluation: Evaluation, level: str, result: Outcome, own: AppliedBook
    ) -> Iterable[Finding]:
        """A level above what both rounds gave (II.2.5)."""
        return voted_against(picture.subject_reference(evaluation), level, cast(BallotResult, result), own)

    def remedied(self, evaluation: Evaluation, own: AppliedBook) -> Iterable[Finding]:
        """Last year's shortcomings before this year's criterion (I.3, II.1.6)."""
        return remedy_findings(evaluation, own)

    def quotas(self, picture: Picture) -> Iterator[tuple[str, str, Sequence[Evaluation]]]:
        """Members of the whole party base, and its cells (II.1.3.a, II.2.3.a)."""
        return cases.quotas(picture)

    def quota_facts(self, rule: str, group: str, evaluations: Iterable[Evaluation], book: Rulebook) -> Facts:
        """How many stand at each level."""
        return cases.quota_facts(rule, group, evaluations, book)

    def unclassified_by_standing(self, picture: Picture, evaluation: Evaluation) -> bool:
        """Exempt, suspended, away for a time, or gone."""
        return cases.unclassified_by_standing(picture, evaluation)

    def reviewed_only(self, picture: Picture, evaluation: Evaluation) -> bool:
        """Councils and people's committees (III.1)."""
        return cases.reviewed_only(picture, evaluation)

    def figures(
        self, picture: Picture, judgement: CampaignJudgement, unit: Unit, book: Rulebook
    ) -> tuple[Finding, ...]:
        """Sheets, voters, those present, places."""
        return figures.compared(picture, judgement, unit, book)

    def events(
        self, picture: Picture, evaluation: Evaluation, step: str, every: Mapping[str, Standing]
    ) -> Iterator[Events]:
        """Collective before head before the others; organisation before collective before its head (I.4.2, V.1)."""
        return events(picture, evaluation, step, every)

    def notice_keys(self, picture: Picture, evaluation: Evaluation) -> tuple[str, ...]:
        """Members are told cell by cell, the others by what they are, each decision by itself (V.1, gạch 6)."""
        return (notice_key(picture, evaluation),) if evaluation.decision else ()

    def papers(self, situation: Situation, stage: str, unit: Unit) -> Iterator[Paper]:
        """What `stages` plans."""
        return stages.PAPERS[stage](situation, unit)

    def single(self, situation: Situation, asked: Asked) -> Paper | None:
        """What is made on demand, or a blank form with who and where."""
        return single_paper(situation, asked)

    def missing(self, situation: Situation, stage: str, unit: Unit) -> list[str]:
        """What `stages` asks for."""
        return stages.missing_for(situation, stage, unit)

    def voters(self, picture: Picture, unit: Unit, key: str = "") -> int | None:
        """Those who vote in a cell, the members of the unit's committee, or of a body beside it (II.1.6, II.2.5)."""
        return voters(picture, unit, key)

    def title(self, picture: Picture, capacity: str) -> str:
        """“Hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm 2018”."""
        period = picture.campaign.period
        if capacity == "campaign":
            return f"Hồ sơ đợt kiểm điểm, đánh giá, xếp loại chất lượng năm {period}"
        return f"Hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng {_CONCERNING[capacity]} năm {period}"

    def profile(self, capacity: str) -> str:
        """The list of VI.2 is the leaders'; a unit's own papers lie in its order."""
        return _PROFILES.get(capacity, capacity)

    def lacking(
        self, picture: Picture, evaluation: Evaluation, present: Collection[str], book: Rulebook
    ) -> Iterable[str]:
        """What VI.2 asks for and is not there."""
        person = picture.people.get(evaluation.person_id or "")
        asked = {
            "stage": "archive",
            "profile": self.profile(evaluation.capacity),
            "suggestion_issued": False,
            "opinions_received": False,
            "complaint_filed": False,
            "cell_is_residential": bool(person and person.cell_is_residential),
            "documents_present": sorted(present),
        }
        return judge.dossier(asked, book=book).missing

    def cover(self, picture: Picture, dossier: Dossier, pages: int | None) -> Front:
        """Cover of a dossier of the archive."""
        return Front("dossier-cover", cover_document(picture, dossier, pages))

    def contents_list(self, picture: Picture, dossier: Dossier, sheets: Mapping[str, str]) -> Front:
        """The list of papers with their sheets."""
        return Front("contents-list", contents_document(picture, dossier, sheets))

    def sender(self, unit: Unit) -> str:
        """A cell reports to the đảng ủy, that to the district, the district to the province (VI.1)."""
        return {"subordinate_cell": "cell", "district_party_committee": "district"}.get(unit.type, "grassroots")

    def sending(self, picture: Picture, sender: str, today: date, calendar: Mapping[str, Any]) -> Facts:
        """A report of the year, sent today."""
        year, sent = picture.campaign.year, today.isoformat()
        return {"kind": "submission", "from": sender, "year": year, "sent_on": sent, **calendar}


PLAN = CampaignOf2018()
