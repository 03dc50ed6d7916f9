"""What the committee decides and not its mediator, and whom to ask: names for people who may not (dossier §1.4, T5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.cases.models import Case, Referral
from casemgr.cases.models.referrals import ReferralKind
from casemgr.cases.people.reach import Handlers
from casemgr.cases.people.standing import has_case_role
from casemgr.organisation.models import User
from mediation.actions.base import COMMITTEE
from mediation.models import PROCEDURE

NAMED_AT_MOST = 3


def who_decides(case: Case, today: date, *, besides: int | None = None) -> list[str]:
    """Names of people who decide for the case's committee or its town office today, without the one given."""
    deciding = Handlers(today).who_hold(COMMITTEE, case.unit_id) - {besides}
    return [user.full_name for user in User.objects.filter(pk__in=deciding).order_by("username")[:NAMED_AT_MOST]]


def ask_who_decides(case: Case, today: date) -> str:
    """The sentence for somebody who may not hand the dispute on."""
    names = who_decides(case, today)
    if not names:
        return _("The committee decides on handing a dispute on. Ask its secretary or the town judicial office.")
    return _("The committee decides on handing a dispute on. Ask: %(names)s.") % {"names": "、".join(names)}


def hands_on(referral: Referral) -> bool:
    """Whether the dispute leaves the committee with it: by a transfer, or because another committee opens a case."""
    if referral.kind == ReferralKind.TRANSFER:
        return True
    return referral.to_procedure == PROCEDURE and referral.kind != ReferralKind.NOTICE


def withheld(referral: Referral, actor: Any, today: date) -> str:
    """For `Procedure.extra["sender"]`: a plain referral is no way round “Hand on to another committee”."""
    case = referral.case
    if case is None or not hands_on(referral) or has_case_role(actor, COMMITTEE, case, today):
        return ""
    return ask_who_decides(case, today)
