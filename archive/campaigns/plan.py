"""What each guidance says of a campaign for itself; the house asks, and knows no form, level or rule of any of them.

A rulebook answers with a `CampaignPlan` named `PLAN`: in `campaign.py` of its own folder, or, for a shipped book, in
the room here that has the book's name (`archive/campaigns/hd13_2018/campaign.py`), since `generator/` knows no archive.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError
from generator.rules.applied import AppliedBook
from generator.rules.findings import Finding
from generator.rules.procedures import DossierItem
from generator.rules.results import Outcome
from generator.rules.rulebook import Rulebook

if TYPE_CHECKING:
    from archive.campaigns.contents import Dossier
    from archive.campaigns.papers.paper import Paper
    from archive.campaigns.picture import Picture
    from archive.campaigns.procedure import Standing
    from archive.campaigns.stages import Situation
    from archive.campaigns.subjects import Evaluation, Unit
    from archive.campaigns.verdicts import CampaignJudgement

Facts = dict[str, Any]
# An event, and others with whether they have happened.
Events = tuple[str, list[tuple[str, bool]]]


class NoPlan(ArchiveError):
    """Bộ quy tắc này chưa có phần nói về đợt đánh giá (tệp campaign.py) nên chưa mở đợt theo nó được."""

    code = "archive.no-plan"


@dataclass(frozen=True)
class Stage:
    """One stage of a campaign.

    Args:
        code: what `--stage` names it by; `title` is what people read.
        printed: its papers are also joined into one PDF a form, for the printer.
        settles: the steps that the records prove are recorded after it.
        files: it makes no papers; it puts the dossiers together and files them.
    """

    code: str
    title: str
    printed: bool = False
    settles: bool = False
    files: bool = False


@dataclass(frozen=True)
class Front:
    """One of the two papers before all others in a dossier: its form and that form's input."""

    form: str
    document: Mapping[str, Any]


@dataclass(frozen=True)
class Proofs:
    """What of the records shows that an evaluation has been through a step.

    Args:
        participants: the assessors who take part besides the subject.
        appraisers: the assessors whose sheet is the appraisal.
        deciding_ballots: kinds of ballot that decide; any other one is the step of ballots.
        review_meetings: capacity → kind of the meeting that reviews it.
        notices: forms that tell a result: one in a subject's own dossier tells his, of any other
            `CampaignPlan.notice_keys` says whose.
    """

    participants: frozenset[str] = frozenset()
    appraisers: tuple[str, ...] = ()
    deciding_ballots: frozenset[str] = frozenset()
    review_meetings: Mapping[str, str] = field(default_factory=dict)
    notices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PastResult:
    """One result of a person in some period: the level, who decided by which paper, and whether it still holds."""

    period: str
    capacity: str
    level: str
    unit: str
    decision: str
    in_force: bool


@dataclass(frozen=True)
class Asked:
    """A single paper someone asks for.

    Args:
        form: code of the form.
        unit: the unit that writes it.
        evaluation: whom it is about; None where it is about no subject.
        history: the results of that person over the periods, the newest last.
        lines: the rows an office keeps for the form, one a line; a line that begins with “#” names a group.
    """

    form: str
    unit: Unit
    evaluation: Evaluation | None = None
    history: Sequence[PastResult] = ()
    lines: Sequence[str] = ()


class CampaignPlan(ABC):
    """One guidance's campaign. What has a default here, a guidance may leave unsaid.

    Args:
        stages: in their order; one of them files.
        member_quota: the rule whose quota binds the decision on members.
        ballots: kind of ballot → the capacities of those voted on.
        conclusion_item: the item of a dossier that tells the level; one rightly left without a level has none.
        sendings: who sends results upward → how the list of days names it.
        required: step of the procedure → the capacities that may not leave it out.
        step_rules: step → the ids of the rules that speak of it.
        proofs: what shows a step.
    """

    stages: tuple[Stage, ...]
    member_quota: str
    conclusion_item: str = ""
    ballots: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    sendings: Mapping[str, str] = MappingProxyType({})
    required: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    step_rules: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    proofs: Proofs = Proofs()

    # What the judge is asked.

    @abstractmethod
    def facts(self, picture: Picture, evaluation: Evaluation, book: Rulebook) -> tuple[str, Facts] | None:
        """The kind of subject and its facts, rolled up from the picture; None where no rule judges this capacity."""

    @abstractmethod
    def quotas(self, picture: Picture) -> Iterable[tuple[str, str, Sequence[Evaluation]]]:
        """The groups a quota binds: rule, name of the group, and who is in it."""

    @abstractmethod
    def quota_facts(self, rule: str, group: str, evaluations: Iterable[Evaluation], book: Rulebook) -> Facts:
        """The counts of one group under a quota."""

    def caps(self, picture: Picture, evaluation: Evaluation) -> tuple[str, Facts] | None:
        """The kind by which the levels of other bodies bound a level, and those levels; None where none bounds it."""
        return None

    def ballot(self, picture: Picture, cell: Unit) -> Facts | None:
        """The facts of a cell's ballot on its members; None where none is held or counted."""
        return None

    def voted_against(
        self, picture: Picture, evaluation: Evaluation, level: str, result: Outcome, own: AppliedBook
    ) -> Iterable[Finding]:
        """What the outcome of the cell's ballot says against a member's level."""
        return ()

    def remedied(self, evaluation: Evaluation, own: AppliedBook) -> Iterable[Finding]:
        """What the shortcomings of earlier periods say of an evaluation."""
        return ()

    def unclassified_by_standing(self, picture: Picture, evaluation: Evaluation) -> bool:
        """Whether a member is rightly left without a level for the standing he has."""
        return False

    def reviewed_only(self, picture: Picture, evaluation: Evaluation) -> bool:
        """Whether a collective is reviewed and never classified."""
        return False

    def figures(
        self, picture: Picture, judgement: CampaignJudgement, unit: Unit, book: Rulebook
    ) -> tuple[Finding, ...]:
        """What differs between the figures typed for a unit and those counted from its records."""
        return ()

    def events(
        self, picture: Picture, evaluation: Evaluation, step: str, every: Mapping[str, Standing]
    ) -> Iterable[Events]:
        """A step as an event of the guidance's rules of order, with the events it has to come before or after.

        Args:
            every: where each evaluation stands, by id.
        """
        return ()

    def notice_keys(self, picture: Picture, evaluation: Evaluation) -> Iterable[str]:
        """The keys of the papers that tell the result of an evaluation beside those of others."""
        return ()

    # What is written.

    @abstractmethod
    def papers(self, situation: Situation, stage: str, unit: Unit) -> Iterator[Paper]:
        """Every paper a unit needs in a stage."""

    def single(self, situation: Situation, asked: Asked) -> Paper | None:
        """One paper that no stage plans, with what the records hold for it; None where there is nothing of it."""
        return None

    def missing(self, situation: Situation, stage: str, unit: Unit) -> list[str]:
        """What a unit lacks before a stage can run, as sentences; empty when it is ready."""
        return []

    # What is printed.

    def voters(self, picture: Picture, unit: Unit, key: str = "") -> int | None:
        """How many people are handed a ballot of a unit; None where nobody told.

        Args:
            key: of the paper, since the ballot may be that of a body the unit works for.
        """
        return len(picture.members(unit.id))

    # What is filed.

    @abstractmethod
    def title(self, picture: Picture, capacity: str) -> str:
        """The title of a dossier of this capacity, or of a unit's own (`campaign`)."""

    @abstractmethod
    def profile(self, capacity: str) -> str:
        """Which list of dossier contents of the book holds for a capacity, or for a unit's own (`campaign`)."""

    @abstractmethod
    def cover(self, picture: Picture, dossier: Dossier, pages: int | None) -> Front:
        """The cover; `pages` is unknown while there is no PDF."""

    @abstractmethod
    def contents_list(self, picture: Picture, dossier: Dossier, sheets: Mapping[str, str]) -> Front:
        """The list of what a dossier holds; `sheets`: key of a document → its sheets in the bundle."""

    def lacking(
        self, picture: Picture, evaluation: Evaluation, present: Collection[str], book: Rulebook
    ) -> Iterable[str]:
        """The codes of the items a subject's dossier needs and does not hold.

        Args:
            present: the codes of those it holds.
        """
        profile = self.profile(evaluation.capacity)
        needed = [item.code for item in book.dossier_items(profile) if item.requirement == "required"]
        return [code for code in needed if code not in present]

    def items(self, capacity: str, book: Rulebook) -> tuple[DossierItem, ...]:
        """What a dossier holds, in the order it lies there."""
        return book.dossier_items(self.profile(capacity))

    # What is sent upward, and when.

    def sender(self, unit: Unit) -> str:
        """As which of the `sendings` a unit reports; empty where the guidance sets it no day."""
        return ""

    def sending(self, picture: Picture, sender: str, today: date, calendar: Mapping[str, Any]) -> Facts:
        """The facts of a report sent today, for the judge of days.

        Args:
            calendar: the office's own days, as the judge takes them.
        """
        raise NotImplementedError


def plan_of(book: Rulebook) -> CampaignPlan:
    """The plan of a rulebook.

    Raises:
        NoPlan: it has none.
    """
    module = book.part("campaign")
    if module is None:
        room = f"archive.campaigns.{book.name}"
        try:
            module = import_module(f"{room}.campaign")
        except ModuleNotFoundError as error:
            if error.name not in (room, f"{room}.campaign"):
                raise
            raise NoPlan from error
    plan: CampaignPlan = module.PLAN
    return plan
