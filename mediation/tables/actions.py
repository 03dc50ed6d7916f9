"""What people do with the tables: enter funds, submit a month, accept or return it, correct it later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.indicators.tables.definition import add, from_json, to_json
from casemgr.organisation.models import Unit
from mediation.models import Correction, FundEntry, ReturnState, TablePolicy, TableReturn
from mediation.organisations.actions.base import CreateAction, RecordAction
from mediation.organisations.permission import SECTION, TOWN, reaches
from mediation.tables import forms
from mediation.tables.counting import differences
from mediation.tables.definition import Definition, definitions
from mediation.tables.freezing import Counted, freeze, has_ended
from mediation.tables.months import Month, Rules


class TableAction(RecordAction):
    """Base: on a submitted month."""

    model = TableReturn
    roles = TOWN

    def is_permitted(self, subject: TableReturn, actor, today: date) -> bool:
        return reaches(actor, self.roles, [subject.unit_id], today)


def definition_of(returned: TableReturn) -> Definition:
    return definitions()[returned.table]


def _judged(counted: Counted, data: Mapping[str, Any]) -> list[Refusal]:
    """Checks first; then what only the person can say: a zero report, and what the warnings mean."""
    found = counted.refusals()
    if counted.is_zero and not data["is_zero"]:
        text = _("Nothing is counted in this month. Tick that this is a zero report.")
        found.append(Refusal("zero", text, field="is_zero"))
    if data["is_zero"] and not counted.is_zero:
        text = _("Something is counted in this month: it is no zero report.")
        found.append(Refusal("not-zero", text, field="is_zero"))
    warnings = counted.warnings()
    if warnings and not data["warnings_noted"]:
        found.append(Refusal("warnings", " ".join([*warnings, _("Say why this is right.")]), field="warnings_noted"))
    return found


class SubmitTable(CreateAction):
    """The town's office submits a month of table M-1 to the bureau; from then on its numbers stand."""

    name = "table.submit"
    label = gettext_lazy("Submit the month")
    consequence = gettext_lazy("The numbers are frozen; what is entered later is told as a correction.")
    binding = True
    model = TableReturn
    roles = TOWN
    form = forms.SubmitForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> TableReturn:
        definition, month = definitions()[data["table"]], Month(int(data["year"]), int(data["month"]))
        town = Unit.objects.select_for_update(of=("self",)).get(pk=data["unit"].pk)
        known = TableReturn.objects.filter(table=definition.code, unit=town, year=month.year, month=month.month)
        if known.exists():
            text = _("This month was submitted already. Where it was returned, submit it again from its own page.")
            raise GuardRefused(refusals=[Refusal("submitted", text, field="month")])
        span = Rules().span(month, context.today)
        if not has_ended(span, context.today):
            text = _("The month ends on %(day)s; it can be submitted from the day after.")
            raise GuardRefused(refusals=[Refusal("not-over", text % {"day": span.last.isoformat()}, field="month")])
        counted = Counted(definition, town.pk, month, context.today)
        if found := _judged(counted, data):
            raise GuardRefused(refusals=found)
        returned = TableReturn(
            table=definition.code,
            unit=town,
            year=month.year,
            month=month.month,
            first_on=span.first,
            last_on=span.last,
            basis=span.basis,
        )
        _submitted(returned, counted, data, context)
        return returned


def _submitted(returned: TableReturn, counted: Counted, data: Mapping[str, Any], context: ActionContext) -> None:
    returned.counted_on = context.today
    returned.is_zero, returned.warnings_noted = counted.is_zero, data["warnings_noted"]
    returned.submitted_by, returned.submitted_by_id = context.actor.full_name, context.actor.pk
    returned.save()
    freeze(returned, counted)


class SubmitAgain(TableAction):
    """A returned month is counted anew and submitted again."""

    name = "table.submit_again"
    label = gettext_lazy("Submit the month again")
    primary = 10
    transition = "submit_again"
    form = forms.SubmitAgainForm

    def change(self, subject: TableReturn, data: Mapping[str, Any], context: ActionContext) -> None:
        month = Month(subject.year, subject.month)
        counted = Counted(definition_of(subject), subject.unit_id, month, context.today)
        if found := _judged(counted, data):
            raise GuardRefused(refusals=found)
        span = counted.span
        subject.first_on, subject.last_on, subject.basis = span.first, span.last, span.basis
        subject.decided_by, subject.decided_on, subject.decision_note = "", None, ""
        _submitted(subject, counted, data, context)


class AcceptTable(TableAction):
    """The bureau takes the month over into the banner's table."""

    name = "table.accept"
    label = gettext_lazy("Accept the month")
    primary = 10
    roles = SECTION
    transition = "accept"
    form = forms.RemarkForm

    def is_permitted(self, subject: TableReturn, actor, today: date) -> bool:
        return actor.pk != subject.submitted_by_id and super().is_permitted(subject, actor, today)

    def change(self, subject: TableReturn, data: Mapping[str, Any], context: ActionContext) -> None:
        _decided(subject, data["note"], context)


class ReturnTable(TableAction):
    """The bureau gives the month back with a reason; it is counted anew when it is submitted again."""

    name = "table.return"
    label = gettext_lazy("Return the month")
    roles = SECTION
    transition = "give_back"
    form = forms.ReasonForm

    def state_refusal(self, subject: TableReturn, today: date) -> Refusal | None:
        if subject.corrections.exists():
            text = _("Corrections of this month were told already: correct it again instead.")
            return Refusal("corrected", text)
        return super().state_refusal(subject, today)

    def change(self, subject: TableReturn, data: Mapping[str, Any], context: ActionContext) -> None:
        _decided(subject, data["reason"], context)


def _decided(subject: TableReturn, note: str, context: ActionContext) -> None:
    subject.decided_by, subject.decided_on = context.actor.full_name, context.today
    subject.decision_note = note


class CorrectTable(TableAction):
    """What changed in a frozen month is told with the next open one; the month itself stays as it was submitted."""

    name = "table.correct"
    label = gettext_lazy("Tell what changed since")
    states = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)
    form = forms.ReasonForm

    def change(self, subject: TableReturn, data: Mapping[str, Any], context: ActionContext) -> None:
        definition = definition_of(subject)
        found = differences(subject, definition, context.today)
        if not found:
            raise GuardRefused(refusals=[Refusal("no-difference", _("The register says what was submitted."))])
        counted = Counted(definition, subject.unit_id, Month(subject.year, subject.month), context.today)
        if refusals := counted.refusals():
            raise GuardRefused(refusals=refusals)
        month = next_open(subject)
        for committee, values in found.items():
            Correction.objects.create(
                corrected=subject,
                committee_id=committee,
                in_year=month.year,
                in_month=month.month,
                differences=to_json(values),
                reason=data["reason"],
                by=context.actor.full_name,
                by_id=context.actor.pk,
                made_on=context.today,
            )


def next_open(returned: TableReturn) -> Month:
    """The first later month that the town has not submitted."""
    rows = TableReturn.objects.frozen().filter(table=returned.table, unit_id=returned.unit_id)
    taken = {Month(year, month) for year, month in rows.values_list("year", "month")}
    found = Month(returned.year, returned.month).after
    while found in taken:
        found = found.after
    return found


def restated(returned: TableReturn) -> dict[int, dict]:
    """The month's lines with every correction told since."""
    found = {line.committee_id: from_json(line.values) for line in returned.lines.all()}
    for one in returned.corrections.all():
        found[one.committee_id] = add(found.get(one.committee_id, {}), from_json(one.differences))
    return found


class SetTablePolicy(CreateAction):
    """From a month on: when months end, which day counts, and how long there is to submit."""

    name = "table.set_rule"
    label = gettext_lazy("Set the rule of the months")
    model = TablePolicy
    roles = SECTION
    form = forms.PolicyForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> TablePolicy:
        first = data["effective_on"].replace(day=1)
        later = TableReturn.objects.frozen().filter(
            models.Q(year__gt=first.year) | models.Q(year=first.year, month__gte=first.month)
        )
        if later.exists():
            text = _("A month from then on was submitted already. Choose a later one.")
            raise GuardRefused(refusals=[Refusal("submitted", text, field="effective_on")])
        row = TablePolicy.objects.filter(effective_on=first).first() or TablePolicy(effective_on=first)
        row.cut_off_day, row.basis = data["cut_off_day"], data["basis"]
        row.due_days, row.note = data["due_days"], data["note"]
        row.save()
        return row


class RecordFunds(CreateAction):
    """What was spent on people's mediation (People's Mediation Law, art. 6)."""

    name = "table.record_funds"
    label = gettext_lazy("Enter funds")
    model = FundEntry
    roles = TOWN
    form = forms.FundsForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> FundEntry:
        names = ("unit", "on", "guidance_yuan", "subsidy_yuan", "insurance_yuan", "note")
        return FundEntry.objects.create(**{name: data[name] for name in names})


class StrikeEntry(RecordAction):
    """An entry made by mistake counts no more; it stays in the list with the reason."""

    name = "table.strike_entry"
    label = gettext_lazy("Strike the entry")
    model = FundEntry
    roles = TOWN
    form = forms.ReasonForm

    def is_permitted(self, subject: FundEntry, actor, today: date) -> bool:
        return reaches(actor, self.roles, [subject.unit_id], today)

    def state_refusal(self, subject: FundEntry, today: date) -> Refusal | None:
        return Refusal("struck", _("It is struck already.")) if subject.is_struck else None

    def change(self, subject: FundEntry, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.is_struck = True


ACTIONS = (
    SubmitTable,
    SubmitAgain,
    AcceptTable,
    ReturnTable,
    CorrectTable,
    SetTablePolicy,
    RecordFunds,
    StrikeEntry,
)
