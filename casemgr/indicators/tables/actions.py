"""What people do with the official tables: lock a period, keep the lists of lines, keep the layouts of files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.actions.records import ByRole, CreateAction, EnterAction, RecordAction
from casemgr.indicators.tables import forms, locking
from casemgr.indicators.tables.models import KEEPERS, Layout, ListLine, PeriodLock
from casemgr.indicators.tables.official import books


class LockPeriod(CreateAction):
    """The office sends a half-year or year off: from then on its numbers stand."""

    name = "official_tables.lock"
    label = gettext_lazy("Lock a period")
    consequence = gettext_lazy(
        "The numbers and their rows are frozen; what is entered later is told with the next period."
    )
    binding = True
    model: ClassVar = PeriodLock
    roles = ("head", "liaison")
    form = forms.LockForm

    def is_permitted(self, subject: None, actor: Any, today: date) -> bool:
        wanted = {role for one in books().values() for role in one.locked_by}
        return bool(actor.role_codes(today) & wanted)

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> PeriodLock:
        book = books()[data["book"]]
        found = locking.prepare(book, data["year"], data["part"], context.today)
        refused = locking.refusals(book, data["year"], data["part"], found, context.today)
        if not refused and not data["note"]:
            refused = self._without_note(book, data, context.today)
        if refused:
            raise GuardRefused(refusals=refused)
        return locking.lock(book, data, found, context.actor, context.today)

    def _without_note(self, book: Any, data: Mapping[str, Any], today: date) -> list[Refusal]:
        """Late entries of earlier periods are told with a note."""
        last = locking.days_of(data["year"], data["part"])[1]
        late = [
            f"{lock}：{'；'.join(locking.words_of(book, differs))}"
            for lock, differs in locking.untold(book, last, today)
        ]
        if not late:
            return []
        text = _("Something was entered after earlier periods were locked: %(what)s. Say why in the note.")
        return [Refusal("late-entries", text % {"what": " ".join(late)}, field="note")]


class AddLine(ByRole, EnterAction):
    """A further line of a table."""

    name = "official_tables.add_line"
    label = gettext_lazy("Add a line")
    model: ClassVar = ListLine
    roles = KEEPERS
    form = forms.LineForm
    makes = ListLine
    columns = ("list_code", "code", "name", "order", "gathers", "from_year", "until_year")


class ChangeLine(ByRole, RecordAction):
    """What a line is called and gathers, and in which years it holds."""

    name = "official_tables.change_line"
    label = gettext_lazy("Change the line")
    model: ClassVar = ListLine
    roles = KEEPERS
    form = forms.ChangeLineForm
    columns = ("name", "order", "gathers", "from_year", "until_year")


class AddLayout(ByRole, EnterAction):
    """A further layout of files."""

    name = "official_tables.add_layout"
    label = gettext_lazy("Add a layout")
    model: ClassVar = Layout
    roles = KEEPERS
    form = forms.LayoutForm
    makes = Layout
    columns = ("name", "of", "form", "days", "columns", "codes", "note")


class ChangeLayout(ByRole, RecordAction):
    """What the files of a layout look like, or that it is used no more."""

    name = "official_tables.change_layout"
    label = gettext_lazy("Change the layout")
    model: ClassVar = Layout
    roles = KEEPERS
    form = forms.ChangeLayoutForm
    columns = ("name", "of", "form", "days", "columns", "codes", "note", "is_active")


ACTIONS = (LockPeriod, AddLine, ChangeLine, AddLayout, ChangeLayout)
