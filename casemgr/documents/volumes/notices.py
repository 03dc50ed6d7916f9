"""What people are told about volumes: overdue loans, appraisals to decide, destruction that is near."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell
from casemgr.documents.volumes.access import APPROVERS, KEEPERS, TABLE_APPROVERS
from casemgr.documents.volumes.models import Appraisal, Loan, RetentionRule, Term, Volume
from casemgr.organisation.models import RoleAssignment, User
from casemgr.organisation.scope import scope
from casemgr.pages.dates import long_date

LOAN_OVERDUE, DESTRUCTION = "loan_overdue", "volume_destruction"
APPRAISAL, RETENTION = "volume_appraisal", "retention_proposal"
AGAIN_DAYS = 7
"""An overdue loan is told again every so many days."""


def _overdue(data: Mapping[str, Any]) -> str:
    text = _("The volume “%(volume)s”, lent to %(borrower)s, was due back on %(day)s.")
    return text % {**data, "day": long_date(date.fromisoformat(data["due"]))}


def _destruction(data: Mapping[str, Any]) -> str:
    text = _(
        "The electronic file of “%(volume)s” may be destroyed from %(day)s. "
        "Check before that day that the last backup is good."
    )
    return text % {**data, "day": long_date(date.fromisoformat(data["from"]))}


def _appraisal(data: Mapping[str, Any]) -> str:
    return _("%(by)s proposed what becomes of “%(volume)s”; two others must agree.") % data


def _retention(data: Mapping[str, Any]) -> str:
    words = {**data, "term": Term(data["term"]).label}
    return (
        _("%(by)s proposed the retention class “%(term)s” for a line of the table; somebody else must agree.") % words
    )


NOTICES = (
    NoticeKind(APPRAISAL, gettext_lazy("Appraisal waiting for approval"), _appraisal, concerns_work=True),
    NoticeKind(RETENTION, gettext_lazy("Retention class waiting for approval"), _retention, concerns_work=True),
    NoticeKind(LOAN_OVERDUE, gettext_lazy("Overdue loan of a volume"), _overdue, concerns_work=True),
    NoticeKind(DESTRUCTION, gettext_lazy("Volumes about to be destroyed"), _destruction),
)


def holders(roles: tuple[str, ...], volume: Volume, today: date) -> list[int]:
    """People who hold one of the roles for the volume's case."""
    case = volume.case
    rows = User.objects.filter(is_active=True, role_assignments__role__in=roles).distinct()
    return [user.pk for user in rows if scope(user, today).has_role(roles, procedure=case.procedure, unit=case.unit_id)]


def tell_proposed(proposal: Appraisal, today: date) -> None:
    """Those who may agree, without whoever proposed it."""
    people = set(holders(APPROVERS, proposal.volume, today)) - {proposal.proposed_by_id}
    tell(APPRAISAL, sorted(people), subject=proposal.volume, once=f"appraisal:{proposal.pk}",
         by=proposal.proposed_by.full_name, volume=str(proposal.volume))  # fmt: skip


def tell_class_proposed(rule: RetentionRule, today: date) -> None:
    """Those who may agree to another class, at whatever unit they lead."""
    held = RoleAssignment.objects.in_force(today).filter(role__in=TABLE_APPROVERS, user__is_active=True)
    people = set(held.values_list("user_id", flat=True)) - {rule.proposed_by_id}
    tell(RETENTION, sorted(people), subject=rule, by=rule.proposed_by.full_name, term=rule.proposal["term"])


def tell_overdue(today: date) -> int:
    """Remind keepers and borrowers, on the day after the last and then weekly; safe to repeat."""
    told = 0
    rows = Loan.objects.filter(returned_on__isnull=True, due_on__lt=today).select_related("volume__case")
    for loan in rows.iterator(chunk_size=500):
        week = ((today - loan.due_on).days - 1) // AGAIN_DAYS
        people = {loan.lent_by_id, *holders(KEEPERS, loan.volume, today)}
        if loan.borrower_user_id:
            people.add(loan.borrower_user_id)
        tell(LOAN_OVERDUE, sorted(people), subject=loan.volume, once=f"loan:{loan.pk}:{week}",
             volume=str(loan.volume), borrower=loan.borrower, due=loan.due_on.isoformat())  # fmt: skip
        told += 1
    return told
