"""What a filed dossier tells of itself besides its papers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from archive.campaigns.contents import Dossier
from archive.campaigns.picture import Picture


def told_of(
    picture: Picture, dossier: Dossier, steps: Sequence[Mapping[str, str]], template_versions: Mapping[str, int]
) -> dict[str, Any]:
    """What `dossier.json` tells people of a dossier: decision, facts, assessments, findings, papers and steps.

    Args:
        template_versions: digest of an office's own template → which version of it.
    """
    campaign, evaluation = picture.campaign, dossier.evaluation
    decision = evaluation.decision if evaluation else None
    return {
        "period": campaign.period,
        "rulebook": campaign.rulebook,
        **dossier.rulings,
        "decision": {
            "level": decision.level,
            "body": decision.body,
            "number": decision.number,
            "decided_on": decision.decided_on.isoformat() if decision.decided_on else None,
        }
        if decision
        else None,
        "facts": dict(evaluation.facts) if evaluation else None,
        "assessments": [
            {
                "assessor": given.assessor,
                "name": given.assessor_name,
                "ratings": given.ratings,
                "level": given.level,
            }
            for given in evaluation.assessments
        ]
        if evaluation
        else [],
        "findings": [
            finding.as_dict()
            for finding in ((*dossier.judgement.findings, *dossier.judgement.beside) if dossier.judgement else ())
        ],
        "papers": [
            {
                "title": document["title"],
                "form": document["form"],
                "state": document["state"],
                "input": json.loads(document["input"]) if document["input"] else None,
                "template": document["template_digest"],
                "template_version": template_versions.get(document["template_digest"]),
            }
            for document in dossier.documents
        ],
        "steps": list(steps),
    }
