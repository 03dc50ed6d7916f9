"""Forms of ending a mediation; those without agreement carry the advice of art. 26."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.day_forms import DayForm
from casemgr.pages.forms import SeveralChoicesField
from mediation.course.advice import advice_for
from mediation.course.choosing import HOW_TOLD
from mediation.course.people import SHORT, TEXT, PartsField
from mediation.guards.clocks import has_expired, held_session
from mediation.guards.endings import at_once, was_asked
from mediation.models import MediationCase
from mediation.terms import FailureGround, Route, Source, TerminationGround


class AdviceFields(forms.Form):
    """Which other ways the parties were told of. What the law asks for is ticked and explained."""

    routes = SeveralChoicesField(label=gettext_lazy("Other ways the parties were told of"), choices=Route.choices)
    told_how = forms.ChoiceField(
        label=gettext_lazy("How they were told"), choices=HOW_TOLD, initial="orally", widget=forms.RadioSelect
    )

    def propose(self, case: MediationCase) -> None:
        must = advice_for(case)
        self.fields["routes"].help_text = " ".join(str(advice.warning) for advice in must)
        if not self.is_bound:
            self.fields["routes"].initial = sorted({*case.facts.advice, *(advice.route for advice in must)})


class AdviceForm(AdviceFields, DayForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.propose(self.subject)
        self.order_fields(["on", "routes", "told_how", "note"])


class FailForm(AdviceFields, DayForm):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=FailureGround.choices, widget=forms.RadioSelect)
    cause = forms.CharField(
        label=gettext_lazy("Why no agreement came about"),
        max_length=1000,
        widget=TEXT,
        help_text=gettext_lazy("What the sides could not agree on; nothing that was said in confidence."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.propose(self.subject)
        self.order_fields(["on", "ground", "cause", "routes", "told_how", "note"])
        if not self.is_bound:
            talks_ended = held_session(self.subject, "not_agreed")
            expired = has_expired(self.subject, self.today) and not talks_ended
            self.fields["ground"].initial = FailureGround.EXPIRED if expired else FailureGround.NO_AGREEMENT


class WithdrawForm(AdviceFields, DayForm):
    applicants = PartsField(label=gettext_lazy("Who withdraws"))
    settled = forms.ChoiceField(
        label=gettext_lazy("The sides settled by themselves"),
        choices=[("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))],
        initial="no",
        widget=forms.RadioSelect,
    )
    record_wanted = forms.ChoiceField(
        label=gettext_lazy("If they settled: do they want it recorded?"),
        choices=[
            ("", gettext_lazy("Not asked")),
            ("no", gettext_lazy("Asked: no")),
            ("yes", gettext_lazy("Asked: yes, see below")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    settlement = forms.CharField(
        label=gettext_lazy("What they settled on"), max_length=2000, required=False, widget=TEXT
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        applicants = [
            part for part in self.subject.participations.all() if part.role == "applicant" and part.left_on is None
        ]
        self.fields["applicants"].offer(applicants, chosen=not self.is_bound)
        self.propose(self.subject)
        self.order_fields(["on", "applicants", "settled", "record_wanted", "settlement", "routes", "told_how", "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("settled") == "yes" and not data.get("record_wanted"):
            self.add_error("record_wanted", _("Ask the parties whether their settlement shall be recorded."))
        if data.get("record_wanted") == "yes" and not data.get("settlement"):
            self.add_error("settlement", _("Enter what they settled on: they want it recorded."))
        return data


class GroundForm(DayForm):
    """A ground of termination; `grounds` narrows the choice."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"), widget=forms.RadioSelect)
    cause = forms.CharField(
        label=gettext_lazy("What happened, and the paper that shows it"), max_length=1000, widget=TEXT
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        allowed = self.grounds()
        self.fields["ground"].choices = [choice for choice in TerminationGround.choices if choice[0] in allowed]

    def grounds(self) -> set[str]:
        return set(TerminationGround.values)


class TerminateForm(AdviceFields, GroundForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.propose(self.subject)
        self.order_fields(["on", "ground", "cause", "routes", "told_how", "note"])

    def grounds(self) -> set[str]:
        return set(at_once(self.subject))


class AskTerminationForm(GroundForm):
    def grounds(self) -> set[str]:
        found = set(TerminationGround.values) - set(at_once(self.subject))
        if self.subject.facts.source != Source.OWN_MOTION:
            found.discard(TerminationGround.SETTLED_ALONE)
        return found


class ApproveTerminationForm(AdviceFields, AskTerminationForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.propose(self.subject)
        self.order_fields(["on", "ground", "cause", "routes", "told_how", "note"])
        asked = was_asked(self.subject)
        if asked is not None and not self.is_bound:
            self.fields["ground"].initial = asked.data.get("ground")
            self.fields["cause"].initial = asked.data.get("content")


class DeclineForm(DayForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=SHORT)


class ReturnForm(DayForm):
    """The papers go back with what both sides agree on; nothing that was said on the way to an agreement."""

    papers = forms.CharField(
        label=gettext_lazy("Papers returned"),
        max_length=2000,
        widget=TEXT,
        help_text=gettext_lazy("One a line; say whether it is the original or a copy."),
    )
    agreed_facts = forms.CharField(
        label=gettext_lazy("Facts both sides agree on"),
        max_length=4000,
        required=False,
        widget=TEXT,
        help_text=gettext_lazy(
            "Only what both confirmed as undisputed: what was conceded for the sake of an agreement must not be used "
            "in a suit (Rules on online mediation, art. 18)."
        ),
    )
    manner = forms.CharField(label=gettext_lazy("How they were returned"), max_length=100)
    receipt = forms.CharField(label=gettext_lazy("Receipt"), max_length=100, required=False)
