"""Reading one case, or the parties of one's cases, within scope."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404

from casemgr.cases.models import Case, Event, Participation
from casemgr.cases.procedure import procedures


def visible_case(user, pk: int, today: date) -> Case:
    """The case as its procedure's proxy, with events, deadlines and participations loaded; six queries at most, and one
    for each path that its procedure wants loaded, too (`extra["prefetched"]`).

    :raises Http404: it does not exist, or the person may not see it (out of scope or recused): both look the same.
    """
    joined = {path for procedure in procedures() for path in procedure.extra.get("joined", ())}
    seen = Case.objects.visible_to(user, today).select_related("unit", "lead_handler", "act__agency", *sorted(joined))
    case = seen.filter(pk=pk).first()
    if case is None:
        raise Http404
    case.become_typed()
    events = Prefetch("events", Event.objects.select_related("step").order_by("sequence"))
    parties = Participation.objects.select_related("party").order_by("role", "order", "id")
    own = case.definition.extra.get("prefetched", ())
    prefetch_related_objects([case], events, "deadlines", Prefetch("participations", parties), *own)
    return case


def parties_known_through_cases(actor, party_ids: Collection[int], today: date) -> set[int]:
    """Which of the parties take part in a case of the actor's scope: theirs to handle.

    A case opened in an emergency is read, not worked on: see `parties_read_in_emergency`.
    """
    visible = Case.objects.visible_to(actor, today, in_emergency=False).order_by().values("pk")
    parts = Participation.objects.filter(party_id__in=list(party_ids), case_id__in=visible)
    return set(parts.order_by().values_list("party_id", flat=True).distinct())


def parties_read_in_emergency(actor, party_ids: Collection[int], today: date) -> set[int]:
    """Which of the parties take part in a case the actor opened in an emergency: names in full, nothing to handle."""
    visible = Case.objects.visible_to(actor, today).order_by().values("pk")
    parts = Participation.objects.filter(party_id__in=list(party_ids), case_id__in=visible)
    return set(parts.order_by().values_list("party_id", flat=True).distinct())


def parties_of_recused_cases(actor, party_ids: Collection[int], today: date) -> set[int]:
    """Which of the parties take part in a case from which the actor is recused."""
    parts = Participation.objects.filter(party_id__in=list(party_ids), case__recusals__user_id=actor.pk)
    return set(parts.order_by().values_list("party_id", flat=True).distinct())
