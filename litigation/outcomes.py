"""Which paper an outcome comes in, and what a ruling with it is about."""

from __future__ import annotations

from collections.abc import Mapping

from litigation.terms import Level, Outcome, PaperKind, RulingMatter

JUDGMENT_ONLY: frozenset[str] = frozenset(
    {
        *(Outcome.CLAIM_REJECTED, Outcome.ANNULLED, Outcome.ANNULLED_REDO, Outcome.PARTLY_ANNULLED, Outcome.DUTY),
        *(Outcome.PAYMENT, Outcome.CONFIRMED_ILLEGAL, Outcome.CONFIRMED_VOID, Outcome.CHANGED, Outcome.AGREEMENT),
    }
)
"""Only a judgment decides so."""
MATTER_OF: Mapping[str, str] = {
    Outcome.NOT_FILED: RulingMatter.NOT_FILED,
    Outcome.DISMISSED: RulingMatter.DISMISSED,
    Outcome.ENDED: RulingMatter.ENDED,
    Outcome.TRANSFERRED: RulingMatter.TRANSFERRED,
    Outcome.WITHDRAWN: RulingMatter.WITHDRAWN,
    Outcome.WITHDRAWN_CHANGED: RulingMatter.WITHDRAWN,
    Outcome.REMANDED: RulingMatter.REMANDED,
    Outcome.UPHELD: RulingMatter.OTHER,
    Outcome.REVERSED: RulingMatter.OTHER,
    Outcome.ENFORCEMENT_ALLOWED: RulingMatter.ENFORCE,
    Outcome.ENFORCEMENT_REFUSED: RulingMatter.NOT_ENFORCED,
}
"""What a ruling with this outcome rules on."""

GOES_ON: frozenset[str] = frozenset({Outcome.REMANDED, Outcome.TRANSFERRED})
"""They end an instance, and not the suit: another court, or the same one again, decides."""
SERVED_AS: Mapping[str, str] = {
    PaperKind.JUDGMENT: "judgment_served",
    PaperKind.RULING: "ruling_served",
    PaperKind.MEDIATION: "court_mediation_received",
}
"""The entry of a paper's receipt."""


def ends_suit(outcome: str) -> bool:
    """Whether a paper with this outcome, or with none, decides on the suit."""
    return bool(outcome) and outcome not in GOES_ON


def is_retriable(outcome: str, level: str) -> bool:
    """Retrial is asked of what ended the suit in first or second instance or in retrial (Interpretation 2018, 110)."""
    return ends_suit(outcome) and level in (Level.FIRST, Level.SECOND, Level.RETRIAL)


def replaces_below(outcome: str) -> bool:
    """Whether what a court above decides so leaves nothing of the paper below."""
    return outcome in (Outcome.REVERSED, Outcome.REMANDED) or outcome in JUDGMENT_ONLY


def kind_of(outcome: str) -> str:
    """The paper in which an outcome comes where nobody says which; empty without an outcome."""
    if not outcome:
        return ""
    if outcome == Outcome.MEDIATED:
        return PaperKind.MEDIATION
    both = (Outcome.UPHELD, Outcome.REVERSED)  # of a judgment, as a rule
    return PaperKind.RULING if outcome in MATTER_OF and outcome not in both else PaperKind.JUDGMENT


__all__ = [
    "GOES_ON",
    "JUDGMENT_ONLY",
    "MATTER_OF",
    "SERVED_AS",
    "ends_suit",
    "is_retriable",
    "kind_of",
    "replaces_below",
]
