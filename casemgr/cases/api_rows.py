"""A case as the API says it: in a list, whole, and its timeline. Parts that upper rows know are registered here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from casemgr.actions.api import offer_rows
from casemgr.cases.deadline_rows import DeadlineRow, deadline_rows
from casemgr.cases.models import Case, CaseLink, Participation
from casemgr.cases.rows import case_row
from casemgr.cases.timeline import Entry, timeline

Part = Callable[[Case, Any, date], Any]
"""`(case, user, today)` → what stands in the case under the part's name."""
_parts: dict[str, Part] = {}


def register_part(name: str, part: Part) -> None:
    """Called from AppConfig.ready() of the row that knows it, such as documents."""
    _parts[name] = part


def statute_of(case: Case) -> str:
    """Whose articles the bare numbers of refusals are."""
    return str(case.definition.extra.get("statute", ""))


def iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def moment(at: datetime) -> str:
    """In the office's own time, with its offset."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def list_item(case: Case) -> dict[str, Any]:
    """Of a case loaded by `casemgr.cases.rows.with_rows`."""
    row = case_row(case)
    return {
        **_head(case),
        "sides": row.sides,
        "due": {
            "on": iso(row.due_on),
            "ours": row.is_ours,
            "name": str(row.rule),
            "about": row.about,
            "calendar_status": row.calendar_status,
        }
        if row.due_on
        else None,
    }


def short(case: Case) -> dict[str, Any]:
    """By what a case is known in the lists of other things."""
    return {
        "id": case.pk,
        "procedure": case.procedure,
        "number": case.number,
        "title": case.title,
        "state": case.state,
    }


def _head(case: Case) -> dict[str, Any]:
    handler = case.lead_handler
    return short(case) | {
        "state_label": str(case.state_info.label),
        "stage": case.stage,
        "version": case.version,
        "unit": {"id": case.unit_id, "name": case.unit.name},
        "lead_handler": {"id": handler.pk, "name": handler.full_name} if handler else None,
        "opened_on": iso(case.opened_on),
        "closed_on": iso(case.closed_on),
        "outcome": case.outcome,
        "next_due_on": iso(case.next_due_on),
        "next_other_due_on": iso(case.next_other_due_on),
    }


def whole_case(case: Case, user: Any, today: date) -> dict[str, Any]:
    """Of a case loaded by `casemgr.cases.visibility.visible_case`."""
    running, over = deadline_rows(case)
    return {
        **_head(case),
        "confidentiality": case.confidentiality,
        "law_version": case.law_version,
        "is_past_record": case.is_past_record,
        "act": _act(case),
        "parties": [_party(part) for part in case.participations.all()],
        "deadlines": [_deadline(row) for row in (*running, *over)],
        "documents": [],
        "links": _links(case, user, today),
        "available_actions": offer_rows(case, user, today, statute_of(case)),
        **{name: part(case, user, today) for name, part in _parts.items()},
    }


def _act(case: Case) -> dict[str, Any] | None:
    act = case.act
    if act is None:
        return None
    return {
        "id": act.pk,
        "agency": act.agency.name,
        "number": act.number,
        "date": iso(act.acted_on),
        "kind": act.kind,
        "title": act.title,
    }


def _party(part: Participation) -> dict[str, Any]:
    """Names in full to whoever sees the case; numbers masked."""
    return {
        "participation": part.pk,
        "id": part.party_id,
        "role": part.role,
        "role_label": str(part.get_role_display()),
        "name": part.name,
        "kind": part.party.kind,
        "masked_number": part.party.masked_number,
        "left_on": iso(part.left_on),
    }


def _deadline(row: DeadlineRow) -> dict[str, Any]:
    deadline = row.deadline
    return {
        "id": deadline.pk,
        "rule": deadline.rule,
        "name": str(row.name),
        "about": row.about,
        "start": iso(deadline.start_on),
        "due": iso(deadline.due_on),
        "status": deadline.status,
        "met_on": iso(deadline.met_on),
        "calendar_status": deadline.calendar_status,
        "citation": row.citation,
        "party": deadline.party_id,
        "party_name": row.party,
        "bound_party": deadline.bound_party,
        "ours": deadline.is_ours,
    }


LINKS_SHOWN = 100


def _links(case: Case, user: Any, today: date) -> list[dict[str, Any]]:
    """Only to cases the person may see."""
    found = CaseLink.objects.filter(Q(from_case_id=case.pk) | Q(to_case_id=case.pk)).order_by("pk")[:LINKS_SHOWN]
    others = {link.pk: link.to_case_id if link.from_case_id == case.pk else link.from_case_id for link in found}
    if not others:
        return []
    seen = Case.objects.visible_to(user, today).filter(pk__in=set(others.values()))
    cases = {one.pk: one for one in seen.only("number", "procedure")}
    return [
        {
            "id": link.pk,
            "kind": link.kind,
            "label": str(link.get_kind_display()),
            "from_this": link.from_case_id == case.pk,
            "case": {"id": other.pk, "number": other.number, "procedure": other.procedure},
        }
        for link in found
        if (other := cases.get(others[link.pk])) is not None
    ]


def timeline_of(case: Case) -> list[dict[str, Any]]:
    """What happened, in legal order."""
    return [_entry(entry) for entry in timeline(case)]


def _entry(entry: Entry) -> dict[str, Any]:
    event = entry.event
    return {
        "id": event.pk,
        "kind": event.kind,
        "title": str(entry.title),
        "on": iso(entry.occurred_on),
        "precision": event.precision,
        "as_written": event.as_written,
        "party": event.party_id,
        "party_name": entry.party,
        "lines": entry.lines,
        "recorded_at": moment(event.recorded_at),
        "recorded_by": event.actor_name,
        "milestone": entry.is_milestone,
        "deemed": entry.is_deemed,
        "struck": entry.struck_by is not None,
        "struck_reason": entry.struck_by.data.get("reason", "") if entry.struck_by else "",
        "corrections": [
            {
                "was": iso(one.was),
                "now": iso(one.event.occurred_on),
                "by": one.event.actor_name,
                "at": moment(one.event.recorded_at),
                "reason": one.reason,
            }
            for one in entry.corrections
        ],
        "deadlines_met": [row.deadline.rule for row in entry.deadlines_met],
    }
