"""Why somebody can see a case, or cannot: the roles that reach it, what was shared, and a recusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgr.audit.access import record_access
from casemgr.cases.emergency.policy import may_open
from casemgr.cases.models import Case, CaseAccess, CaseRecusal
from casemgr.organisation.models import User
from casemgr.organisation.roles import ROLES
from casemgr.organisation.scope import Tree, scope
from casemgr.pages.clock import today as clock_today

ASKERS = ("admin", "auditor")


@dataclass
class Explanation:
    """`reasons` for and against, as sentences; `sees` is what the register itself answers."""

    sees: bool
    reasons: list[str] = field(default_factory=list)


def explain(user: User, case: Case, today: date) -> Explanation:
    """The same rules as `visible_to`, spelled out."""
    reach = scope(user, today)
    reasons = []
    for held in user.assignments(today):
        role = ROLES[held.role]
        names = {"role": role.label, "unit": held.unit.name, "procedure": case.definition.name}
        if case.procedure not in role.procedures:
            reasons.append(_("“%(role)s” at %(unit)s does not see cases of %(procedure)s.") % names)
        elif case.unit_id in _reached(held):
            reasons.append(_("“%(role)s” at %(unit)s reaches the case's unit.") % names)
        else:
            reasons.append(_("“%(role)s” at %(unit)s does not reach the case's unit.") % names)
    if not user.assignments(today):
        reasons.append(_("The person holds no role today."))
    shared = CaseAccess.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), case=case, user__isnull=True)
    for grant in shared.filter(unit_id__in=reach.units_let_in(case.procedure)).select_related("unit"):
        reasons.append(_("The case is shared with %(unit)s.") % {"unit": grant.unit.name})
    for grant in CaseAccess.objects.filter(case=case, user=user, until_at__gt=timezone.now()):
        until = date_format(timezone.localtime(grant.until_at), "SHORT_DATETIME_FORMAT")
        reasons.append(_("The person opened the case in an emergency, until %(until)s.") % {"until": until})
    if CaseRecusal.objects.filter(case=case, user=user).exists():
        reasons.append(_("The person is recused from the case, which takes it away whatever the roles."))
    if not user.is_active:
        reasons.append(_("The account is closed."))
    return Explanation(Case.objects.visible_to(user, today).filter(pk=case.pk).exists() and user.is_active, reasons)


def _reached(held) -> frozenset[int]:
    return Tree.load().reach(held.unit_id)


@require_safe
def access_why(request: HttpRequest) -> HttpResponse:
    """For oneself; administrators and auditors may ask for anybody, which is recorded.

    A case outside one's own scope answers like one that does not exist.
    """
    today = clock_today()
    number, name = request.GET.get("case", "").strip(), request.GET.get("user", "").strip()
    may_ask = bool(request.user.role_codes(today).intersection(ASKERS))
    user = User.objects.filter(username=name).first() if name and may_ask else request.user
    cases = Case.objects.all() if may_ask else Case.objects.visible_to(request.user, today)
    case = cases.filter(number=number).order_by("pk").first() if number else None
    found = explain(user, case, today) if case is not None and user is not None else None
    if found and may_ask and user != request.user:
        record_access(request.user, "access_explained", case, about=user.username)
    own = [(ROLES[held.role].label, held.unit.name) for held in request.user.assignments(today)]
    context = {"number": number, "name": name, "may_ask": may_ask, "found": found, "case": case, "person": user}
    context["own"] = own
    context["may_open"] = may_open(request.user, today)
    return render(request, "cases/access_why.html", context)
