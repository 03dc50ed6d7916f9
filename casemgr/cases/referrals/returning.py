"""Whose day has passed without an answer goes back by itself, where the dock says so (mediation dossier, §1.3, M-REC).

The sender decides its case in time and does not wait longer. Nothing else ends with it: the receiver may go on with the
dispute, and what already came to an end there is told by its people, never returned as “no result”.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from casemgr.actions.errors import ActionError, GuardRefused
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.models import Referral
from casemgr.cases.referrals.docks import DOCKS

log = logging.getLogger(__name__)
UNANSWERED, WORKED_ON = "RECEIVED", ("ACCEPTED", "IN_PROGRESS")
STEPS = {UNANSWERED: "referral.lapse", **dict.fromkeys(WORKED_ON, "referral.return_late")}


@dataclass
class Returned:
    """How many went back, and what failed: (referral, step, reason)."""

    count: int = 0
    errors: list[tuple[str, str, str]] = field(default_factory=list)


def return_late(on: date) -> Returned:
    """Return what is late at the beginning of `on`; an estimated last day returns nothing."""
    done = Returned()
    docks = [dock for dock, info in DOCKS.items() if info.returns_late]
    rows = Referral.objects.filter(
        Q(result_due_on__lt=on), dock__in=docks, state__in=STEPS, calendar_status=CalendarStatus.PUBLISHED
    )
    for referral in rows.order_by("pk"):
        step = STEPS[referral.state]
        try:
            perform(step, referral, {"on": on}, system_actor, on)
            done.count += 1
        except GuardRefused:
            continue  # its people have something to tell: they are reminded
        except ActionError as refusal:
            done.errors.append((str(referral), step, str(refusal.message)))
        except Exception as error:
            log.exception("sweep: referral %s could not be returned", referral.pk)
            done.errors.append((str(referral), step, type(error).__name__))
    return done
