"""Alerts as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.boards.alerts.evaluating import words_of
from casemgr.boards.alerts.watching import measure_of
from casemgr.boards.definition import Cell, Listing
from casemgr.boards.models import Alert
from casemgr.pages.dates import long_date

MOST = 20


@dataclass(frozen=True)
class Shown:
    """An alert in words, and where its number is explained."""

    alert: Alert
    words: str
    address: str


def shown(alerts: list[Alert]) -> list[Shown]:
    return [
        Shown(
            alert,
            words_of(alert.rule.watched, alert.rule.condition, alert.rule.threshold_words, alert.value_words),
            measure_of(alert.rule.watched).address(),
        )
        for alert in alerts
    ]


def open_alerts(user: Any) -> list[Shown]:
    """Lasting ones of which the person has not taken note."""
    found = Alert.objects.lasting().filter(user_id=user.pk, noted_on__isnull=True).select_related("rule")
    return shown(list(found.order_by("-pk")[:MOST]))


def listing_of(raised: list[Shown]) -> Listing:
    rows = tuple(
        (
            Cell(one.words, one.address, "late"),
            Cell(_("since %(day)s") % {"day": long_date(one.alert.raised_on)}),
            Cell(_("Take note"), reverse("alert_note", args=[one.alert.pk]), is_step=True),
        )
        for one in raised
    )
    return Listing((_("Alert"), _("Raised"), _("Step")), rows, _("No alert."))


__all__ = ["Shown", "listing_of", "open_alerts", "shown"]
