"""A case told without names: what a model case begins with, and which names are left in a text."""

from __future__ import annotations

from casemgr.cases.models import Case
from casemgr.pages.masking import without_numbers
from casemgr.parties.models import Party
from casemgr.parties.names import public_masks
from reconsideration.terms import Outcome


def _hidden(case: Case) -> dict[str, str]:
    """Name → what stands for it. Agencies keep theirs: their acts are public."""
    people, firms = [], []
    for part in case.participations.select_related("party"):
        if part.party.kind == Party.Kind.PERSON:
            people.append(part.name)
        elif part.party.kind != Party.Kind.AGENCY:
            firms.append(part.name)
    people, firms = list(dict.fromkeys(people)), list(dict.fromkeys(firms))
    masks = dict(zip(people, public_masks(people), strict=True))
    return masks | {name: f"某单位{number if len(firms) > 1 else ''}" for number, name in enumerate(firms, 1)}


def masked(case: Case, text: str) -> str:
    """Long names first, so that no part of a name is left."""
    for name, mask in sorted(_hidden(case).items(), key=lambda pair: -len(pair[0])):
        text = text.replace(name, mask)
    return without_numbers(text)


def names_left(case: Case, *texts: str) -> list[str]:
    """Names of people and organisations of the case that a text still holds."""
    whole = "\n".join(texts)
    return [name for name in _hidden(case) if name and name in whole]


def proposal(case: Case) -> dict[str, str]:
    outcome = dict(Outcome.choices).get(case.outcome, "")
    facts = case.facts
    return {
        "title": masked(case, case.title)[:120],
        "facts": masked(case, "\n".join(filter(None, (facts.requests, facts.reasons)))),
        "reasoning": str(outcome),
    }


__all__ = ["masked", "names_left", "proposal"]
