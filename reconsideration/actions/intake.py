"""From receipt to acceptance, refusal or giving up (Reconsideration Law 2023, art. 22–31)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.day_forms import DayForm, PostedDayForm, posted
from casemgr.cases.models import Event
from casemgr.cases.representation.capacities import statutory_agents_stand
from casemgr.numbering.models import IssuedNumber
from casemgr.numbering.series import void as void_number
from casemgr.pages.forms import Form
from reconsideration import guards
from reconsideration.actions.base import HEAD, ReconsiderationAction
from reconsideration.actions.papers import PaperAction, PaperDayForm, ServedAction
from reconsideration.models import ACCEPTANCE_TESTS, ReconsiderationCase
from reconsideration.old_law import LAW_2017
from reconsideration.terms import Outcome, SimplifiedGround, Track


class ExamineForm(Form):
    """The seven conditions of art. 30(1), one answer and one note each: `test_1`, `note_1`, …"""

    wants_context = True
    ANSWERS = [("", gettext_lazy("Not judged yet")), ("yes", gettext_lazy("Met")), ("no", gettext_lazy("Not met"))]

    def __init__(self, *args, subject: ReconsiderationCase, actor, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        from reconsideration.proposals import examine

        self.proposed = {proposal.test.item: proposal for proposal in examine(subject, actor, today).tests}
        for proposal in self.proposed.values():
            test = proposal.test
            known = subject.facts.acceptance_tests.get(str(test.item), {})
            answer = {True: "yes", False: "no"}.get(known.get("met"), "")
            self.fields[f"test_{test.item}"] = forms.ChoiceField(
                label=f"（{test.item}）{test.text}",
                choices=self.ANSWERS,
                required=False,
                initial=answer,
                widget=forms.RadioSelect,
                help_text=proposal.line,
            )
            self.fields[f"note_{test.item}"] = forms.CharField(
                label=_("Finding on item %(item)s") % {"item": test.item},
                required=False,
                max_length=300,
                initial=known.get("note", ""),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for test in ACCEPTANCE_TESTS:
            if cleaned.get(f"test_{test.item}") == "no" and not cleaned.get(f"note_{test.item}"):
                self.add_error(
                    f"note_{test.item}", _("Say in what the condition is not met: the reason goes into the decision.")
                )
            is_against = cleaned.get(f"test_{test.item}") == "yes" and self.proposed[test.item].answer is False
            if is_against and not cleaned.get(f"note_{test.item}"):
                self.add_error(
                    f"note_{test.item}",
                    _("The register shows that the condition is not met. Say why you find that it is."),
                )
        return cleaned


class Examine(ReconsiderationAction):
    """Record the examination of the seven conditions (art. 30(1)); may be repeated until acceptance or refusal."""

    name = "reconsideration.examine"
    label = gettext_lazy("Examine the seven conditions")
    submit_label = gettext_lazy("Save the examination")
    form = ExamineForm
    states = ("RECEIVED",)
    primary = 60

    def priority(self, subject) -> int:
        """Once all seven conditions are judged, what is next is to accept or refuse."""
        answers = subject.facts.acceptance_tests
        is_judged = all(answers.get(str(test.item), {}).get("met") is not None for test in ACCEPTANCE_TESTS)
        return 0 if is_judged else self.primary

    def record_facts(self, case: ReconsiderationCase, data: Mapping[str, Any], context: ActionContext) -> None:
        results = {
            str(test.item): {
                "met": {"yes": True, "no": False}.get(data[f"test_{test.item}"]),
                "note": data[f"note_{test.item}"],
            }
            for test in ACCEPTANCE_TESTS
        }
        self.set_facts(case, acceptance_tests=results)


class AcceptForm(DayForm):
    """The simplified procedure is proposed where art. 53 allows it."""

    track = forms.ChoiceField(label=gettext_lazy("Trial procedure"), choices=Track.choices, widget=forms.RadioSelect)
    simplified_ground = forms.ChoiceField(
        label=gettext_lazy("Ground for the simplified procedure"),
        choices=[("", gettext_lazy("— (ordinary procedure)")), *SimplifiedGround.choices],
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        from reconsideration.proposals import propose_simplified

        ground = propose_simplified(self.subject)
        self.fields["track"].initial = Track.SIMPLIFIED if ground else Track.ORDINARY
        self.fields["simplified_ground"].initial = ground or ""
        if ground:
            self.fields["track"].help_text = _(
                "Article 53 allows the simplified procedure here; whether the facts are clear is yours to judge."
            )


class Accept(ReconsiderationAction):
    """Accept the application; the decision period runs from `on` (art. 30(1), 62)."""

    name = "reconsideration.accept"
    label = gettext_lazy("Accept")
    consequence = gettext_lazy(
        "The case is accepted on the day you enter. From the next day the decision period runs "
        "(60 days, 30 in the simplified procedure), and the copy must go to the respondent within 7 (3) working days."
    )
    binding, primary = True, 70
    roles = HEAD
    form = AcceptForm
    transition, event = "accept", "accepted"
    guards = (
        guards.all_seven_tests_pass,
        statutory_agents_stand,
        guards.simplified_ground_is_lawful,
        guards.not_before("received", "corrected"),
        guards.within_review_period,
    )

    def record_facts(self, case, data, context) -> None:
        simplified = data["track"] == Track.SIMPLIFIED
        self.set_facts(case, track=data["track"], simplified_ground=data["simplified_ground"] if simplified else "")
        choose_law_version(case, data["on"])

    def record_event(self, case, data, context) -> Event:
        """Under the law of 2017 an application counts as accepted from its receipt (2017, art. 17(2))."""
        received_on = events.day_of(case, "received")
        if case.law_version != LAW_2017 or received_on is None:
            return super().record_event(case, data, context)
        kept = self.event_data(case, data) | {"examined_on": data["on"].isoformat()}
        return events.record(case, self.event, received_on, **kept)


class DeemAccept(ReconsiderationAction):
    """Silence for the review period is acceptance, dated on the day the period ended (art. 30(3))."""

    name = "reconsideration.deem_accept"
    label = gettext_lazy("Accepted by expiry of the review period")
    roles, system, listed, nested_only = (), True, False, True
    transition, event = "accept_by_silence", "accepted"
    guards = (guards.review_period_is_over, guards.calendar_is_published)

    def record_facts(self, case, data, context) -> None:
        self.set_facts(case, track=Track.ORDINARY)
        choose_law_version(case, guards.review_due(case))

    def record_event(self, case, data, context) -> Event:
        return events.record(case, self.event, guards.review_due(case), deemed=True)


def choose_law_version(case: ReconsiderationCase, accepted_on: date) -> None:
    """2017 if accepted before 1 January 2024, else 2023 (dossier §1.3); a version set with a reason stays.

    What was received before that day was accepted with its receipt by the law then in force (2017, art. 17(2)).
    """
    if not case.law_version_reason:
        counted_from = min(accepted_on, events.day_of(case, "received") or accepted_on)
        case.law_version = LAW_2017 if counted_from < date(2024, 1, 1) else "2023"


class ReceiveCorrection(ReconsiderationAction):
    """The corrected material came in: a new review of five working days begins (art. 31(3))."""

    name = "reconsideration.corrected"
    label = gettext_lazy("Corrected material received")
    form = PostedDayForm
    primary = 50
    transition, event = "receive_correction", "corrected"
    guards = (guards.not_before("correction_notice_issued", "correction_notice_served"),)

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | posted(data)


class Abandon(ReconsiderationAction):
    """No correction in time without good reason: treated as giving up the application (art. 31(2))."""

    name = "reconsideration.abandon"
    label = gettext_lazy("Treat as given up")
    consequence = gettext_lazy(
        "The application is treated as given up and recorded so in the file; the case is closed."
    )
    binding, primary = True, 40
    form = DayForm
    transition, event = "abandon", "abandoned"
    guards = (
        guards.correction_period_is_over,
        guards.correction_calendar_is_published,
        guards.not_before("correction_notice_served"),
    )

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.ABANDONED


class NotHandledForm(PaperDayForm):
    earlier_number = forms.CharField(max_length=80)


class TellNotHandled(PaperAction):
    """The notice is issued: same matter, no new fact or reason, not handled again (Regulation 2026, art. 37(2))."""

    name = "reconsideration.tell_not_handled"
    label = gettext_lazy("Tell that it will not be handled again")
    form = NotHandledForm
    transition, event = "tell_not_handled", "not_handled"
    guards = (
        Guard(
            "regulation-in-force",
            gettext_lazy("Implementing Regulation (2026), article 37(2)"),
            gettext_lazy("This exit exists since 1 July 2026 only; before that day accept or refuse the application."),
            lambda case, data, today: data["on"] >= date(2026, 7, 1),
            field="on",
            needs_data=True,
        ),
        guards.not_before("received", "corrected"),
        guards.within_review_period,
    )

    def record_facts(self, case, data, context) -> None:
        case.outcome = Outcome.NOT_HANDLED

    def event_data(self, case, data) -> dict[str, Any]:
        return super().event_data(case, data) | {"earlier_number": data["earlier_number"]}


class NotHandledServed(ServedAction):
    """The applicant has the notice."""

    name = "reconsideration.not_handled_served"
    label = gettext_lazy("Notice that it will not be handled again served")
    event = "not_handled_served"
    guards = (guards.not_before("not_handled"),)


class VoidForm(Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


def _nothing_served(case: ReconsiderationCase, data, today: date) -> bool:
    return not any(fact.kind.endswith("_served") for fact in events.facts_of(case))


class Void(ReconsiderationAction):
    """Entered by mistake, nothing served: the case is void with a reason, its number stays used."""

    name = "reconsideration.void"
    label = gettext_lazy("Void (entered by mistake)")
    topic = Topic.CORRECTION
    consequence = gettext_lazy("The case is void. Its number stays used and is never given again.")
    binding = True
    roles = HEAD
    form = VoidForm
    transition, event = "void", "voided"
    guards = (
        Guard(
            "something-served",
            "",
            gettext_lazy(
                "Something was already served in this case: it can no longer be treated as a mistake of entry."
            ),
            _nothing_served,
        ),
    )

    def record_facts(self, case, data, context) -> None:
        number = IssuedNumber.objects.filter(text=case.number).first()
        if number is not None:
            void_number(number, data["reason"])


INTAKE = (Examine, Accept, DeemAccept, ReceiveCorrection, Abandon, TellNotHandled, NotHandledServed, Void)
