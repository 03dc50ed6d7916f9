"""Queries of the register, named as the office says them. Views and API start from `visible_to`."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casemgr.cases.procedure import ENDED_STAGES
from casemgr.organisation.scope import ALL, Scope, scope

MATCH_LIMIT = 1000
"""Search materialises at most this many matches first: `ORDER BY … LIMIT` may flip the plan to a full walk."""


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user, today: date, *, in_emergency: bool = True) -> CaseQuerySet:
        """The union of what the person's roles reach, what was shared with their units and, if not left out, what
        they opened in an emergency; less recusals."""
        if getattr(user, "is_system", False):
            return self
        reach = scope(user, today)
        ours = Q(pk__in=[])
        for procedure in reach.procedures:
            units = reach.unit_ids(procedure)
            if units is ALL:
                ours |= Q(procedure=procedure)
            elif units:
                ours |= Q(procedure=procedure, unit_id__in=units)
        shared = self._shared_with(reach, today)
        if in_emergency:
            shared |= self._opened_for(user)
        return self.filter(ours | shared).exclude(pk__in=user.recusals.values("case_id"))

    @staticmethod
    def _shared_with(reach: Scope, today: date) -> Q:
        from casemgr.cases.models import CaseAccess

        by_units: dict[frozenset[int], list[str]] = defaultdict(list)
        for procedure in sorted(reach.procedures):
            by_units[reach.units_let_in(procedure)].append(procedure)
        shared = Q(pk__in=[])
        for unit_ids, procedures in by_units.items():
            grants = CaseAccess.objects.filter(
                Q(until_on__isnull=True) | Q(until_on__gte=today),
                case=OuterRef("pk"),
                unit_id__in=unit_ids,
                user__isnull=True,
            )
            shared |= Q(Exists(grants), procedure__in=procedures)
        return shared

    @staticmethod
    def _opened_for(user) -> Q:
        """Opened for this person alone in an emergency: for hours, so by the clock and not by the day."""
        from casemgr.cases.models import CaseAccess

        if not user.is_active:
            return Q(pk__in=[])
        return Q(pk__in=CaseAccess.objects.filter(user_id=user.pk, until_at__gt=timezone.now()).values("case_id"))

    def of_procedure(self, code: str) -> CaseQuerySet:
        return self.filter(procedure=code)

    def running(self) -> CaseQuerySet:
        return self.exclude(stage__in=ENDED_STAGES)

    def handled_by(self, *people) -> CaseQuerySet:
        """Led by one of the people (or ids), or with one of them as a further handler."""
        ids = [getattr(person, "pk", person) for person in people]
        further = self.model.further_handlers.through.objects.filter(user_id__in=ids).values("case_id")
        return self.filter(Q(lead_handler_id__in=ids) | Q(pk__in=further))

    def overdue(self, today: date) -> CaseQuerySet:
        return self.running().filter(next_due_on__lt=today)

    def due_on(self, today: date) -> CaseQuerySet:
        return self.running().filter(next_due_on=today)

    def due_within(self, today: date, days: int) -> CaseQuerySet:
        """Due after today and within `days` days."""
        return self.running().filter(next_due_on__gt=today, next_due_on__lte=today + timedelta(days=days))

    def waiting_for_others(self) -> CaseQuerySet:
        return self.running().filter(next_due_on__isnull=True, next_other_due_on__isnull=False)

    def matching(self, text: str) -> CaseQuerySet:
        """Cases whose number, title or a party's name contains the text."""
        from casemgr.cases.search import matching_ids

        text = text.strip()
        return self.filter(pk__in=matching_ids(text)) if text else self

    def delete(self):
        raise ValueError("cases are never deleted: one entered by mistake is void with a reason")


def is_visible_to(case, user, today: date) -> bool:
    """`visible_to` for a case at hand: where the person's own roles reach it, only recusals are asked for."""
    from casemgr.cases.models import Case

    if getattr(user, "is_system", False):
        return True
    units = scope(user, today).unit_ids(case.procedure)
    if units is ALL or case.unit_id in units:
        return not user.recusals.filter(case_id=case.pk).exists()
    return Case.objects.visible_to(user, today).filter(pk=case.pk).exists()


class EventQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise ValueError("events are append-only")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise ValueError("events are append-only")
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self):
        raise ValueError("events are append-only")


NUMBER_PARTS = re.compile(r"(\d{4})\D+(\d+)")
