"""Weighing, planning, changing and cancelling a hearing; the notice served or waived (art. 50, 51)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.computed_days import strike
from casemgr.cases.events import Fact
from casemgr.documents.models import Document
from casemgr.rooms import booking as bookings
from casemgr.rooms.models import Booking
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.actions.papers import ServedAction
from reconsideration.hearings import guards
from reconsideration.hearings.forms import CancelForm, ChangeForm, PlanForm, WaiverForm, WeighForm
from reconsideration.hearings.reading import day_in_words, open_hearing, place_of, sync_parties, told_all
from reconsideration.hearings.terms import HearingState
from reconsideration.models import Hearing, PanelMember, ReconsiderationCase
from reconsideration.states import UNDER_TRIAL

PUT_RIGHT = gettext_lazy("A hearing is changed, adjourned or cancelled by a step of its own.")


class HearingStep(ReconsiderationAction):
    """On the case's open hearing. Its rows are its own: it is put right by a further step, not annulled."""

    topic = Topic.HEARING
    annullable: ClassVar[bool] = False
    instead = PUT_RIGHT
    states = (*UNDER_TRIAL, "SUSPENDED")

    def state_refusal(self, subject: ReconsiderationCase, today: date) -> Refusal | None:
        """Without an open hearing it is no step of the case at all."""
        if refusal := super().state_refusal(subject, today):
            return refusal
        return guards.a_hearing_is_open.refusal(subject, None, today)

    def execute(self, subject: ReconsiderationCase, data: Mapping[str, Any], context: ActionContext) -> Any:
        hearing = open_hearing(subject)
        hearing.case = subject
        self.change(hearing, data, context)
        hearing.version += 1
        hearing.save()
        settle(subject, context.today)
        return subject

    def change(self, hearing: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        raise NotImplementedError


class WeighHearing(ReconsiderationAction):
    """Whether the case is grave, difficult or complex, and whether the applicant asked for a hearing (art. 50)."""

    topic = Topic.HEARING
    name = "reconsideration.weigh_hearing"
    label = gettext_lazy("Whether a hearing must be held")
    form = WeighForm
    states = (*UNDER_TRIAL, "SUSPENDED")

    def record_facts(self, case: Any, data: Mapping[str, Any], context: ActionContext) -> None:
        self.set_facts(
            case,
            hearing_grounds=list(data["grounds"]),
            hearing_requested_on=data["requested_on"],
            hearing_answer=data["answer"],
        )


def tell_of_plan(hearing: Hearing, on: Any, reason: str = "") -> None:
    """The entry from which the notice period counts back."""
    events.record(
        hearing.case, "hearing_planned", on, subject=hearing.plan_subject, planned_on=hearing.on.isoformat(),
        when=day_in_words(hearing), place=place_of(hearing), **({"reason": reason} if reason else {}),
    )  # fmt: skip


def new_hearing(case: ReconsiderationCase, form: Any, context: ActionContext, **values: Any) -> Hearing:
    """The next hearing of the case, with time, room, panel and heads taken. :raises GuardRefused: one is taken."""
    booking = bookings.book(form.wanted(), Booking.Purpose.HEARING, context.actor, case=case)
    last = case.hearings.order_by("-number").first()
    hearing = Hearing.objects.create(
        case=case, number=last.number + 1 if last else 1, booking=booking,
        is_remote=form.cleaned_data["is_remote"], remote_note=form.cleaned_data["remote_note"], **values,
    )  # fmt: skip
    seat(hearing, form.people())
    sync_parties(hearing)
    return hearing


def seat(hearing: Hearing, people: list[tuple[Any, str]]) -> bool:
    """The panel as named; who stays keeps the declaration. Whether anything changed."""
    known = {row.user_id: row for row in hearing.panel.all()}
    before = {(row.user_id, row.seat) for row in known.values()}
    for row in known.values():
        if row.user_id not in {user.pk for user, _seat in people}:
            row.delete()
    for user, place in people:
        row = known.get(user.pk) or PanelMember(hearing=hearing, user=user)
        row.seat = place
        row.save()
    return before != {(user.pk, str(place)) for user, place in people}


class PlanHearing(ReconsiderationAction):
    """Day, room and panel; from the planned day the notice period counts back (art. 50, 51(1))."""

    topic = Topic.HEARING
    name = "reconsideration.plan_hearing"
    label = gettext_lazy("Plan a hearing")
    annullable: ClassVar[bool] = False
    instead = PUT_RIGHT
    form = PlanForm
    states = UNDER_TRIAL
    guards = (guards.ordinary_only, guards.notice_is_possible)
    primary = 42

    def state_refusal(self, subject: ReconsiderationCase, today: date) -> Refusal | None:
        """Where one is planned already, that one is changed."""
        if refusal := super().state_refusal(subject, today):
            return refusal
        return guards.no_hearing_is_open.refusal(subject, None, today)

    def priority(self, subject: ReconsiderationCase) -> int:
        """The next step only where a hearing must be held and is not."""
        from reconsideration.hearings.reading import has_open_hearing, is_heard, must_be_heard

        if subject.state != "IN_REVIEW" or not must_be_heard(subject):
            return 0
        return 0 if is_heard(subject) or has_open_hearing(subject) else self.primary

    def execute(self, subject: ReconsiderationCase, data: Mapping[str, Any], context: ActionContext) -> Any:
        hearing = new_hearing(subject, context.form, context, ground=data["ground"], matters=data["matters"])
        if data["grounds"]:
            self.set_facts(subject, hearing_grounds=list(data["grounds"]))
        tell_of_plan(hearing, context.today)
        settle(subject, context.today)
        return subject


def standing_plan(hearing: Hearing) -> Fact | None:
    mine = [fact for fact in events.facts_of(hearing.case) if fact.subject == hearing.plan_subject]
    return events.last_of(mine, "hearing_planned")


class ChangeHearing(HearingStep):
    """Another time, place or panel, with the reason; everybody is told anew where time or place change (听证办法 4)."""

    name = "reconsideration.change_hearing"
    label = gettext_lazy("Change time, place or panel of the hearing")
    form = ChangeForm
    guards = (guards.notice_is_possible,)

    def guard_refusals(self, subject: Any, data: Mapping | None, today: Any) -> list[Any]:
        """The notice period starts anew only with another day."""
        if data is not None and (hearing := open_hearing(subject)) and hearing.on == data["planned_on"]:
            data = {**data, "accept_short": True}
        return super().guard_refusals(subject, data, today)

    def change(self, hearing: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        before = f"{day_in_words(hearing)} {place_of(hearing)}"
        was_remote, was_day, earlier = hearing.is_remote, hearing.on, standing_plan(hearing)
        bookings.move(hearing.booking, context.form.wanted())
        hearing.is_remote, hearing.remote_note = data["is_remote"], data["remote_note"]
        seat(hearing, context.form.people())
        sync_parties(hearing)
        after = f"{day_in_words(hearing)} {place_of(hearing)}"
        hearing.change_reason, hearing.changed_from = data["reason"], before
        if before == after and was_remote == hearing.is_remote:
            events.record(
                hearing.case,
                "hearing_panel_changed",
                context.today,
                subject=hearing.plan_subject,
                reason=data["reason"],
            )
            return
        if earlier is not None:
            strike(hearing.case, earlier, data["reason"])
        hearing.plan += 1
        hearing.plan_anew()
        hearing.parties.update(notified_on=None, waived_on=None)
        if hearing.on != was_day:
            hearing.announced_on = None
        tell_of_plan(hearing, context.today, data["reason"])


class CancelHearing(HearingStep):
    """It does not take place; room and people are free again."""

    name = "reconsideration.cancel_hearing"
    label = gettext_lazy("Cancel the hearing")
    binding = True
    consequence = gettext_lazy(
        "The room and the people are free again. Whoever was told of the hearing is told of this."
    )
    form = CancelForm

    def change(self, hearing: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        close(hearing, "cancel", "hearing_cancelled", context.today, data["reason"])


def close(hearing: Hearing, step: str, kind: str, on: Any, reason: str = "", **data: Any) -> None:
    """The hearing ends by a transition, with an entry; a day still to come is free again."""
    getattr(hearing, step)()
    hearing.closed_on, hearing.close_reason = on, reason
    if hearing.booking.cancelled_on is None and (hearing.state == HearingState.CANCELLED or hearing.on > on):
        bookings.release(hearing.booking, on, reason or str(_("The hearing does not take place.")))
    kept = {**({"reason": reason} if reason else {}), **data}
    events.record(hearing.case, kind, on, subject=hearing.subject, **kept)


class NoticeServed(ServedAction):
    """The notice reached a party: its period is met for that party (art. 51(1))."""

    name = "reconsideration.hearing_notice_served"
    label = gettext_lazy("Hearing notice served")
    annullable: ClassVar[bool] = False
    instead = PUT_RIGHT

    def execute(self, subject: ReconsiderationCase, data: Mapping[str, Any], context: ActionContext) -> Any:
        paper = Document.objects.filter(case_id=subject.pk, pk=data["document"]).first()
        number, _dash, plan = str((paper.data if paper else {}).get("hearing") or "").partition("-")
        hearing = open_hearing(subject)
        path = f"hearing:{number}/plan:{plan}"
        events.record(
            subject, "hearing_notified", data["on"], party=data["party"], subject=path, document=data["document"]
        )
        if hearing is not None and hearing.plan_subject == path:
            hearing.case = subject
            _told(hearing, data["party"].pk, "notified_on", data["on"])
        settle(subject, context.today)
        return subject


def _told(hearing: Hearing, party_id: int, column: str, on: Any) -> None:
    rows = sync_parties(hearing)
    for row in rows:
        if row.participation.party_id == party_id:
            setattr(row, column, on)
            row.save()
    if hearing.state == HearingState.PLANNED and told_all(rows):
        hearing.all_notified()
    hearing.version += 1
    hearing.save()


class WaiveNotice(HearingStep):
    """A party agrees in writing to a hearing without the full period; nobody can do it for another (art. 51(1))."""

    name = "reconsideration.waive_hearing_notice"
    label = gettext_lazy("Record a party's waiver of the notice period")
    form = WaiverForm

    def change(self, hearing: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        events.record(
            hearing.case, "hearing_notice_waived", data["on"], party=data["party"], subject=hearing.plan_subject,
            **({"note": data["note"]} if data.get("note") else {}),
        )  # fmt: skip
        _told(hearing, data["party"].pk, "waived_on", data["on"])


PLANNING = (WeighHearing, PlanHearing, ChangeHearing, CancelHearing, NoticeServed, WaiveNotice)
