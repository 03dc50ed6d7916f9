"""What people are told about screening, and the night that reminds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, Telling, tell_all, telling_of
from casemgr.calendar.current import current_calendar
from casemgr.organisation.models import RoleAssignment
from mediation.models import CampaignReturn, KeyDispute, Lead, LeadState

AHEAD = 2
"""Working days before a day on which people are reminded."""
LATE_STEPS = (1, 3, 7, 14)
"""Days after a missed day on which they are told again."""
WAITING = {Lead.Urgency.CRITICAL: 0, Lead.Urgency.URGENT: 1, Lead.Urgency.ORDINARY: 7}
"""Days after which somebody is told of a lead nothing was done about; our own measure."""

NOTICES = (
    NoticeKind(
        "campaign_set_up",
        gettext_lazy("Campaign set up"),
        lambda data: _("A screening campaign begins: %(name)s.") % {"name": data["name"]},
    ),
    NoticeKind(
        "campaign_return_back",
        gettext_lazy("Return sent back"),
        lambda data: _("The return %(name)s was sent back: %(reason)s") % data,
        is_urgent=True,
    ),
    NoticeKind(
        "campaign_return_due",
        gettext_lazy("Return of a campaign due"),
        lambda data: _("%(name)s: the return is due on %(day)s. Nothing found is to be reported, too.") % data,
        concerns_work=True,
    ),
    NoticeKind(
        "campaign_return_late",
        gettext_lazy("Return of a campaign overdue"),
        lambda data: _("%(name)s: the return was due on %(day)s.") % data,
        is_urgent=True,
        concerns_work=True,
    ),
    NoticeKind(
        "key_dispute_due",
        gettext_lazy("Key dispute due"),
        lambda data: _("Key dispute “%(name)s” is to be resolved by %(day)s.") % data,
        concerns_work=True,
    ),
    NoticeKind(
        "lead_waiting",
        gettext_lazy("Lead waiting"),
        lambda data: _("Lead %(name)s, found on %(day)s, has not been dealt with.") % data,
        is_urgent=True,
        concerns_work=True,
    ),
)


def remind_of_screening(on: date) -> int:
    """Returns, key disputes and leads whose day is near or over, each once per step. Returns how many were told."""
    tellings = [*_returns(on), *_key_disputes(on), *_leads(on)]
    tell_all(tellings)
    return len(tellings)


def _step(due_on: date, on: date) -> str:
    """The step of reminding that the day has reached; empty before the first."""
    if on <= due_on:
        return "ahead" if on >= current_calendar().add_working_days(due_on, -AHEAD) else ""
    late = max((days for days in LATE_STEPS if due_on + timedelta(days=days) <= on), default=0)
    return f"late-{late}" if late else ""


def _people(unit_ids: Iterable[int], roles: tuple[str, ...], on: date) -> dict[int, list[int]]:
    found = defaultdict(list)
    held = RoleAssignment.objects.in_force(on).filter(unit_id__in=set(unit_ids), role__in=roles)
    for unit_id, user_id in held.values_list("unit_id", "user_id"):
        found[unit_id].append(user_id)
    return found


def _returns(on: date) -> Iterator[Telling]:
    near = on + timedelta(days=15)
    rows = list(CampaignReturn.objects.open().filter(due_on__lte=near).select_related("campaign", "unit"))
    people = _people((row.unit_id for row in rows), ("town",), on)
    for row in rows:
        if not (step := _step(row.due_on, on)):
            continue
        kind = "campaign_return_due" if step == "ahead" else "campaign_return_late"
        yield telling_of(
            kind, people[row.unit_id], subject=row, once=f"return:{row.pk}:{step}",
            name=f"{row.campaign} {row}", day=row.due_on.isoformat(),
        )  # fmt: skip


def _key_disputes(on: date) -> Iterator[Telling]:
    near = on + timedelta(days=15)
    rows = list(KeyDispute.objects.filter(resolved_on__isnull=True, due_on__lte=near).order_by("pk"))
    people = _people((row.unit_id for row in rows), ("committee", "town"), on)
    for row in rows:
        if step := _step(row.due_on, on):
            yield telling_of(
                "key_dispute_due", people[row.unit_id], subject=row, once=f"key:{row.pk}:{row.due_on}:{step}",
                name=row.title, day=row.due_on.isoformat(),
            )  # fmt: skip


def _leads(on: date) -> Iterator[Telling]:
    rows = list(Lead.objects.filter(state=LeadState.FOUND, found_on__lt=on).select_related("number").order_by("pk"))
    people = _people((row.unit_id for row in rows), ("committee", "town"), on)
    for row in rows:
        if (on - row.found_on).days > WAITING[row.urgency]:
            yield telling_of(
                "lead_waiting", [row.entered_by_id, *people[row.unit_id]], subject=row, once=f"lead:{row.pk}",
                name=str(row), day=row.found_on.isoformat(),
            )  # fmt: skip
