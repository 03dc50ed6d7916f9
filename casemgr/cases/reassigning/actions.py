"""Confirming a run: the cases are planned anew, kept as rows, and given by a job."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.actions.outbox import NoticeKind
from casemgr.cases.models import Case, Reassignment, ReassignmentItem
from casemgr.cases.people.absences import people_below
from casemgr.cases.people.handlers import PersonField
from casemgr.cases.people.reach import Handlers
from casemgr.cases.procedure import Stage
from casemgr.cases.reassigning.planning import LIMIT, Plan, plan_chosen, plan_handover
from casemgr.cases.reassigning.running import queue
from casemgr.organisation.models import User
from casemgr.organisation.roles import HEADS
from casemgr.pages.forms import ContextForm, SeveralRowsField

GIVEN, GIVEN_AWAY = "cases_given", "cases_given_away"
SEVERAL_IDS = re.compile(r"\d{1,18}(,\d{1,18})*")


def _given(data: Mapping[str, Any]) -> str:
    text = ngettext(
        "%(count)s case is given to you by %(name)s.", "%(count)s cases are given to you by %(name)s.", data["count"]
    )
    return text % {"count": data["count"], "name": data["name"]}


def _given_away(data: Mapping[str, Any]) -> str:
    text = ngettext(
        "%(count)s of your cases was given to others by %(name)s.",
        "%(count)s of your cases were given to others by %(name)s.",
        data["count"],
    )
    return text % {"count": data["count"], "name": data["name"]}


NOTICES = (
    NoticeKind(GIVEN, gettext_lazy("Cases given to you"), _given, is_urgent=True, concerns_work=True),
    NoticeKind(GIVEN_AWAY, gettext_lazy("Cases given to others"), _given_away),
)


class PeopleField(SeveralRowsField):
    def label_from_instance(self, user: User) -> str:
        return user.full_name


class ReassignForm(ContextForm):
    """`cases`: ids chosen from the list, with commas; or `officer`, whose every case is meant.

    `expected` is how many the preview promised: when it is another number by now, the preview is shown again.
    """

    officer = PersonField(
        User.objects.none(), label=gettext_lazy("Whose cases"), empty_label=gettext_lazy("Please choose")
    )
    cases = forms.CharField(required=False, widget=forms.HiddenInput)
    receivers = PeopleField(
        User.objects.none(),
        label=gettext_lazy("Receivers"),
        help_text=gettext_lazy("Several share the cases evenly."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason of the change"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)
    plan: Plan

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].required = not self.data.get("cases")
        below = people_below(self.actor, self.today, Handlers(self.today))
        self.fields["receivers"].queryset = User.objects.filter(is_active=True, pk__in=below).order_by("username")
        # who has left the office holds no role any more, and their cases are handed over all the same
        led = Case.objects.visible_to(self.actor, self.today).filter(lead_handler=OuterRef("pk"))
        with_cases = Exists(led.exclude(stage=Stage.ARCHIVED).order_by())
        self.fields["officer"].queryset = User.objects.filter(with_cases | Q(pk__in=below)).order_by("username")

    def clean_cases(self) -> list[int]:
        text = self.cleaned_data["cases"]
        if text and not SEVERAL_IDS.fullmatch(text):
            raise forms.ValidationError(_("These are no cases. Choose them from the list again."))
        ids = sorted({int(part) for part in text.split(",") if part})
        if len(ids) > LIMIT:
            raise forms.ValidationError(
                _("At most %(limit)s cases in one step: narrow the conditions.") % {"limit": LIMIT}
            )
        return ids

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        receivers = list(data["receivers"])
        if (officer := data.get("officer")) in receivers:
            self.add_error(
                "receivers",
                _("%(name)s hands the cases over and cannot receive them: choose others.")
                % {"name": officer.full_name},
            )
            return data
        if officer:
            self.plan = plan_handover(self.actor, officer, receivers, self.today)
        else:
            self.plan = plan_chosen(self.actor, data["cases"], receivers, self.today)
        if self.plan.total > LIMIT:
            raise forms.ValidationError(
                _("At most %(limit)s cases in one step: narrow the conditions.") % {"limit": LIMIT}
            )
        if data["expected"] is not None and data["expected"] != len(self.plan.gifts):
            self.add_error(None, _("The cases have changed since you looked. Look at the new numbers, then confirm."))
        return data


class Reassign(Action):
    """Give many cases to one or several handlers, each through the same action as one case alone."""

    name = "cases.reassign"
    label = gettext_lazy("Give the cases to the receivers")
    roles = HEADS
    form = ReassignForm
    creates = True
    listed = False

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Reassignment:
        plan: Plan = context.form.plan
        if not plan.gifts:
            raise GuardRefused(refusals=[Refusal("nothing-to-give", _("None of the cases can be given to them."))])
        run = Reassignment.objects.create(
            officer=data["officer"],
            reason=data["reason"],
            asked_by=context.actor,
            asked_on=context.today,
            total=len(plan.gifts),
        )
        ReassignmentItem.objects.bulk_create(
            [
                ReassignmentItem(
                    run=run,
                    case_id=gift.case.pk,
                    before_id=gift.before_id,
                    receiver=gift.receiver,
                    is_second=gift.is_second,
                )
                for gift in plan.gifts
            ],
            batch_size=500,
        )
        queue(run)
        return run


def may_reassign(user: User, today: date) -> bool:
    return bool(user.role_codes(today).intersection(HEADS))


ACTIONS = (Reassign,)
