"""From the copy to the eve of the decision: reply or its absence, opinions (art. 48, 49, 54, 70)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.cases.day_forms import PartyDayForm, PostedDayForm, posted
from casemgr.cases.models import Participation
from reconsideration import guards
from reconsideration.actions.base import ReconsiderationAction, served_parties


class ReplyForm(PartyDayForm, PostedDayForm):
    party_roles: ClassVar = (Participation.Role.RESPONDENT,)

    evidence_count = forms.IntegerField(
        label=gettext_lazy("Number of pieces of evidence"), required=False, min_value=0, max_value=9999
    )


class ReplyReceived(ReconsiderationAction):
    """The respondent's written reply with evidence and basis came in (art. 48); a late one is recorded too."""

    name = "reconsideration.reply_received"
    label = gettext_lazy("Record the reply")
    form = ReplyForm
    states = ("AWAIT_REPLY", "IN_REVIEW", "SUSPENDED")
    primary = 50
    event = "reply_received"
    guards = (guards.not_before("copy_served"),)

    def priority(self, subject) -> int:
        """Once every respondent replied or kept silent, a later reply is no next step any more."""
        return self.primary if subject.state == "AWAIT_REPLY" else 0

    def record_event(self, case, data, context):
        event = super().record_event(case, data, context)
        if case.state == "AWAIT_REPLY" and _all_respondents_answered(case):
            case.begin_review()
        return event

    def event_data(self, case, data) -> dict[str, Any]:
        kept = super().event_data(case, data)
        return kept | posted(data) | {name: data[name] for name in ("evidence_count",) if data.get(name)}


def _all_respondents_answered(case) -> bool:
    respondents = set(
        case.participations.filter(role=Participation.Role.RESPONDENT, left_on__isnull=True).values_list(
            "party_id", flat=True
        )
    )
    return respondents <= served_parties(case, "reply_received") | served_parties(case, "reply_missing")


class ReplyMissingForm(PartyDayForm):
    party_roles: ClassVar = (Participation.Role.RESPONDENT,)


class ReplyMissing(ReconsiderationAction):
    """The reply period ended without reply: the act counts as lacking evidence and basis (art. 70)."""

    name = "reconsideration.reply_missing"
    label = gettext_lazy("Record that no reply came in time")
    consequence = gettext_lazy(
        "The act counts as lacking evidence and basis (article 70), "
        "unless a third party's rights are involved and it proves the act."
    )
    binding, primary = True, 45
    form = ReplyMissingForm
    states = ("AWAIT_REPLY",)
    event = "reply_missing"
    guards = (
        guards.reply_period_is_over,
        guards.reply_calendar_is_published,
        guards.not_before("copy_served"),
    )

    def record_facts(self, case, data, context) -> None:
        self.set_facts(case, reply_is_missing=True)

    def record_event(self, case, data, context):
        event = super().record_event(case, data, context)
        if _all_respondents_answered(case):
            case.begin_review()
        return event


class OpinionForm(PartyDayForm):
    """Either an opinion with its channel, or why it could not be heard for a reason of the party's own."""

    party_roles: ClassVar = (
        Participation.Role.APPLICANT,
        Participation.Role.THIRD_PARTY,
        Participation.Role.RESPONDENT,
    )
    CHANNELS = (
        ("in_person", gettext_lazy("In person")),
        ("phone", gettext_lazy("By telephone")),
        ("internet", gettext_lazy("Over the internet")),
        ("not_heard", gettext_lazy("Not heard, for a reason that lies with the party")),
    )

    channel = forms.ChoiceField(label=gettext_lazy("How it was heard"), choices=CHANNELS, widget=forms.RadioSelect)
    content = forms.CharField(
        label=gettext_lazy("What was said, or why it could not be heard"),
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )
    wants_mediation = forms.NullBooleanField(
        label=gettext_lazy("Willing to mediate"),
        required=False,
        widget=forms.Select(
            choices=[("", gettext_lazy("Not asked")), ("true", gettext_lazy("Yes")), ("false", gettext_lazy("No"))]
        ),
    )


class HearOpinion(ReconsiderationAction):
    """The party's opinion is heard and recorded (art. 49; 听取意见办法 2–3)."""

    name = "reconsideration.hear_opinion"
    label = gettext_lazy("Record a party's opinion")
    form = OpinionForm
    states = ("ACCEPTED", "AWAIT_REPLY", "IN_REVIEW", "SUSPENDED")
    primary = 40
    event = "opinion_heard"
    guards = (guards.not_before("accepted"),)

    def priority(self, subject) -> int:
        """Whom it was asked of, or could not be, need not be heard again before the decision."""
        parties = {
            part.party_id
            for part in subject.participations.all()
            if part.role in (Participation.Role.APPLICANT, Participation.Role.THIRD_PARTY) and part.left_on is None
        }
        return 0 if parties <= served_parties(subject, "opinion_heard") else self.primary

    def record_facts(self, case, data, context) -> None:
        if data["channel"] == "not_heard":
            self.set_facts(case, opinion_excuse=data["content"])

    def event_data(self, case, data) -> dict[str, Any]:
        kept = super().event_data(case, data)
        return kept | {
            "channel": data["channel"],
            "content": data["content"],
            "wants_mediation": data["wants_mediation"],
        }


TRIAL = (ReplyReceived, ReplyMissing, HearOpinion)
