"""Who would get which case, and which stay out with the reason: shown before, and planned anew when it is confirmed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.cases.models import Case, CaseRecusal
from casemgr.cases.people.reach import Handlers
from casemgr.cases.procedure import Stage
from casemgr.cases.queries import CaseQuerySet
from casemgr.cases.worklist import unfinished
from casemgr.organisation.models import User
from casemgr.organisation.roles import HEADS
from casemgr.organisation.scope import scope
from casemgr.pages.pagination import COUNT_CAP

LIMIT = 2000
"""Cases of one run at most; more are narrowed by conditions."""


@dataclass(frozen=True)
class Gift:
    """One case and its receiver; `before` handles it now."""

    case: Case
    receiver: User
    is_second: bool = False

    @property
    def before_id(self) -> int | None:
        return self.case.lead_handler_id


@dataclass
class Plan:
    """`left_out`: cases the asker sees, with the reason. `outside` and `archived` are counted only."""

    gifts: list[Gift] = field(default_factory=list)
    left_out: list[tuple[Case, str]] = field(default_factory=list)
    outside: int = 0
    archived: int = 0

    @property
    def shares(self) -> list[tuple[User, int]]:
        """How many cases each receiver gets, the most first."""
        counts = Counter(gift.receiver for gift in self.gifts)
        return counts.most_common()

    @property
    def reasons(self) -> list[tuple[str, list[Case]]]:
        """The left-out cases by their reason."""
        found: dict[str, list[Case]] = defaultdict(list)
        for case, reason in self.left_out:
            found[reason].append(case)
        return list(found.items())

    @property
    def total(self) -> int:
        return len(self.gifts) + len(self.left_out)

    @property
    def archived_count(self) -> str:
        return f"{COUNT_CAP}+" if self.archived > COUNT_CAP else str(self.archived)


def plan_chosen(actor: User, ids: Collection[int], receivers: list[User], today: date) -> Plan:
    """Of the cases chosen from the list; what the actor does not see is only counted."""
    seen = Case.objects.visible_to(actor, today).filter(pk__in=ids)
    plan = _plan(actor, seen, receivers, today)
    plan.outside = len(set(ids)) - plan.total
    return plan


def plan_handover(actor: User, officer: User, receivers: list[User], today: date) -> Plan:
    """Of everything the officer handles or helps with that is not done with. The officer receives nothing."""
    receivers = [receiver for receiver in receivers if receiver.pk != officer.pk]
    seen = unfinished(Case.objects.visible_to(actor, today).handled_by(officer))
    plan = _plan(actor, seen, receivers, today, officer=officer)
    plan.outside = unfinished(Case.objects.handled_by(officer)).count() - plan.total
    archived = Case.objects.filter(lead_handler=officer, stage=Stage.ARCHIVED)
    plan.archived = archived.order_by()[: COUNT_CAP + 1].count()
    return plan


def _plan(actor: User, cases: CaseQuerySet, receivers: list[User], today: date, officer: User | None = None) -> Plan:
    """A fixed number of queries for any number of cases; each goes to who got the fewest so far."""
    rows = list(
        cases.select_related("lead_handler", "unit").prefetch_related("further_handlers").order_by("pk")[: LIMIT + 1]
    )
    working = set(unfinished(Case.objects.filter(pk__in=[case.pk for case in rows])).values_list("pk", flat=True))
    able = _Able(receivers, rows, today)
    plan, got = Plan(), Counter({receiver.pk: 0 for receiver in receivers})
    for case in rows:
        is_second = officer is not None and case.lead_handler_id != officer.pk
        if refusal := _why_not_at_all(case, actor, case.pk in working, today):
            plan.left_out.append((case, refusal))
        elif not (fitting := able.for_case(case, is_second)):
            plan.left_out.append((case, able.why_nobody(case)))
        else:
            receiver = min(fitting, key=lambda one: (got[one.pk], one.pk))
            got[receiver.pk] += 1
            plan.gifts.append(Gift(case, receiver, is_second))
    return plan


def _why_not_at_all(case: Case, actor: Any, is_working: bool, today: date) -> str:
    if case.stage == Stage.ARCHIVED:
        return _("The file is archived.")
    if not is_working:
        return _("The case is void or was entered from the past: nobody works on it.")
    if not scope(actor, today).has_role(HEADS, procedure=case.procedure, unit=case.unit_id):
        return _("Your roles do not distribute the cases of this unit.")
    return ""


class _Able:
    """Who of the receivers may take which case: roles and recusals, read once."""

    def __init__(self, receivers: list[User], cases: Iterable[Case], today: date) -> None:
        self._receivers, self._handlers = receivers, Handlers(today)
        recused = CaseRecusal.objects.filter(user__in=receivers, case__in=[case.pk for case in cases])
        self._recused = set(recused.values_list("case_id", "user_id"))

    def for_case(self, case: Case, is_second: bool) -> list[User]:
        taken = {case.lead_handler_id}
        if is_second:
            taken |= {user.pk for user in case.further_handlers.all()}
        return [
            one
            for one in self._receivers
            if one.pk not in taken and self._reaches(one, case) and (case.pk, one.pk) not in self._recused
        ]

    def why_nobody(self, case: Case) -> str:
        reaching = [one for one in self._receivers if self._reaches(one, case)]
        if not reaching:
            return _("No receiver holds a role that reaches the unit of the case.")
        if all((case.pk, one.pk) in self._recused for one in reaching):
            return _("Whoever could receive the case is recused from it.")
        return _("Whoever could receive the case handles it already.")

    def _reaches(self, one: User, case: Case) -> bool:
        return self._handlers.may_handle(one.pk, case.procedure, case.unit_id)
