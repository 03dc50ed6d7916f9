"""The committee's members, and its advice on a case: asked, given, adopted or not."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from casemgr.actions.records import ByRole, EnterAction, RecordAction, take
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_guards import not_before
from reconsideration.actions.base import HEAD, ReconsiderationAction
from reconsideration.case_records import ON_TRIAL
from reconsideration.committee import guards
from reconsideration.committee.forms import (
    AdoptionForm,
    EndTermForm,
    MemberForm,
    OpinionForm,
    ReferForm,
    StrikeForm,
)
from reconsideration.committee.guards import consultations_of
from reconsideration.models import CommitteeMember, Consultation, ConsultedMember

MEMBER = ("name", "kind", "duty", "organ", "field", "from_on", "until_on", "note")


class Appoint(ByRole, EnterAction):
    """Enter a member of the committee with the term of office."""

    name = "committee.appoint"
    label = gettext_lazy("Enter a committee member")
    roles = HEAD
    form = MemberForm
    makes, columns = CommitteeMember, MEMBER


class CorrectMember(ByRole, RecordAction):
    """Post, field or term changed."""

    name = "committee.correct"
    label = gettext_lazy("Change the entry")
    model: ClassVar = CommitteeMember
    roles = HEAD
    form = MemberForm
    columns = MEMBER
    primary = 20


class EndTerm(CorrectMember):
    """The member leaves the committee; what it advised on stays."""

    name = "committee.end_term"
    label = gettext_lazy("End the term of office")
    form = EndTermForm
    columns = ("until_on", "note")
    primary = 0


class ConsultationStep(ReconsiderationAction):
    """A step of the case that writes the committee's own rows."""

    topic: ClassVar = Topic.FACTS
    states = ON_TRIAL
    annullable = False
    instead = gettext_lazy("Strike the question to the committee, and enter it anew.")

    def open_one(self, case: Any) -> Consultation:
        return next(one for one in consultations_of(case) if not one.is_answered)


class Refer(ConsultationStep):
    """The office asks the committee for advice, on one of the grounds of art. 52(2)."""

    name = "reconsideration.ask_committee"
    label = gettext_lazy("Ask the committee for advice")
    form = ReferForm
    event = "committee_referred"
    guards = (not_before("accepted"), guards.no_open_question)

    def record_event(self, case, data, context):
        made = Consultation(case_id=case.pk, trigger=data["trigger"], question=data["question"], referred_on=data["on"])
        made.save()
        return events.record(
            case, self.event, data["on"], subject=made.subject, ground=data["trigger"], note=data["note"]
        )


class RecordOpinion(ConsultationStep):
    """The meeting was held: members present, members who stood aside, and the opinion (art. 52(3); Regulation 51)."""

    name = "reconsideration.record_committee_opinion"
    label = gettext_lazy("Record the committee's opinion")
    form = OpinionForm
    event = "committee_advised"
    primary = 46
    guards = (
        guards.there_is_a_question,
        not_before("committee_referred"),
        guards.nobody_doubled,
        guards.members_in_term,
        guards.somebody_advises,
    )

    def priority(self, subject) -> int:
        return self.primary if any(not one.is_answered for one in consultations_of(subject)) else 0

    def state_refusal(self, subject, today: date):
        return super().state_refusal(subject, today) or guards.there_is_a_question.refusal(subject, None, today)

    def record_event(self, case, data, context):
        one = self.open_one(case)
        one.held_on = data["on"]
        take(one, data, ("meeting", "place", "presided_by", "recorded_by", "opinion", "dissent"))
        one.version += 1
        one.save()
        for member in data["present"]:
            ConsultedMember(consultation=one, member=member).save()
        for member in data["stand_aside"]:
            ConsultedMember(consultation=one, member=member, stands_aside=True, interest=data["interest"]).save()
        return events.record(case, self.event, data["on"], subject=one.subject, note=data["note"])


class SayAdoption(ConsultationStep):
    """How far the opinion is adopted, with reasons where it is not (Implementing Regulation 2026, art. 52)."""

    name = "reconsideration.explain_committee_opinion"
    label = gettext_lazy("Explain the adoption of the committee's opinion")
    form = AdoptionForm
    event = "committee_explained"
    primary = 43
    guards = (guards.there_is_an_opinion, not_before("committee_advised"), guards.reasons_against)

    def priority(self, subject) -> int:
        return self.primary if guards.unexplained(subject) else 0

    def state_refusal(self, subject, today: date):
        return super().state_refusal(subject, today) or guards.there_is_an_opinion.refusal(subject, None, today)

    def record_event(self, case, data, context):
        one = (guards.unexplained(case) or [one for one in consultations_of(case) if one.is_answered])[-1]
        one.explained_on = data["on"]
        take(one, data, ("adoption", "explanation"))
        one.version += 1
        one.save()
        return events.record(
            case, self.event, data["on"], subject=one.subject, adoption=data["adoption"], note=data["note"]
        )


class StrikeConsultation(ConsultationStep):
    """The last question to the committee was entered by mistake: it stays readable and binds nobody."""

    name = "reconsideration.strike_consultation"
    label = gettext_lazy("Strike the question to the committee")
    topic: ClassVar = Topic.CORRECTION
    form = StrikeForm
    event = ""
    guards = ()

    def state_refusal(self, subject, today: date):
        return super().state_refusal(subject, today) or (
            None if consultations_of(subject) else guards.there_is_a_question.refusal(subject, None, today)
        )

    def execute(self, case, data, context):
        one = consultations_of(case)[-1]
        one.struck_on, one.strike_reason = context.today, data["reason"]
        one.version += 1
        one.save()
        for fact in events.facts_of(case):
            if fact.subject == one.subject:
                events.record(case, events.STRIKE, None, corrects=fact.root, reason=data["reason"])
        settle(case, context.today)
        return case


MEMBERS = (Appoint, CorrectMember, EndTerm)
STEPS = (Refer, RecordOpinion, SayAdoption, StrikeConsultation)
