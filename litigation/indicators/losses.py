"""How many suits the agencies lost (dossier §6, T8)."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casemgr.cases.matters import Matter
from casemgr.indicators.definition import Dimension, Indicator, Text
from casemgr.indicators.splits import of_choices
from litigation.court.appearance import BEFORE_COURT
from litigation.models import PROCEDURE, Ruling
from litigation.outcomes import GOES_ON
from litigation.terms import LOST, FileKind, Outcome

NO_END = (*GOES_ON, Outcome.UPHELD, Outcome.NOT_FILED)
"""Papers that conclude no suit: it goes on, the paper below stays what it is, or there never was one."""


def concluding_papers() -> QuerySet[Ruling]:
    """The paper that stands of each suit: what a court above replaced is gone, what it upheld stays."""
    found = Ruling.objects.filter(in_instance__case__litigation_facts__file_kind=FileKind.SUIT)
    found = found.filter(in_instance__level__in=BEFORE_COURT, is_replaced=False).exclude(outcome__in=("", *NO_END))
    found = found.filter(Q(made_on__isnull=False) | Q(effective_on__isnull=False))
    return found.exclude(in_instance__case__state="VOID")


def paper_words(row: Ruling) -> Text:
    return f"{row.number or row.in_instance}　{row.get_outcome_display()}"


LOST_HERE = Q(outcome__in=LOST) | (
    Q(outcome=Outcome.REVERSED, in_instance__earlier__isnull=False) & ~Q(in_instance__earlier__outcome__in=("", *LOST))
)
"""A judgment reversed above is lost where the one below was not."""
LOST_OR_CHANGED = LOST_HERE | Q(outcome=Outcome.WITHDRAWN_CHANGED)
_SUITS = _(
    "Suits concluded in the period (by judgment, ruling or court mediation, counted on the day of the paper "
    "that stands; "
    "one a suit: a paper that a court above replaced does not count any more, one it upheld stays), without suits that "
    "were not filed, were transferred or sent back. Lost is: act annulled in whole or in part, changed, confirmed "
    "illegal or void, duty or payment ordered, liability under an agreement, or reversed above to the agency's "
    "disadvantage. A suit counts at the unit that is responsible for it."
)


def _losses(code: str, name: Text, formula: Text, hit: Q, counted: Text) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        formula=formula,
        version=1,
        rows=concluding_papers,
        case="in_instance__case",
        hit=hit,
        on=Coalesce("made_on", "effective_on"),
        is_at_once=True,
        at_least=False,
        unit=Coalesce(F("in_instance__case__litigation_facts__responsible_unit_id"), F("in_instance__case__unit_id")),
        dimensions=(Dimension.UNIT, Dimension.OFFICER, Dimension.CAUSE),
        splits={Dimension.CAUSE: of_choices("litigation_facts__matter", Matter)},
        counted=counted,
        missed=_("not lost"),
        procedures=(PROCEDURE,),
        row_words=paper_words,
        joined=("in_instance",),
        nothing=_("No suit was concluded"),
    )


LOSS = _losses(
    "loss-rate",
    _("Suits lost"),
    format_lazy("{}\n{}", _SUITS, _("A withdrawal after the agency changed its act is not counted as lost here.")),
    LOST_HERE,
    _("lost"),
)
LOSS_WITH_CHANGES = _losses(
    "loss-rate-with-changes",
    _("Suits lost, or withdrawn after the act was changed"),
    format_lazy("{}\n{}", _SUITS, _("A withdrawal after the agency changed its act is counted as lost here.")),
    LOST_OR_CHANGED,
    _("lost, or act changed"),
)
LOSSES = (LOSS, LOSS_WITH_CHANGES)

__all__ = ["LOSSES", "LOST_OR_CHANGED", "concluding_papers"]
