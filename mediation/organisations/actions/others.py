"""Filing and telling the court, docking agreements with their rosters, freezing the coverage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.documents.files import store_file
from casemgr.documents.uploads.fields import verdict_of
from mediation.models import CoverageSnapshot, DockAgreement, Filing, RosterEntry
from mediation.organisations.actions.base import CreateAction, RecordAction, take
from mediation.organisations.coverage import Reading, Universe, coverage
from mediation.organisations.forms.others import (
    DockForm,
    EndDockForm,
    EndRosterForm,
    FilingForm,
    FreezeForm,
    RosterForm,
)
from mediation.organisations.permission import SECTION, holds

FILED = ("filed_on", "court_informed_on", "court", "published_on", "published_at")
AGREED = (
    *("dock", "partner", "partner_unit", "title", "document_number", "signed_on", "from_on", "until_on"),
    *("partner_contact", "own_contact", "text"),
)


class CompleteFiling(RecordAction):
    """Filed, told to the court, published (People's Mediation Law, art. 10; regulation of Inner Mongolia, art. 54)."""

    name = "filing.complete"
    label = gettext_lazy("Enter filing and notice to the court")
    model: ClassVar = Filing
    roles = SECTION
    form = FilingForm

    def state_refusal(self, subject: Filing, today: date) -> Refusal | None:
        return None

    def change(self, filing: Filing, data: Mapping[str, Any], context: ActionContext) -> None:
        take(filing, data, FILED)


class RegisterDock(CreateAction):
    """Enter an agreement with a court, the police or another organ."""

    name = "dock.register"
    label = gettext_lazy("Enter a docking agreement")
    roles = SECTION
    form = DockForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> DockAgreement:
        agreement = DockAgreement()
        take(agreement, data, AGREED)
        _keep_file(agreement, data["file"])
        agreement.save()
        return agreement


def _keep_file(agreement: DockAgreement, file: Any) -> None:
    if not file:
        return
    verdict = verdict_of(file)
    stored = store_file(file, "dock-agreements", verdict.kind.extensions[0], verdict.sha256)
    agreement.file, agreement.file_name, agreement.file_sha256 = stored.name, verdict.name[:120], stored.sha256


class DockAction(RecordAction):
    """Base: on an agreement that is not ended."""

    model: ClassVar = DockAgreement
    roles = SECTION

    def is_permitted(self, subject: DockAgreement, actor, today: date) -> bool:
        return holds(actor, self.roles, today)

    def state_refusal(self, subject: DockAgreement, today: date) -> Refusal | None:
        if subject.ended_on is None:
            return None
        return Refusal("ended", _("The agreement was ended."))


class ChangeDock(DockAction):
    """Correct the entry, or add the signed text."""

    name = "dock.change"
    label = gettext_lazy("Change the entry")
    form = DockForm

    def change(self, agreement: DockAgreement, data: Mapping[str, Any], context: ActionContext) -> None:
        take(agreement, data, AGREED)
        _keep_file(agreement, data["file"])


class AddToRoster(DockAction):
    """The agreement names a committee or one of its mediators to take disputes."""

    name = "dock.add_to_roster"
    label = gettext_lazy("Add to the roster")
    form = RosterForm

    def guard_refusals(self, subject: DockAgreement, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        same = subject.roster.filter(committee=data["committee"], mediator=data["mediator"], until_on__isnull=True)
        return [Refusal("on-roster", _("It stands on the roster already."), field="committee")] if same.exists() else []

    def change(self, agreement: DockAgreement, data: Mapping[str, Any], context: ActionContext) -> None:
        RosterEntry.objects.create(agreement=agreement, **data)


class EndRosterEntry(DockAction):
    """It is taken from the roster."""

    name = "dock.end_entry"
    label = gettext_lazy("Take from the roster")
    form = EndRosterForm

    def change(self, agreement: DockAgreement, data: Mapping[str, Any], context: ActionContext) -> None:
        entry = data["entry"]
        entry.until_on = data["until_on"]
        entry.save()


class EndDock(DockAction):
    """The agreement ended before its time."""

    name = "dock.end"
    label = gettext_lazy("End the agreement")
    form = EndDockForm

    def change(self, agreement: DockAgreement, data: Mapping[str, Any], context: ActionContext) -> None:
        agreement.ended_on, agreement.end_reason = data["ended_on"], data["reason"]


class FreezeCoverage(CreateAction):
    """Keep the coverage of a day as it is known now, by every reading."""

    name = "coverage.freeze"
    label = gettext_lazy("Freeze the coverage")
    consequence = gettext_lazy("The numbers of that day are kept as they are now. Later entries do not change them.")
    binding = True
    roles = SECTION
    form = FreezeForm

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return getattr(actor, "is_system", False) or super().is_permitted(subject, actor, today)

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or not CoverageSnapshot.objects.filter(on=data["on"]).exists():
            return []
        return [Refusal("frozen-already", _("The coverage of that day is frozen already."), field="on")]

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> CoverageSnapshot:
        for universe in Universe.values:
            for reading in Reading.values:
                snapshot = _snapshot(data["on"], universe, reading)
                snapshot.occasion, snapshot.taken_on = data["occasion"], context.today
                snapshot.save()
        return CoverageSnapshot.objects.get(on=data["on"], universe=Universe.TOWNS, reading=Reading.STANDING)


def _snapshot(on: date, universe: str, reading: str) -> CoverageSnapshot:
    found = coverage(on, universe, reading)
    return CoverageSnapshot(
        on=on,
        universe=universe,
        reading=reading,
        covered=found.covered,
        total=found.total,
        missing=[[place.code, place.name] for place in found.missing],
        towns=[[place.code, place.name, list(place.studios)] for place in found.places],
    )


ACTIONS = (
    CompleteFiling,
    RegisterDock,
    ChangeDock,
    AddToRoster,
    EndRosterEntry,
    EndDock,
    FreezeCoverage,
)
