"""Success, performance and confirmation, each with its denominator in its name; and whether a dispute went on."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casemgr.indicators.going_on import went_on
from mediation.indicators.disputes import SUCCESS, WHICH, ended, of_disputes, settled
from mediation.models import DisputeDays

OF_CLOSED = of_disputes(
    "success-of-closed",
    _("Success rate (of disputes mediated to an end)"),
    format_lazy(
        "{}\n{}\n{}",
        _("Disputes mediated with success, divided by all disputes closed in the period."),
        SUCCESS,
        WHICH,
    ),
    ended,
    hit=Q(success_on__isnull=False),
    hit_on=F("success_on"),
    counted=_("mediated with success"),
    missed=_("without success"),
)
OF_TAKEN_ON = of_disputes(
    "success-of-taken-on",
    _("Success rate (of disputes taken on)"),
    format_lazy(
        "{}\n{}\n{}",
        _(
            "Of the disputes taken on in the period, those mediated with success by the day asked for; "
            "disputes that are "
            "still being mediated are in the denominator."
        ),
        SUCCESS,
        WHICH,
    ),
    DisputeDays.objects.all,
    on=F("taken_on"),
    hit=Q(success_on__isnull=False),
    hit_on=F("success_on"),
    counted=_("mediated with success"),
    missed=_("not yet, or without success"),
)
PERFORMED = of_disputes(
    "agreements-performed",
    _("Rate of performance (of agreements made)"),
    format_lazy(
        "{}\n{}",
        _(
            "Of the disputes closed in the period with an agreement in effect, written or oral, those in "
            "which nothing is "
            "owed under it any more. Instalments that are not yet due keep it from being performed."
        ),
        WHICH,
    ),
    lambda: ended().filter(agreed_on__isnull=False),
    hit=Q(performed_on__isnull=False),
    hit_on=F("performed_on"),
    counted=_("performed"),
    missed=_("not performed, or not yet"),
)
APPLIED = of_disputes(
    "confirmation-applied",
    _("Confirmation applied for (of disputes mediated with success)"),
    format_lazy(
        "{}\n{}\n{}",
        _(
            "Of the disputes closed in the period with success, those whose written agreement was taken to a court for "
            "confirmation."
        ),
        SUCCESS,
        WHICH,
    ),
    settled,
    hit=Q(filed_on__isnull=False),
    hit_on=F("filed_on"),
    counted=_("confirmation applied for"),
    missed=_("not applied for"),
)
CONFIRMED = of_disputes(
    "confirmation-valid",
    _("Confirmed as valid (of those applied for)"),
    format_lazy(
        "{}\n{}",
        _(
            "Of the disputes closed in the period whose written agreement was taken to a court for confirmation, those "
            "that the court found valid and whose ruling was not taken back."
        ),
        WHICH,
    ),
    lambda: settled().filter(filed_on__isnull=False),
    hit=Q(confirmed_on__isnull=False),
    hit_on=F("confirmed_on"),
    counted=_("found valid"),
    missed=_("not found valid, or not yet"),
)
WENT_ON = of_disputes(
    "went-on",
    _("Disputes that went on to the next procedure"),
    format_lazy(
        "{}\n{}",
        _(
            "Of the disputes closed in the period, those that a party sued over, or out of which a case of another "
            "procedure was opened here (linked by its file, or by a referral), whenever that was."
        ),
        WHICH,
    ),
    ended,
    hit=Q(sued_on__isnull=False),
    hit_on=F("sued_on"),
    later=went_on,
    at_least=False,
    counted=_("went on"),
    missed=_("ended here"),
)
RESULTS = (OF_CLOSED, OF_TAKEN_ON, PERFORMED, APPLIED, CONFIRMED, WENT_ON)

__all__ = ["APPLIED", "CONFIRMED", "OF_CLOSED", "OF_TAKEN_ON", "PERFORMED", "RESULTS", "WENT_ON"]
