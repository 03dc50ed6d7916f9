"""A third party that was invited stays away: the case goes on without it (art. 16(2))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases.day_forms import PartyDayForm
from casemgr.cases.models import Participation
from casemgr.documents.models import Service
from reconsideration.actions.base import ReconsiderationAction
from reconsideration.guards import not_before
from reconsideration.models import ReconsiderationCase
from reconsideration.states import UNDER_TRIAL

DECLINES, SILENT = "declines", "silent"


class StaysAwayForm(PartyDayForm):
    party_roles: ClassVar = (Participation.Role.THIRD_PARTY,)
    HOW = (
        (DECLINES, gettext_lazy("Declares that it does not take part")),
        (SILENT, gettext_lazy("Was notified and has not answered")),
    )

    how = forms.ChoiceField(label=gettext_lazy("What it did"), choices=HOW, widget=forms.RadioSelect)
    content = forms.CharField(
        label=gettext_lazy("How it is known (paper, call, day)"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


def _was_notified(case: ReconsiderationCase, data: Mapping[str, Any], today: date) -> bool:
    if data["how"] != SILENT:
        return True
    served = Service.objects.filter(document__case_id=case.pk, document__kind="third_party_notice")
    return served.filter(participation__party=data["party"], effective_on__lte=data["on"]).exists()


class ThirdPartyStaysAway(ReconsiderationAction):
    """It declines, or does not answer. It keeps its part: papers are still served on it, and it may yet speak."""

    name = "reconsideration.third_party_away"
    label = gettext_lazy("Record that a third party does not take part")
    consequence = gettext_lazy(
        "The trial goes on without its opinion (art. 16(2)); papers are still served on it, and it may still speak."
    )
    topic = Topic.PARTIES
    form = StaysAwayForm
    states = (*UNDER_TRIAL, "SUSPENDED")
    event = "third_party_away"
    guards = (
        Guard(
            "not-notified",
            "16(1)",
            gettext_lazy("Silence says something only once the notice to take part was served: serve it first."),
            _was_notified,
            field="how",
            needs_data=True,
        ),
        not_before("accepted", "third_party_joined"),
    )

    def state_refusal(self, subject, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if any(
            part.role == Participation.Role.THIRD_PARTY and not part.left_on for part in subject.participations.all()
        ):
            return None
        return Refusal("no-third-party", gettext_lazy("The case has no third party."), "16(1)")

    def event_data(self, case, data: Mapping[str, Any]) -> dict[str, Any]:
        return super().event_data(case, data) | {"how": data["how"], "content": data["content"]}


THIRD_PARTY = (ThirdPartyStaysAway,)
