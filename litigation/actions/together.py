"""One session for several suits (合并开庭): entered once, kept in each file, so that each number counts for itself.

The other files are named by the court's number or ours; each must be seen and open to the same step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions import registry
from casemgr.actions.action import ActionContext
from casemgr.actions.perform import perform
from litigation.court_numbers import key_of
from litigation.instances import defendants_of, running_instance
from litigation.models import CourtSession, Instance, LitigationCase, Standing

MOST = 30
HELP = gettext_lazy("One number a line, the court's or ours. Each of them gets the session and counts for itself.")


def together_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Heard together with these other suits"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2, "class": "compact"}),
        help_text=HELP,
    )


def suits_of(form: Any, action: str) -> list[LitigationCase]:
    """The suits named in the form's `together`. What is not found and what is not seen read the same.

    :raises ValidationError: one is not found, or the step is not open there to this person.
    """
    lines = [line.strip() for line in form.cleaned_data["together"].splitlines() if line.strip()]
    if len(lines) > MOST:
        raise forms.ValidationError(_("At most %(most)s suits at once.") % {"most": MOST})
    found = [_suit(line, form, action) for line in lines]
    return list({case.pk: case for case in found if case.pk != form.subject.pk}.values())


def _suit(line: str, form: Any, name: str) -> LitigationCase:
    keyed = Instance.objects.filter(court_key=key_of(line)).values("case_id")
    seen = LitigationCase.objects.visible_to(form.actor, form.today)
    case = seen.filter(Q(number=line) | Q(pk__in=keyed)).first()
    if case is None:
        raise forms.ValidationError(_("%(number)s: no such suit among those you see.") % {"number": line})
    action = registry.get(name)
    if not action.is_permitted(case, form.actor, form.today):
        raise forms.ValidationError(_("%(number)s: your roles do not allow this step there.") % {"number": line})
    if refusals := registry.refusals(action, case, form.actor, form.today):
        raise forms.ValidationError(f"{line}{_(': ')}{refusals[0].message}")
    return case


def group_of(session: CourtSession) -> Iterator[CourtSession]:
    """The other sessions heard together with it."""
    if session.held_with_id is not None:
        rows = CourtSession.objects.filter(held_with_id=session.held_with_id).exclude(pk=session.pk)
        yield from rows.select_related("in_instance__case").order_by("pk")


def numbers_of(session: CourtSession, user: Any, today: Any) -> str:
    """Of the suits heard together with it that are still to be recorded and that the person sees, one a line."""
    others = [one for one in group_of(session) if one.is_open]
    seen = LitigationCase.objects.visible_to(user, today).filter(pk__in=[one.in_instance.case_id for one in others])
    visible = set(seen.values_list("pk", flat=True))
    found = [one.in_instance for one in others if one.in_instance.case_id in visible]
    return "\n".join(one.court_number or one.case.number for one in found)


def link(session: CourtSession, others: Iterable[CourtSession]) -> None:
    """All of them name the one that was entered first; it names itself."""
    first = session.held_with_id or session.pk
    for one in (session, *others):
        if one.held_with_id is None:
            one.held_with_id = first
            one.save()


def partner(session: CourtSession, case: LitigationCase) -> CourtSession | None:
    """The open session of the other file that belongs to this one: heard together, else at the same moment."""
    rows = CourtSession.objects.filter(in_instance__case_id=case.pk, held_on=None, called_off_on=None)
    linked = rows.filter(held_with_id=session.held_with_id).first() if session.held_with_id else None
    return linked or rows.filter(planned_at=session.planned_at, in_instance__court=session.in_instance.court).first()


def counterparts(case: LitigationCase, standings: Iterable[Standing]) -> dict[int, Standing]:
    """In the other file's running instance: by the id of a party of these, its own standing there."""
    wanted = {one.participation.party_id for one in standings}
    instance = running_instance(case)
    there = defendants_of(instance) if instance is not None else []
    return {one.participation.party_id: one for one in there if one.participation.party_id in wanted}


def only_there(case: LitigationCase, standings: Iterable[Standing]) -> list[str]:
    """Defendants of the other file that this one does not have: nothing is said of them here."""
    own = {one.participation.party_id for one in standings}
    instance = running_instance(case)
    there = defendants_of(instance) if instance is not None else []
    return [one.participation.name for one in there if one.participation.party_id not in own]


def plan_there(
    session: CourtSession, others: Iterable[LitigationCase], data: Mapping[str, Any], context: ActionContext
) -> None:
    """The same summons in each of the other files."""
    kept = {name: data[name] for name in ("on", "kind", "planned_on", "starts", "place", "is_online", "note")}
    for case in others:
        called = [one.pk for one in counterparts(case, data["called"]).values()]
        notice = {"head_notice_on": data["head_notice_on"]} if called and data.get("head_notice_on") else {}
        perform("litigation.plan_session", case, {**kept, "called": called, **notice}, context.actor, context.today)
        link(session, [CourtSession.objects.filter(in_instance__case_id=case.pk).latest("pk")])


def record_there(
    session: CourtSession, others: Iterable[LitigationCase], data: Mapping[str, Any], context: ActionContext
) -> None:
    """The same record in each of the other files; an agency is found there by who it is."""
    for case in others:
        planned = partner(session, case)
        entries: dict[str, Any] = {"on": data["on"], "kind": session.kind, "report": data["report"]}
        entries |= {"session": planned.pk} if planned is not None else {}
        there = counterparts(case, data["rows"])
        for standing, row in data["rows"].items():
            if (other := there.get(standing.participation.party_id)) is not None:
                entries |= {f"{name}_{other.pk}": value for name, value in row.items() if value not in (None, False)}
        perform("litigation.record_session", case, entries, context.actor, context.today)
        held = planned or CourtSession.objects.filter(in_instance__case_id=case.pk).latest("pk")
        link(session, [CourtSession.objects.get(pk=held.pk)])
