"""Who is defendant after a reconsideration: by what became of the act's *result*.

Administrative Litigation Law, art. 26; Interpretation 2018, art. 22, 56, 133, 134. Pure, without the database.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from litigation.terms import AgencyRole, Deed


class Result(models.TextChoices):
    """What the reconsideration decision did to the act."""

    UPHELD = "upheld", _("Act upheld, also with other facts, evidence or basis")
    CLAIM_REJECTED = "claim_rejected", _("Claim rejected (art. 69)")
    ILLEGAL_PROCEDURE = "illegal_procedure", _("Confirmed illegal only for its procedure")
    CHANGED = "changed", _("Result of the act changed, annulled, or confirmed illegal or void")
    PARTLY = "partly", _("Upheld in part, changed or refused in part")
    NOT_ACCEPTED = "not_accepted", _("Not accepted, or dismissed for lack of a condition of acceptance")
    DISMISSED_2026 = "dismissed_2026", _("Dismissed on a ground of the 2026 regulation, art. 37(1)")
    NO_DECISION = "no_decision", _("Not decided in time")


@dataclass(frozen=True)
class Defendants:
    """What the law makes of a result. `roles`: part before the court by what the agency did."""

    roles: dict[str, str]
    basis: str
    is_open: bool = False
    """True where no text decides: what stands here is a proposal, and a person decides."""
    note: str = ""


_BOTH = {Deed.ACTED: AgencyRole.DEFENDANT, Deed.RECONSIDERED: AgencyRole.CO_DEFENDANT}
_RECONSIDERING_ONLY = {Deed.RECONSIDERED: AgencyRole.DEFENDANT}
_ACTING_ONLY = {Deed.ACTED: AgencyRole.DEFENDANT}

RULE: dict[str, Defendants] = {
    Result.UPHELD: Defendants(_BOTH, "行政诉讼法26(2)；行诉解释22(1)、133"),
    Result.CLAIM_REJECTED: Defendants(_BOTH, "行政诉讼法26(2)；行诉解释133"),
    # Interpretation 2018, art. 22(3) counts an annulment for procedure alone as no change of the result
    Result.ILLEGAL_PROCEDURE: Defendants(_BOTH, "行政诉讼法26(2)；行诉解释22(3)"),
    Result.PARTLY: Defendants(_BOTH, "行诉解释134(2)"),
    Result.CHANGED: Defendants(_RECONSIDERING_ONLY, "行政诉讼法26(2)；行诉解释22(1)"),
    # art. 133 excepts dismissal for lack of a condition of acceptance; art. 56(2) lets the plaintiff sue over either
    Result.NOT_ACCEPTED: Defendants(
        _RECONSIDERING_ONLY,
        "行诉解释56(2)、133",
        is_open=True,
        note=_("The plaintiff chooses: the act, or the refusal."),
    ),
    Result.DISMISSED_2026: Defendants(
        _ACTING_ONLY,
        "行诉解释133；实施条例2026第37条",
        is_open=True,
        note=_("No text says so yet: decide and say why."),
    ),
    Result.NO_DECISION: Defendants(
        _ACTING_ONLY, "行政诉讼法26(3)", is_open=True, note=_("The plaintiff chooses: the act, or the silence.")
    ),
}


def defendants_after(result: str) -> Defendants:
    """Who is defendant after a reconsideration with this result."""
    return RULE[result]


def is_joint(result: str) -> bool:
    """Whether the court has to add the missing one of two defendants (Interpretation 2018, art. 134(1))."""
    return len(RULE[result].roles) == 2
