"""The court's papers, whom they reached when, and from when they bind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, EmptyForm, Guard
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.day_forms import DayForm
from casemgr.cases.day_guards import not_before
from casemgr.cases.models import Case, Participation
from casemgr.pages.forms import DateField, Form, MoneyField
from casemgr.parties.models import Party
from litigation.actions.base import LitigationAction
from litigation.conditions import AGENCY
from litigation.effect import proposes_appeal
from litigation.following import deciding_ruling, follow, parties_of, rulings_of
from litigation.instances import replace_papers, running_instance
from litigation.models import Instance, LitigationCase, Ruling
from litigation.obligations import SERVED
from litigation.outcomes import JUDGMENT_ONLY, SERVED_AS, replaces_below
from litigation.roles import BOTH, LIAISON
from litigation.states import RUNNING
from litigation.terms import Level, Outcome, PaperKind, RulingMatter

NO_END: frozenset[str] = frozenset(
    {RulingMatter.JURISDICTION, RulingMatter.SUSPENDED, RulingMatter.STOPPED, RulingMatter.CORRECTED}
)
"""Rulings after which the instance goes on."""
BY_MATTER: Mapping[str, str] = {
    RulingMatter.NOT_FILED: Outcome.NOT_FILED,
    RulingMatter.DISMISSED: Outcome.DISMISSED,
    RulingMatter.ENDED: Outcome.ENDED,
    RulingMatter.TRANSFERRED: Outcome.TRANSFERRED,
    RulingMatter.REMANDED: Outcome.REMANDED,
    RulingMatter.CONTINUE: Outcome.REMANDED,
    RulingMatter.ENFORCE: Outcome.ENFORCEMENT_ALLOWED,
    RulingMatter.NOT_ENFORCED: Outcome.ENFORCEMENT_REFUSED,
}
"""What a ruling on this matter makes of the instance."""


MATTERS = [pair for pair in RulingMatter.choices if pair[0] != RulingMatter.SUSPENDED]
"""A suspension is a step of its own: it stops the clocks and is followed by the resumption."""


class RulingForm(DayForm):
    """What the paper says. `on` is the date it bears."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"), choices=PaperKind.choices, widget=forms.RadioSelect)
    matter = forms.ChoiceField(label=gettext_lazy("A ruling on"), choices=[("", "—"), *MATTERS], required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=[("", "—"), *Outcome.choices], required=False)
    number = forms.CharField(
        label=gettext_lazy("Number of the paper"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Empty: the number of the instance."),
    )
    text = forms.CharField(
        label=gettext_lazy("What it decides"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    court_fee_yuan = MoneyField(label=gettext_lazy("Court fee borne by agencies, in yuan"), required=False)
    finds_norm_illegal = forms.BooleanField(
        label=gettext_lazy("It finds a normative document illegal"),
        required=False,
        help_text=gettext_lazy("The court may then send a suggestion within three months of effect."),
    )
    is_pronounced = forms.BooleanField(label=gettext_lazy("Pronounced in court on that day"), required=False)
    is_final = forms.BooleanField(
        label=gettext_lazy("A retrial as of second instance: final"),
        required=False,
        help_text=gettext_lazy("Only in a retrial of what was effective in first instance, taken up by a court above."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Date of the paper")
        self.instance = running_instance(self.subject)
        if self.instance is None or self.instance.level != Level.RETRIAL:
            del self.fields["is_final"]
        if not self.is_bound:
            self.fields["kind"].initial = PaperKind.JUDGMENT

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind, matter, outcome = data.get("kind"), data.get("matter"), data.get("outcome")
        if kind != PaperKind.RULING:
            data["matter"] = matter = ""
        elif not matter:
            self.add_error("matter", _("Choose what the ruling is about: whether it can be appealed hangs on it."))
        if matter in BY_MATTER:
            data["outcome"] = outcome = BY_MATTER[matter]
        if kind == PaperKind.MEDIATION:
            data["outcome"] = outcome = Outcome.MEDIATED
        if matter in (RulingMatter.WITHDRAWN, RulingMatter.DEEMED_WITHDRAWN):
            allowed = (Outcome.WITHDRAWN, Outcome.WITHDRAWN_CHANGED)
            if outcome and outcome not in allowed:
                self.add_error("outcome", _("A withdrawal is either of own will, or after the act was changed."))
            data["outcome"] = outcome = outcome or Outcome.WITHDRAWN
        if matter in NO_END:
            data["outcome"] = outcome = ""
        elif not outcome and kind == PaperKind.JUDGMENT:
            self.add_error("outcome", _("Choose how the judgment ends the instance."))
        if kind == PaperKind.RULING and outcome in JUDGMENT_ONLY:
            self.add_error("outcome", _("Only a judgment decides so. Check the kind of paper."))
        level = self.instance.level if self.instance else ""
        if level == Level.FIRST and outcome in (Outcome.UPHELD, Outcome.REVERSED, Outcome.REMANDED):
            self.add_error("outcome", _("Only a court above decides so about a judgment below."))
        return data


class RecordRuling(LitigationAction):
    """Enter a court paper. What ends the instance moves the file; from when it binds follows from its service."""

    name = "litigation.record_ruling"
    label = gettext_lazy("Record a court paper")
    roles = BOTH
    primary = 60
    form = RulingForm
    states = RUNNING
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("Correct the paper instead: every earlier version is kept.")
    guards = (not_before("suit_filed", "case_filed", "session_held", "instance_opened"),)

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if subject.state == "TRIED" else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        instance = running_instance(subject)
        ruling = enter_ruling(instance, data)
        kept = {"outcome": ruling.outcome, "matter": ruling.matter, "number": ruling.number}
        event = "judgment_made" if ruling.outcome else "ruling_made"
        events.record(subject, event, ruling.made_on, subject=ruling.subject, **kept)
        if data["is_pronounced"]:
            events.record(subject, "judgment_pronounced", ruling.made_on, subject=ruling.subject)
        if ruling.outcome:
            self._end_instance(subject, ruling)
        follow(subject, context.today)
        settle(subject, context.today)
        return subject

    def _end_instance(self, case: LitigationCase, ruling: Ruling) -> None:
        instance = ruling.in_instance
        instance.outcome, instance.ended_on = ruling.outcome, ruling.made_on
        instance.save()
        case.outcome = ruling.outcome
        if replaces_below(ruling.outcome) and instance.earlier_id and instance.level in (Level.SECOND, Level.RETRIAL):
            replace_papers(instance.earlier)
        if ruling.matter in (RulingMatter.WITHDRAWN, RulingMatter.DEEMED_WITHDRAWN):
            self._withdraw(case, ruling)
        elif ruling.outcome == Outcome.REMANDED:
            case.remand()
        else:
            if ruling.outcome == Outcome.ENDED:
                events.record(case, "suit_ended", ruling.made_on, subject=instance.subject)
            case.judge()

    def _withdraw(self, case: LitigationCase, ruling: Ruling) -> None:
        """Of the suit: it is over. Of the appeal: the judgment below binds once the ruling is received."""
        if ruling.in_instance.level == Level.FIRST:
            events.record(case, "suit_withdrawn", ruling.made_on, subject=ruling.in_instance.subject)
            case.withdraw()
        else:
            case.judge()


def enter_ruling(instance: Instance, data: Mapping[str, Any]) -> Ruling:
    """The paper's row; the caller records the entry."""
    above = instance.earlier.level if instance.earlier is not None else ""
    is_appealable = proposes_appeal(data["kind"], data["matter"], instance.level, above=above)
    return Ruling.objects.create(
        in_instance=instance,
        order=instance.rulings.count() + 1,
        kind=data["kind"],
        matter=data["matter"],
        outcome=data["outcome"],
        number=data.get("number") or instance.court_number,
        made_on=data["on"],
        text=data.get("text") or "",
        court_fee_yuan=data.get("court_fee_yuan"),
        is_appealable=is_appealable and not data.get("is_final"),
        finds_norm_illegal=bool(data.get("finds_norm_illegal")),
    )


def ruling_label(ruling: Ruling) -> str:
    """（2026）内0621行初12号 Judgment 2026-10-08; without the day of a paper of the past."""
    return f"{ruling} {ruling.made_on.isoformat()}" if ruling.made_on else str(ruling)


class ServiceForm(Form):
    """The days on which a paper reached its parties, as far as they are known now; the rest can follow."""

    wants_context = True

    ruling = forms.ModelChoiceField(Ruling.objects.none(), label=gettext_lazy("Court paper"))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, subject: LitigationCase, actor: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.today = subject, today
        papers = rulings_of(subject)
        self.fields["ruling"].queryset = Ruling.objects.filter(pk__in=[one.pk for one in papers]).select_related(
            "in_instance"
        )
        self.fields["ruling"].label_from_instance = ruling_label
        if papers and not self.is_bound:
            self.fields["ruling"].initial = papers[-1].pk
        self.parties: dict[str, Participation] = {}
        for part in parties_of(subject):
            name = f"on_{part.pk}"
            self.parties[name] = part
            self.fields[name] = DateField(
                label=_("%(name)s (%(role)s) received it on") % {"name": part.name, "role": part.get_role_display()},
                required=False,
            )
        self.order_fields(["ruling", *self.parties, "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ruling: Ruling | None = data.get("ruling")
        known = _served_on(self.subject, ruling) if ruling is not None else {}
        days: list[tuple[Party, date]] = []
        for name, part in self.parties.items():
            if not (day := data.get(name)):
                continue
            if day > self.today:
                self.add_error(name, _("The day lies in the future. Enter the day on which it really happened."))
            elif ruling is not None and ruling.made_on and day < ruling.made_on:
                self.add_error(name, _("It cannot have arrived before the date of the paper. Check both dates."))
            elif known.get(part.party_id) not in (None, day):
                self.add_error(name, _("Another day is recorded already: correct it in the course of the case."))
            elif part.party_id not in known:
                days.append((part.party, day))
        if not days and not self.errors:
            self.add_error(None, _("Enter at least one day of receipt."))
        data["days"] = days
        return data


def _served_on(case: Case, ruling: Ruling) -> dict[int, date]:
    facts = [fact for fact in events.facts_of(case) if fact.subject == ruling.subject and fact.kind in SERVED]
    return {fact.party_id: fact.occurred_on for fact in facts}


class RecordService(LitigationAction):
    """When a court paper reached each party: each one's own period to appeal runs from its own day (art. 85)."""

    name = "litigation.record_service"
    label = gettext_lazy("Record when a court paper was received")
    primary = 65
    form = ServiceForm
    guards = (
        Guard(
            "no-paper",
            "",
            gettext_lazy("No court paper is recorded yet."),
            lambda case, data, today: bool(rulings_of(case)),
        ),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if subject.state == "JUDGED" and _somebody_waits(subject) else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        ruling: Ruling = data["ruling"]
        agencies = {part.party_id for part in parties_of(subject) if part.party.kind == Party.Kind.AGENCY}
        for party, day in data["days"]:
            kept = {"side": AGENCY} if party.pk in agencies else {}
            if ruling.is_appealable:
                kept["appealable"] = True
            events.record(subject, SERVED_AS[ruling.kind], day, party=party, subject=ruling.subject, **kept)
        follow(subject, context.today)
        settle(subject, context.today)
        return subject


def _somebody_waits(case: Case) -> bool:
    ruling = deciding_ruling(case)
    return ruling is not None and len(_served_on(case, ruling)) < len(parties_of(case))


class ComputeEffect(LitigationAction):
    """Read from the days of service and the appeals which papers bind by now."""

    name = "litigation.compute_effect"
    label = gettext_lazy("Compute effect")
    roles, system, listed, nested_only = BOTH, True, False, True
    form = EmptyForm
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("It follows from the days of service and the appeals: correct one of those.")

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        follow(subject, context.today)
        settle(subject, context.today)
        return subject


class NothingToPerform(LitigationAction):
    """The effective paper asks nothing of any party."""

    name = "litigation.nothing_to_perform"
    label = gettext_lazy("Record that there is nothing to perform")
    roles = LIAISON
    primary = 40
    form = DayForm
    transition, event = "have_nothing_to_perform", "nothing_to_perform"
    guards = (not_before("ruling_effective"),)


RULINGS = (RecordRuling, RecordService, ComputeEffect, NothingToPerform)
