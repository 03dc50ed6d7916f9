"""Guards about days that every procedure's steps need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.pages.dates import long_date

Data = Mapping[str, Any] | None


def not_before(*kinds: str, field: str = "on") -> Guard:
    """The form's day may not lie before the latest event of the kinds (for the same party, if the form names one)."""

    def earliest(case: Case, data: Data) -> events.Fact | None:
        party = (data or {}).get("party")
        known = [fact for fact in events.facts_of(case) if fact.occurred_on is not None]
        own = [fact for fact in known if party is None or fact.party_id in (None, party.pk)]
        return events.last_of(own, *kinds)

    def check(case: Case, data: Data, today: date) -> bool:
        fact = earliest(case, data)
        on = (data or {}).get(field)
        return fact is None or on is None or on >= fact.occurred_on

    def detail(case: Case, data: Data, today: date) -> str:
        fact = earliest(case, data)
        return _("“%(event)s” is recorded for %(day)s. Check both dates.") % {
            "event": case.definition.event_kind(fact.kind).label,
            "day": long_date(fact.occurred_on),
        }

    return Guard(
        "order-of-events",
        "",
        gettext_lazy("This day lies before the step it follows from."),
        check,
        field=field,
        needs_data=True,
        detail=detail,
    )
