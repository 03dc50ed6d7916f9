"""When a case ends by another way, its open hearing ends with it: room and people are free again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from reconsideration.hearings.planning import close
from reconsideration.hearings.reading import has_open_hearing, open_hearing
from reconsideration.models import ReconsiderationCase
from reconsideration.states import UNDER_TRIAL


def after_step(sender: Any, action: Any, subject: Any, context: Any, **kwargs: Any) -> None:
    """Receiver of `performed`: no query unless a hearing is open by the case's entries."""
    if not isinstance(subject, ReconsiderationCase) or subject.state in (*UNDER_TRIAL, "SUSPENDED"):
        return
    if subject.state in ("RECEIVED", "CORRECTING") or not has_open_hearing(subject):
        return
    hearing = open_hearing(subject)
    if hearing is not None:
        hearing.case = subject
        close(hearing, "cancel", "hearing_cancelled", context.today, str(_("The case ended before the hearing.")))
        hearing.version += 1
        hearing.save()
