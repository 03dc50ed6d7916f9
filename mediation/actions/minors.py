"""The guardian's word on a child's data (Personal Information Protection Law, art. 30, 31)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.models import Case, Participation
from mediation.actions.base import MediationAction
from mediation.course.minors import children_of
from mediation.models import MediationCase
from mediation.states import WITH_PAPERS

LAW = "《个人信息保护法》第31条"
ANSWERS = [("agreed", gettext_lazy("Agrees")), ("refused", gettext_lazy("Does not agree"))]


class GuardianForm(DayForm):
    """Who was asked for which child, and what was said."""

    child = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Child below fourteen"))
    guardian = forms.CharField(
        label=gettext_lazy("Parent or other guardian"),
        max_length=50,
        help_text=gettext_lazy("Name and relation, as on the household register."),
    )
    answer = forms.ChoiceField(label=gettext_lazy("Answer"), choices=ANSWERS, widget=forms.RadioSelect)
    is_told = forms.BooleanField(
        label=gettext_lazy("The guardian was told why the child's data are needed and what this means for the child.")
    )
    how = forms.CharField(
        label=gettext_lazy("How"),
        max_length=120,
        help_text=gettext_lazy("For instance signed on the notice of rights."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        children = {child.part.pk: child for child in children_of(self.subject)}
        self.fields["child"].queryset = Participation.objects.filter(pk__in=children)
        self.fields["child"].label_from_instance = lambda part: part.name
        speaking = self.subject.participations.filter(
            role=Participation.Role.STATUTORY_AGENT, left_on__isnull=True, represents_id__in=children
        )
        if not self.is_bound and len(children) == 1:
            self.fields["child"].initial = next(iter(children))
            self.fields["guardian"].initial = "、".join(speaking.values_list("name", flat=True)[:2])


class RecordGuardianConsent(MediationAction):
    """A guardian agreed, or did not, to the data of a child being used for the mediation (art. 31)."""

    name = "mediation.record_guardian_consent"
    label = gettext_lazy("Record the guardian's consent")
    topic = Topic.PARTIES
    form = GuardianForm
    states = WITH_PAPERS
    annullable = False
    instead = gettext_lazy("Record the answer again as it is: the last one is in force.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if children_of(subject):
            return None
        return Refusal("no-child", _("No party of this case is known to be below fourteen."), LAW)

    def record_facts(self, case: MediationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        kind = "guardian_consented" if data["answer"] == "agreed" else "guardian_refused"
        kept = {name: data[name] for name in ("guardian", "how", "note") if data[name]}
        events.record(case, kind, data["on"], party=data["child"].party, **kept)


MINORS = (RecordGuardianConsent,)
