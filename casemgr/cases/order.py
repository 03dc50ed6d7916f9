"""The order events of a case must keep: a procedure names which kind may not precede which."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.models import Case, Event


def first_violation(case: Case, corrected: Event, on: date) -> str | Promise | None:
    """What would contradict if `corrected` had happened on `on`; None when the order is kept.

    The procedure's `extra["order"]` lists pairs `(earlier, later)` of event kinds; pairs are judged per party where
    both entries name one.
    """
    procedure = case.definition
    pairs = procedure.extra.get("order", ())
    for fact in events.facts_of(case):
        if fact.root.pk == corrected.pk or fact.occurred_on is None:
            continue
        if fact.party_id and corrected.party_id and fact.party_id != corrected.party_id:
            continue
        too_early = (fact.kind, corrected.kind) in pairs and on < fact.occurred_on
        too_late = (corrected.kind, fact.kind) in pairs and on > fact.occurred_on
        if too_early or too_late:
            template = (
                _("It would lie before “%(other)s” (%(on)s).")
                if too_early
                else _("It would lie after “%(other)s” (%(on)s).")
            )
            return template % {"other": procedure.event_kind(fact.kind).label, "on": fact.occurred_on.isoformat()}
    return None
