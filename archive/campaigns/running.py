"""Running a campaign: stage by stage, unit by unit.

What is done stays done; what fails is reported and holds up nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlite_utils import Database

from archive.campaigns.contents import documents_of, dossiers_of
from archive.campaigns.filing import CampaignFiling
from archive.campaigns.findings import keep_findings
from archive.campaigns.joined_forms import join_forms
from archive.campaigns.loading import load_papers, load_picture
from archive.campaigns.opened import mark_submitted, open_dossiers
from archive.campaigns.opening import find_campaign
from archive.campaigns.papers.waived import waived_in
from archive.campaigns.picture import Picture
from archive.campaigns.plan import Stage
from archive.campaigns.production import Production, produce
from archive.campaigns.stages import Situation, missing_for, papers_of, units_of
from archive.campaigns.steps import record_reached
from archive.campaigns.subjects import Campaign, Unit
from archive.campaigns.template_choice import made_digest
from archive.campaigns.verdicts import CampaignJudge
from archive.campaigns.waivers import end_lapsed
from archive.errors import NotFound
from archive.office.folder import Office
from archive.office.readings import freeze_readings
from archive.records import events
from archive.records.database import one, rows, writing
from archive.store.errors import DossierDisposed
from archive.store.filing import file_register
from generator.pdf.convert import office_available
from generator.rules.rulebook import load_rulebook

Progress = Callable[[str, int, int], None]
# The stage whose papers go to the deciding body.
HANDING_IN = "submit"


@dataclass
class RunReport:
    """What a run did: papers made by stage, dossiers filed, units not ready, and the subjects refused."""

    period: str
    production: dict[str, Production] = field(default_factory=dict)
    filed: int = 0
    incomplete: int = 0
    unfiled: list[tuple[str, str]] = field(default_factory=list)
    unready: list[tuple[str, str, list[str]]] = field(default_factory=list)
    packs: list[str] = field(default_factory=list)
    refused: list[tuple[str, str, list[str]]] = field(default_factory=list)
    quota_sentences: list[tuple[str, str]] = field(default_factory=list)
    with_pdf: bool = True
    ended_waivers: list[str] = field(default_factory=list)
    stage_titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def made(self) -> int:
        """How many papers were made anew."""
        return sum(len(production.made) for production in self.production.values())

    @property
    def failures(self) -> list[tuple[str, str]]:
        """Papers that could not be made and dossiers that could not be put together, each with the reason."""
        papers = [
            (f"{paper.title} – {paper.author}", reason)
            for production in self.production.values()
            for paper, reason in production.failed
        ]
        return papers + self.unfiled

    def as_dict(self) -> dict[str, Any]:
        """The report as `hoso campaign run --json` prints it."""
        return {
            "period": self.period,
            "with_pdf": self.with_pdf,
            "made": {stage: len(production.made) for stage, production in self.production.items()},
            "unchanged": {stage: production.unchanged for stage, production in self.production.items()},
            "filed": self.filed,
            "incomplete": self.incomplete,
            "packs": self.packs,
            "unready": [{"unit": unit, "stage": stage, "missing": found} for unit, stage, found in self.unready],
            "refused": [{"subject": name, "unit": unit, "findings": found} for name, unit, found in self.refused],
            "quotas": [{"group": group, "finding": sentence} for group, sentence in self.quota_sentences],
            "ended_waivers": self.ended_waivers,
            "failures": [{"paper": paper, "reason": reason} for paper, reason in self.failures],
        }


def situation_of(database: Database, campaign: Campaign) -> Situation:
    """The campaign as it stands now, judged."""
    picture = load_picture(database, campaign)
    book = load_rulebook(campaign.rulebook)
    handed_in: dict[str, set[str]] = {}
    for row in rows(
        database,
        "SELECT evaluation_id, item FROM document"
        " WHERE campaign_id = ? AND source = 'intake' AND evaluation_id NOTNULL",
        [campaign.id],
    ):
        handed_in.setdefault(row["evaluation_id"], set()).add(row["item"])
    return Situation(
        picture,
        CampaignJudge(picture, book).judged(),
        book,
        {evaluation: frozenset(items) for evaluation, items in handed_in.items()},
    )


class CampaignRun:
    """One run over some stages and units of a campaign."""

    def __init__(
        self,
        office: Office,
        database: Database,
        period: str,
        *,
        actor: str,
        unit: str | None = None,
        with_pdf: bool = True,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> None:
        self.office = office
        self.database = database
        self.actor = actor
        self.progress = progress
        self.jobs = jobs
        self.with_pdf = with_pdf and office_available()
        situation = situation_of(database, find_campaign(database, period))
        digests = made_digest(office, database, situation.picture, situation.book)
        self.situation = replace(situation, made_digest=digests)
        self.units = self._chosen(unit)
        titles = {stage.code: stage.title for stage in self.situation.plan.stages}
        self.report = RunReport(period, with_pdf=self.with_pdf, stage_titles=titles)

    @property
    def picture(self) -> Picture:
        """The campaign's picture at the start of the run."""
        return self.situation.picture

    @cached_property
    def as_first_decided(self) -> Situation:
        """What the campaign's own papers are made from: a result annulled since is told in papers of its own."""
        picture = self.picture.as_first_decided()
        if picture is self.picture:
            return self.situation
        judged = CampaignJudge(picture, self.situation.book).judged()
        return replace(self.situation, picture=picture, judgement=judged)

    def _chosen(self, reference: str | None) -> tuple[Unit, ...]:
        every = units_of(self.picture)
        chosen = tuple(unit for unit in every if reference in (None, unit.reference, unit.name))
        if not chosen:
            known = ", ".join(unit.reference for unit in every)
            raise NotFound(f"Không có đơn vị “{reference}” trong đợt này. Các đơn vị: {known}.")
        return chosen

    def run(self, stages: Sequence[str] = ()) -> RunReport:
        """Runs these stages, or all of the guidance, for every chosen unit that is ready.

        Raises:
            NotFound: the guidance has no such stage.
            DossierDisposed: a dossier of the campaign was disposed of; nothing of it is made anew.
            FolderUnusable, Busy, StoreFull: the run cannot go on; what was done before stays.
        """
        self._refuse_disposed()
        keep_findings(self.database, self.situation)
        open_dossiers(self.database, self.picture)
        self.report.ended_waivers = end_lapsed(self.database, self.situation, actor=self.actor)
        wanted = self._wanted(stages)
        for stage in wanted:
            self._stage(stage, [unit for unit in self.units if self._ready(stage.code, unit)])
        if any(stage.settles for stage in wanted):
            record_reached(self.database, self.picture, self.situation.judgement, actor=self.actor)
            with writing(self.database):
                freeze_readings(self.database)
        papers = load_papers(self.database, self.picture.campaign)
        if papers != self.picture.papers:
            # The papers made meanwhile answer some of the questions.
            keep_findings(self.database, replace(self.situation, picture=replace(self.picture, papers=papers)))
        if any(stage.files for stage in wanted) and one(self.database, "SELECT 1 FROM filing LIMIT 1"):
            # Last, so that the store tells of the steps which the filings were.
            reason = f"Nộp lưu đợt {self.report.period}"
            with self.office.locked():
                file_register(self.office, self.database, actor=self.actor, reason=reason)
        self._say_refused()
        return self.report

    def _refuse_disposed(self) -> None:
        sql = "SELECT count(*) AS gone FROM dossier WHERE campaign_id = ? AND status = 'disposed'"
        gone = (one(self.database, sql, [self.picture.campaign.id]) or {"gone": 0})["gone"]
        if gone:
            raise DossierDisposed(f"Đợt này đã có {gone} hồ sơ tiêu hủy nên không chạy lại được.")

    def _wanted(self, codes: Sequence[str]) -> list[Stage]:
        known = {stage.code: stage for stage in self.situation.plan.stages}
        for code in codes:
            if code not in known:
                raise NotFound(f"Đợt này không có bước “{code}”. Các bước: {', '.join(known)}.")
        return [known[code] for code in codes or known]

    def _ready(self, stage: str, unit: Unit) -> bool:
        missing = missing_for(self.situation, stage, unit)
        if missing:
            self.report.unready.append((unit.name, stage, missing))
        return not missing

    def _stage(self, stage: Stage, ready: Sequence[Unit]) -> None:
        if stage.files:
            self._file(ready)
        else:
            for unit in ready:
                self._make(stage, unit)
        with writing(self.database):
            events.append(
                self.database,
                actor=self.actor,
                action=f"campaign.{stage.code}",
                subject=self.picture.campaign.id,
                note=f"{len(ready)} units",
            )

    def _make(self, stage: Stage, unit: Unit) -> None:
        code, papers = stage.code, papers_of(self.as_first_decided, stage.code, unit)
        waived = waived_in(papers, self.as_first_decided)
        outcome = produce(self.office, self.database, self.picture, code, unit.id, papers, self.progress, waived)
        self.report.production.setdefault(code, Production()).add(outcome)
        if self.with_pdf and stage.printed:
            self.report.packs += join_forms(self.office, self.database, self.situation, code, unit)
        if code == HANDING_IN:
            mark_submitted(self.database, self.picture, unit)

    def _file(self, ready: Sequence[Unit]) -> None:
        documents = documents_of(self.database, self.picture)
        filing = CampaignFiling(
            self.office, self.database, self.picture, actor=self.actor, with_pdf=self.with_pdf, jobs=self.jobs
        )
        for unit in ready:
            dossiers = dossiers_of(self.situation, unit, documents)
            self.report.filed += len(filing.file(dossiers, self.progress))
            self.report.incomplete += sum(dossier.status == "incomplete" for dossier in dossiers)
        self.report.unfiled += [
            (f"{dossier.title} – {dossier.subject_name}", reason) for dossier, reason in filing.failures
        ]

    def _say_refused(self) -> None:
        chosen = {unit.id for unit in self.units}
        for own in self.situation.judgement.refused:
            evaluation = self.picture.evaluations[own.evaluation_id]
            if evaluation.unit_id in chosen or self.picture.owner.id in chosen:
                sentences = [f"{finding.message} [{finding.rule_id}; {finding.citation}]" for finding in own.errors]
                self.report.refused.append(
                    (
                        self.picture.subject_name(evaluation),
                        self.picture.units[evaluation.unit_id].name,
                        sentences + list(own.incomplete),
                    )
                )
        waived = {one.rule_id for one in self.picture.unit_waivers.get(self.picture.owner.id, ()) if not one.ended_at}
        for group, quota in self.situation.judgement.quotas:
            for finding in quota.findings:
                if finding.rule_id in waived:
                    continue
                self.report.quota_sentences.append((group, f"{finding.message}. {finding.given} [{finding.rule_id}]"))
