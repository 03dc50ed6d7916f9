"""The yearly holiday notice, as actions: entered, corrected by hand, approved by a second person, withdrawn.

They stand in this row because the calendar and the actions do not know each other. What a publication moves is
computed in the cases row, which listens to `PublishNotice`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext, EmptyForm, Guard
from casemgr.actions.errors import Refusal
from casemgr.calendar.models import CalendarYear, HolidayNotice
from casemgr.calendar.notice import publishing
from casemgr.calendar.notice.reading import HOLIDAY, WORKING, NoticeDay
from casemgr.calendar.notice.sources import LONGEST_TEXT, Unreadable, text_of
from casemgr.pages.forms import DateField, Form

ENTER = ("admin", "head")
APPROVE = ("admin", "head", "authority")
ROWS = 80
"""More days than any year has ever had, and a bound on what a form may send."""


class EnterForm(Form):
    """The text pasted, or a file that holds it."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2004, max_value=2099)
    number = forms.CharField(label=gettext_lazy("Number of the notice"), max_length=60)
    issued_on = DateField(label=gettext_lazy("Notice published on"))
    text = forms.CharField(
        label=gettext_lazy("Text of the notice"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 12}),
        help_text=gettext_lazy("Paste the whole text; what it orders is read from it and shown for comparison."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"), required=False, help_text=gettext_lazy(".txt, .docx, .pdf with text, or .csv")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("file"):
            try:
                data["text"] = text_of(data["file"].name, data["file"].read())
                self.data = {**self.data, "text": data["text"]}  # a browser keeps no file when the form comes back
            except Unreadable as error:
                self.add_error("file", str(error))
        elif not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Paste the text of the notice or choose a file."))
        return data


class DaysForm(Form):
    """The table of days: `day-N`, `kind-N`, `name-N` for each row; an empty day drops the row."""

    KINDS = ((HOLIDAY, gettext_lazy("Day off")), (WORKING, gettext_lazy("Working weekend day")))
    ENTRIES = ("day", "kind", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(ROWS):
            if not self.is_bound or f"day-{number}" in self.data:
                self.fields |= {
                    f"{entry}-{number}": forms.CharField(required=False, max_length=200) for entry in self.ENTRIES
                }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["days"] = []
        for number, row in enumerate(self.rows(), 1):
            if not row["day"]:
                continue
            try:
                day = DateField().clean(row["day"])
                if row["kind"] not in (HOLIDAY, WORKING) or not 0 < len(row["name"]) <= 60:
                    raise forms.ValidationError(_("Say which holiday it belongs to and whether it is off or worked."))
            except forms.ValidationError as error:
                self.add_error(None, _("Row %(number)s: ") % {"number": number} + " ".join(error.messages))
                continue
            data["days"].append(NoticeDay(day, row["kind"], row["name"]))
        return data

    def rows(self) -> list[dict[str, str]]:
        """As typed, so that nothing is lost when a row is refused."""
        return [
            {field: str(self.data.get(f"{field}-{number}", "")).strip() for field in self.ENTRIES}
            for number in range(ROWS)
            if f"day-{number}" in self.data
        ]


class ReasonForm(Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class WithdrawForm(ReasonForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2004, max_value=2099)

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not CalendarYear.objects.filter(year=year, status=CalendarYear.Status.PUBLISHED).exists():
            raise forms.ValidationError(_("No notice of this year is published: there is nothing to withdraw."))
        return year


class NoticeAction(Action):
    """On a draft."""

    model = HolidayNotice

    def state_refusal(self, subject: HolidayNotice, today: date) -> Refusal | None:
        if subject.state == HolidayNotice.State.DRAFT:
            return None
        message = _("This notice is no draft any more. To correct a published one, enter the year's notice anew.")
        return Refusal("not-a-draft", message)


class EnterNotice(Action):
    """A draft with the days read from the text."""

    name, label = "calendar.enter_notice", gettext_lazy("Enter holiday notice")
    form, roles, creates, model = EnterForm, ENTER, True, HolidayNotice

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> HolidayNotice:
        return HolidayNotice.objects.create(
            year=data["year"],
            number=data["number"],
            issued_on=data["issued_on"],
            text=data["text"],
            days=publishing.days_as_kept(data["text"], data["year"]),
            entered_by_id=context.actor.pk,
            entered_by_name=context.actor.full_name,
        )


class DraftWithdrawal(Action):
    """Propose that a published year counts as estimated again; a second person approves."""

    name, label = "calendar.withdraw_notice", gettext_lazy("Withdraw a published notice")
    form, roles, creates, model = WithdrawForm, ENTER, True, HolidayNotice

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> HolidayNotice:
        days = publishing.national_days(data["year"])
        return HolidayNotice.objects.create(
            year=data["year"],
            withdraws=True,
            reason=data["reason"],
            days=publishing.as_kept(days),
            entered_by_id=context.actor.pk,
            entered_by_name=context.actor.full_name,
        )


class CorrectNotice(NoticeAction):
    """The table as a person has compared it with the notice."""

    name, label, form, roles = "calendar.correct_notice", gettext_lazy("Save the days"), DaysForm, ENTER

    def execute(self, subject: HolidayNotice, data: Mapping, context: ActionContext) -> HolidayNotice:
        subject.days, subject.is_corrected_by_hand = publishing.as_kept(data["days"]), True
        subject.entered_by_id, subject.entered_by_name = context.actor.pk, context.actor.full_name
        subject.version += 1
        subject.save()
        return subject


class DiscardNotice(NoticeAction):
    name, label, form, roles = "calendar.discard_notice", gettext_lazy("Discard the draft"), ReasonForm, ENTER

    def execute(self, subject: HolidayNotice, data: Mapping, context: ActionContext) -> HolidayNotice:
        subject.reason = data["reason"]
        subject.discard()
        subject.version += 1
        subject.save()
        return subject


class PublishNotice(NoticeAction):
    """The second person's approval: the year is published in this transaction."""

    name, label = "calendar.publish_notice", gettext_lazy("Approve and publish")
    consequence = gettext_lazy("The year's calendar becomes what the table says, and open periods are computed again.")
    form, roles, binding = EmptyForm, APPROVE, True
    guards = (
        Guard(
            "contradiction",
            "",
            gettext_lazy("The notice contradicts itself. Correct the table first."),
            lambda notice, data, today: not any(finding.is_error for finding in notice.findings()),
        ),
    )

    def execute(self, subject: HolidayNotice, data: Mapping, context: ActionContext) -> HolidayNotice:
        subject.publish()
        subject.approved_by_id, subject.approved_by_name = context.actor.pk, context.actor.full_name
        subject.approved_at = timezone.now()
        subject.version += 1
        subject.save()
        subject.moved_span = publishing.apply(subject)
        return subject

    def is_permitted(self, subject: HolidayNotice, actor, today: date) -> bool:
        """A second person: not the one whose table it is."""
        return super().is_permitted(subject, actor, today) and subject.entered_by_id != actor.pk


ACTIONS = (EnterNotice, DraftWithdrawal, CorrectNotice, DiscardNotice, PublishNotice)
