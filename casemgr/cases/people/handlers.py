"""Who handles a case: assigned, changed with a reason, second handlers, recusal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import CaseAction, archived_refusal
from casemgr.cases.models import Case, CaseRecusal
from casemgr.cases.people.reach import Handlers
from casemgr.organisation.models import User
from casemgr.organisation.roles import HEADS
from casemgr.pages.forms import ContextForm

NOTICES = (
    NoticeKind(
        "case_assigned",
        gettext_lazy("Case assigned"),
        lambda data: _("%(case)s is assigned to you.") % {"case": data["case"]},
        is_urgent=True,
    ),
    NoticeKind(
        "case_taken_away",
        gettext_lazy("Case given to somebody else"),
        lambda data: _("%(case)s is handled by %(name)s from now on.") % {"case": data["case"], "name": data["name"]},
    ),
)


def candidates(case: Case, today: date) -> QuerySet[User]:
    """Active people with a handling role that reaches the case's unit today, not recused from it."""
    able = Handlers(today).who_may_handle(case.procedure, case.unit_id)
    recused = CaseRecusal.objects.filter(case=case).values("user_id")
    return User.objects.filter(is_active=True, pk__in=able).exclude(pk__in=recused).order_by("username")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.full_name


class AssignForm(ContextForm):
    handler = PersonField(User.objects.none(), label=gettext_lazy("Handler"))
    reason = forms.CharField(
        label=gettext_lazy("Reason of the change"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = candidates(self.subject, self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        handler = data.get("handler")
        if handler and handler.pk == self.subject.lead_handler_id:
            self.add_error("handler", _("This person handles the case already. Choose somebody else."))
        if self.subject.lead_handler_id and not data.get("reason"):
            self.add_error("reason", _("Say why the handler changes: the reason is kept in the file."))
        return data


class Assign(CaseAction):
    """Give the case to a handler, or to another one with a reason."""

    name = "cases.assign"
    label = gettext_lazy("Assign or change the handler")
    topic = Topic.PEOPLE
    roles = HEADS
    form = AssignForm

    def priority(self, subject: Case) -> int:
        return 0 if subject.lead_handler_id else 35

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        before, case.lead_handler = case.lead_handler, data["handler"]
        names = {"from": before.full_name if before else "", "to": data["handler"].full_name}
        events.record(case, "handler_changed", context.today, reason=data["reason"], **names)
        tell("case_assigned", [data["handler"].pk], subject=case, case=case.number)
        if before is not None:
            tell("case_taken_away", [before.pk], subject=case, case=case.number, name=data["handler"].full_name)


class SecondForm(ContextForm):
    handler = PersonField(User.objects.none(), label=gettext_lazy("Second handler"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        taken = [self.subject.lead_handler_id, *self.subject.further_handlers.values_list("pk", flat=True)]
        self.fields["handler"].queryset = candidates(self.subject, self.today).exclude(
            pk__in=[pk for pk in taken if pk]
        )


class AddHandler(CaseAction):
    """A further handler; in the ordinary procedure at least two try a case (Implementing Regulation 2026, art. 39)."""

    name = "cases.add_handler"
    label = gettext_lazy("Add a second handler")
    topic = Topic.PEOPLE
    roles = HEADS
    form = SecondForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Remove the handler again.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        case.further_handlers.add(data["handler"])
        events.record(case, "handler_changed", context.today, to=data["handler"].full_name, second=True)
        tell("case_assigned", [data["handler"].pk], subject=case, case=case.number)


class RemoveForm(ContextForm):
    handler = PersonField(User.objects.none(), label=gettext_lazy("Second handler"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = self.subject.further_handlers.all()


class RemoveHandler(CaseAction):
    """A second handler leaves the case."""

    name = "cases.remove_handler"
    label = gettext_lazy("Remove a second handler")
    topic = Topic.PEOPLE
    roles = HEADS
    form = RemoveForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Add the handler again.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject):
            return refusal
        if subject.further_handlers.all():
            return None
        return Refusal("no-second-handler", _("The case has no second handler."))

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        case.further_handlers.remove(data["handler"])
        left = {"from": data["handler"].full_name, "reason": data["reason"], "second": True}
        events.record(case, "handler_changed", context.today, **left)


class RecuseForm(ContextForm):
    person = PersonField(User.objects.none(), label=gettext_lazy("Person"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = candidates(self.subject, self.today)


class Recuse(CaseAction):
    """Somebody with an interest leaves the case and sees it no more (the reconsideration law is silent: our rule)."""

    name = "cases.recuse"
    label = gettext_lazy("Record a recusal")
    topic = Topic.PEOPLE
    consequence = gettext_lazy("The person does not see the case any more, whatever their roles.")
    binding = True
    roles = HEADS
    form = RecuseForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("End the recusal instead.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        return archived_refusal(subject)

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is not None and data["person"].pk == subject.lead_handler_id:
            message = _("This person handles the case: assign another handler first.")
            return [Refusal("still-handler", message, field="person")]
        return []

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        CaseRecusal.objects.create(case_id=case.pk, user=data["person"], reason=data["reason"])
        case.further_handlers.remove(data["person"])
        events.record(case, "recused", context.today, name=data["person"].full_name, reason=data["reason"])


class EndRecusalForm(ContextForm):
    recusal = forms.ModelChoiceField(CaseRecusal.objects.none(), label=gettext_lazy("Recusal"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recusal"].queryset = self.subject.recusals.select_related("user")
        self.fields["recusal"].label_from_instance = lambda recusal: recusal.user.full_name


class EndRecusal(CaseAction):
    """The reason of a recusal is gone."""

    name = "cases.end_recusal"
    label = gettext_lazy("End a recusal")
    topic = Topic.PEOPLE
    roles = HEADS
    form = EndRecusalForm
    listed = True
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Record the recusal again.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject):
            return refusal
        return None if subject.recusals.exists() else Refusal("nobody-recused", _("Nobody is recused from this case."))

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        name = data["recusal"].user.full_name
        data["recusal"].delete()
        events.record(case, "recusal_ended", context.today, name=name, reason=data["reason"])


ACTIONS = (Assign, AddHandler, RemoveHandler, Recuse, EndRecusal)
