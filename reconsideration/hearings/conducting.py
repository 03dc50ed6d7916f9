"""Preparing and holding a hearing: who sits, who comes, and the record, saved step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.records import RecordAction, take
from casemgr.cases.people.standing import has_case_role
from casemgr.rooms import booking as bookings
from reconsideration.actions.base import HEAD, OFFICER
from reconsideration.hearings.conducting_forms import (
    AnnounceForm,
    AttendanceForm,
    DecideInterestForm,
    DeclareForm,
    HeadForm,
    ItemForm,
    SignForm,
    StepForm,
)
from reconsideration.hearings.script import BY_CODE, items_of
from reconsideration.hearings.terms import OPEN_STATES
from reconsideration.models import Hearing, HearingParty, PanelMember

# Reconsideration Law 2023, art. 50(3): what is written is written at the hearing
on_its_day = Guard(
    "hearing-day-to-come",
    "",
    gettext_lazy("The day of the hearing has not come yet: nothing is recorded beforehand."),
    lambda hearing, data, today: hearing.on <= today,
)


class HearingRecordAction(RecordAction):
    """By who handles the case, and by whoever sits on the panel."""

    model: ClassVar = Hearing
    roles: ClassVar[tuple[str, ...]] = OFFICER
    states: ClassVar[tuple[str, ...]] = tuple(OPEN_STATES)

    def is_permitted(self, subject: Hearing, actor: Any, today: date) -> bool:
        if has_case_role(actor, self.roles, subject.case, today):
            return True
        return any(row.user_id == actor.pk for row in subject.panel.all())


class NameHead(HearingRecordAction):
    """Whom the respondent sends: its head, or with a reason somebody of its staff (art. 51(3))."""

    name = "hearing.name_head"
    label = gettext_lazy("Record whom the respondent sends")
    form = HeadForm
    primary = 40

    def change(self, subject: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        row: HearingParty = data["party"]
        take(row, data, ("head_name", "head_post", "head_absence", "delegate"))
        row.save()
        if not row.head_name:
            bookings.free_agency(subject.booking, row.participation.party_id)


class Declare(HearingRecordAction):
    """A member of the panel declares an interest, or that there is none."""

    name = "hearing.declare"
    label = gettext_lazy("Record a declaration of interest")
    form = DeclareForm
    primary = 50

    def change(self, subject: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        member: PanelMember = data["member"]
        member.declared_on, member.interest, member.may_stay = context.today, data["interest"], None
        member.save()


class DecideInterest(HearingRecordAction):
    """The head of the office decides whether a member with an interest may sit."""

    name = "hearing.decide_interest"
    label = gettext_lazy("Decide on a declared interest")
    roles = HEAD
    form = DecideInterestForm
    guards = (
        Guard(
            "no-interest",
            "",
            gettext_lazy("Nobody has declared an interest."),
            lambda hearing, data, today: any(row.interest for row in hearing.panel.all()),
        ),
    )

    def is_permitted(self, subject: Hearing, actor: Any, today: date) -> bool:
        return has_case_role(actor, self.roles, subject.case, today)

    def change(self, subject: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        member: PanelMember = data["member"]
        member.may_stay = data["may_stay"] == "yes"
        member.save()


class RecordAttendance(HearingRecordAction):
    """Who came, who stayed away and why."""

    name = "hearing.attendance"
    label = gettext_lazy("Record who is there")
    form = AttendanceForm
    guards = (on_its_day,)

    def change(self, subject: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        for row in context.form.rows:
            came = data[f"came_{row.pk}"]
            row.came = None if not came else came == "yes"
            row.is_excused = came == "excused"
            row.came_by = data[f"by_{row.pk}"] if came == "yes" else ""
            row.absence = "" if came == "yes" else data[f"why_{row.pk}"]
            row.save()


class WriteStep(HearingRecordAction):
    """One step of the record as it was said; it can be written again until the record is closed."""

    name = "hearing.write"
    label = gettext_lazy("Write a step of the record")
    form = StepForm
    guards = (on_its_day,)

    def change(self, subject: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.record = {**subject.record, BY_CODE[data["step"]].code: data["text"].strip()}


class WriteItem(HearingRecordAction):
    """One item of evidence, shown and questioned."""

    name = "hearing.evidence"
    label = gettext_lazy("Write an item of evidence")
    form = ItemForm
    guards = (on_its_day,)

    def change(self, subject: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        items = items_of(subject)
        item = {"by": data["by"].pk, **{name: data[name] for name in ("name", "proves", "opinion")}}
        number = data["number"]
        if number is None:
            items.append(item)
        elif data["drop"]:
            del items[number - 1]
        else:
            items[number - 1] = item
        subject.record = {**subject.record, "evidence": items}


class RecordSignatures(HearingRecordAction):
    """Who signed the record and who refused."""

    name = "hearing.sign"
    label = gettext_lazy("Record the signatures")
    form = SignForm
    guards = (on_its_day,)

    def change(self, subject: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        for row in context.form.rows:
            said = data[f"signed_{row.pk}"]
            row.signed_on = (row.signed_on or context.today) if said == "yes" else None
            row.refused_to_sign = data[f"why_{row.pk}"] if said == "no" else ""
            row.save()
        for member in context.form.members:
            signed = data[f"member_{member.pk}"]
            member.signed_on = (member.signed_on or context.today) if signed else None
            member.save()


class Announce(HearingRecordAction):
    """Whether the public may come, what it is told, and how many seats there are."""

    name = "hearing.announce"
    label = gettext_lazy("Open hearing: announcement and seats")
    form = AnnounceForm

    def is_permitted(self, subject: Hearing, actor: Any, today: date) -> bool:
        return has_case_role(actor, self.roles, subject.case, today)

    def change(self, subject: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        take(subject, data, ("is_open", "announcement", "seats", "seats_taken"))
        if not subject.is_open:
            subject.announced_on = None
        elif data["publish"]:
            subject.announced_on = subject.announced_on or context.today


CONDUCTING = (
    NameHead,
    Declare,
    DecideInterest,
    RecordAttendance,
    WriteStep,
    WriteItem,
    RecordSignatures,
    Announce,
)
