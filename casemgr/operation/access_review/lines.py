"""What a review lists: roles held at the unit and cases opened to it, with what speaks against keeping them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from casemgr.actions import registry
from casemgr.actions.models import PerformedKey
from casemgr.cases.models import CaseAccess
from casemgr.cases.procedure import procedures
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.kinds import kinds_of
from casemgr.operation.access_review.models import AccessReview, AccessReviewLine
from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.roles import ROLES

STALE_DAYS = 90


def roles_by_action() -> dict[str, frozenset[str]]:
    """Which roles each action belongs to; those of papers belong to the roles their kinds name."""
    kinds = [kind for procedure in procedures() for kind in kinds_of(procedure.code).values()]
    found = {}
    for name, action in registry.every().items():
        if isinstance(action, DocumentAction):
            found[name] = frozenset(role for kind in kinds for role in action.roles_for(kind))
        else:
            found[name] = frozenset(action.roles)
    return found


def last_uses(people: set[int]) -> dict[tuple[int, str], datetime]:
    """(person, role) → when an action of the role was last performed by the person from a page or the API."""
    by_action = roles_by_action()
    rows = PerformedKey.objects.filter(actor_id__in=people).values_list("actor_id", "action").annotate(at=Max("at"))
    found: dict[tuple[int, str], datetime] = {}
    for person, action, at in rows.order_by():
        for role in by_action.get(action, ()):
            found[person, role] = max(at, found.get((person, role), at))
    return found


def working_roles() -> frozenset[str]:
    """Roles that have an action beside those open to everybody; the others only read, which leaves no trace here."""
    everybody = frozenset(ROLES)
    return frozenset(role for roles in roles_by_action().values() if roles != everybody for role in roles)


def role_lines(review: AccessReview, today: date) -> list[AccessReviewLine]:
    """One line for each role held at the unit that has not ended."""
    held = list(
        RoleAssignment.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), unit_id=review.unit_id)
        .select_related("user")
        .order_by("user__full_name", "role")
    )
    uses, working = last_uses({one.user_id for one in held}), working_roles()
    lines = []
    for one in held:
        used = uses.get((one.user_id, one.role))
        login = one.user.last_login
        lines.append(
            AccessReviewLine(
                review=review,
                kind=AccessReviewLine.Kind.ROLE,
                person=one.user,
                assignment=one,
                name=one.user.full_name or one.user.username,
                what=str(ROLES[one.role].label),
                since_on=one.from_on,
                until_on=one.until_on,
                last_login_on=timezone.localdate(login) if login else None,
                last_used_on=timezone.localdate(used) if used else None,
                findings=_role_findings(one, today, is_unused=one.role in working and used is None),
            )
        )
    return lines


def _role_findings(held: RoleAssignment, today: date, *, is_unused: bool) -> list[str]:
    login = held.user.last_login
    found = []
    if not held.user.is_active:
        found.append("closed")
    if login is None:
        found.append("no_login")
    elif timezone.localdate(login) < today - timedelta(days=STALE_DAYS):
        found.append("stale")
    if is_unused:
        found.append("unused")
    return found


def case_lines(review: AccessReview, today: date) -> list[AccessReviewLine]:
    """One line for each case opened to the unit, or by an emergency to one of its people, that is open still."""
    by_day = Q(user__isnull=True) & (Q(until_on__isnull=True) | Q(until_on__gte=today))
    by_hour = Q(user__isnull=False, until_at__gt=timezone.now())
    grants = CaseAccess.objects.filter(by_day | by_hour, unit_id=review.unit_id).select_related("case", "user")
    return [
        AccessReviewLine(
            review=review,
            kind=AccessReviewLine.Kind.CASE,
            person=grant.user,
            grant=grant,
            name=(grant.user.full_name or grant.user.username) if grant.user else str(review.unit),
            what=grant.case.number,
            until_on=timezone.localdate(grant.until_at) if grant.until_at else grant.until_on,
            findings=[] if grant.until_on or grant.until_at else ["open_end"],
        )
        for grant in grants.order_by("case_id")
    ]
