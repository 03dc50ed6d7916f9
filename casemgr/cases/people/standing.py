"""Standing in: what the stand-in of an absent handler may do, and how it is said (docs/decisions/0018).

A stand-in sees no case that their own roles do not show. On the cases the absent person handles they may do what that
person's handling role allows, and what they do so is recorded under both names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from casemgr.cases.models.absence import Absence
from casemgr.cases.models.access import CaseAccess
from casemgr.cases.models.register import Case
from casemgr.cases.procedure import Stage
from casemgr.organisation.models import User
from casemgr.organisation.scope import scope

HANDLING_ROLES = frozenset({"mediator", "officer", "liaison", "department"})
"""The roles of those who work on cases themselves. Offices (head, authority …) are never passed on by an absence."""
NAME_LENGTH = 80


def absences_covered(user: Any, today: date) -> list[Absence]:
    """The absences for which the person stands in today: one query per request."""
    if not getattr(user, "pk", None):
        return []
    cache = user.__dict__.setdefault("_absences_covered", {})
    if today not in cache:
        found = Absence.objects.in_force(today).filter(stand_in_id=user.pk, person__is_active=True)
        cache[today] = list(found.select_related("person").order_by("until_on", "pk"))
    return cache[today]


def absent_people(user: Any, today: date) -> list[User]:
    """For whom the person stands in today."""
    return list({absence.person_id: absence.person for absence in absences_covered(user, today)}.values())


def has_case_role(actor: Any, roles: Collection[str], case: Case, today: date) -> bool:
    """Whether the actor holds one of the roles at the case's unit or at one let in to work on it, or stands in for a
    handler of the case who does."""
    reach = scope(actor, today)
    if reach.has_role(roles, procedure=case.procedure, unit=case.unit_id):
        return True
    if any(reach.has_role(roles, procedure=case.procedure, unit=unit) for unit in _units_let_in(case, actor, today)):
        return True
    handling = HANDLING_ROLES.intersection(roles)
    return bool(handling) and any(
        scope(absent, today).has_role(handling, procedure=case.procedure, unit=case.unit_id)
        for absent in _absent_handlers(case, actor, today)
    )


def _units_let_in(case: Case, actor: Any, today: date) -> frozenset[int]:
    """The actor's units that were let in to work on the case, such as a co-defendant: one query per case."""
    held = scope(actor, today).units_let_in(case.procedure)
    if not held or not case.pk:
        return frozenset()
    cache = actor.__dict__.setdefault("_units_let_in", {})
    if (case.pk, today) not in cache:
        granted = CaseAccess.objects.filter(case_id=case.pk, user__isnull=True, level=CaseAccess.Level.WORK)
        granted = granted.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), unit_id__in=held)
        cache[case.pk, today] = frozenset(granted.values_list("unit_id", flat=True))
    return cache[case.pk, today]


def stands_in_for(action: Any, subject: Any, actor: Any, today: date) -> User | None:
    """The absent handler in whose place the actor takes this step; None when it is the actor's own case.

    It is in their place when they could have taken it themselves: what a head does as head stays the head's.
    """
    case = subject if isinstance(subject, Case) else getattr(subject, "case", None)
    if not isinstance(case, Case) or not absent_people(actor, today) or _handles(actor, case):
        return None
    return next(
        (absent for absent in _absent_handlers(case, actor, today) if action.is_permitted(subject, absent, today)), None
    )


def absent_handler_of(case: Case, reader: Any, today: date) -> User | None:
    """In whose place the reader works on the case, for the case page."""
    if case.lead_handler_id == reader.pk:
        return None
    return next(iter(_absent_handlers(case, reader, today)), None)


def name_in_place(action: Any, subject: Any, actor: Any, today: date) -> str:
    """Both names, as events and history keep them; empty when nobody is stood in for."""
    absent = stands_in_for(action, subject, actor, today)
    if absent is None:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        words = {"actor": actor.full_name, "absent": absent.full_name}
        return (_("%(actor)s (standing in for %(absent)s)") % words)[:NAME_LENGTH]


def stand_ins_of(people: Iterable[int], today: date) -> dict[int, list[Absence]]:
    """The absences in force of these people, by person: one query."""
    found: dict[int, list[Absence]] = {}
    rows = Absence.objects.in_force(today).filter(person_id__in=set(people), stand_in__is_active=True)
    for absence in rows.select_related("person", "stand_in"):
        found.setdefault(absence.person_id, []).append(absence)
    return found


def _absent_handlers(case: Case, actor: Any, today: date) -> list[User]:
    return [
        absent
        for absent in absent_people(actor, today)
        if case.lead_handler_id == absent.pk or (absent.pk, case.pk) in _second_handled(actor, today)
    ]


def _second_handled(actor: Any, today: date) -> frozenset[tuple[int, int]]:
    """Person and case, where somebody the actor stands in for is second handler: one query per request."""
    cache = actor.__dict__.setdefault("_second_handled", {})
    if today not in cache:
        rows = Case.further_handlers.through.objects.filter(user__in=absent_people(actor, today))
        rows = rows.exclude(case__stage=Stage.ARCHIVED)
        cache[today] = frozenset(rows.values_list("user_id", "case_id"))
    return cache[today]


def _handles(user: Any, case: Case) -> bool:
    return case.lead_handler_id == user.pk or case.further_handlers.filter(pk=user.pk).exists()
