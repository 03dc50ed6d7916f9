"""What entering a case of the past asks in every procedure: days as far as they are known, and what happened."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Event
from casemgr.cases.procedure import EventKind
from casemgr.cases.queries import NUMBER_PARTS
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm, DateField
from casemgr.pages.judged_again import remember
from casemgr.pages.sheets.approximations import told
from casemgr.parties.bulk import PartyBatch
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
"""Of the shape of a month, whether or not the calendar has it."""


_EXACT = DateField()


class PastDateField(forms.CharField):
    """A day, a month (2026-11) or words of the source (about, two days); cleans to `(day, precision, as written)`."""

    def clean(self, value: object) -> tuple[date | None, str, str]:
        if isinstance(value, date):
            return value, Event.Precision.DAY, ""
        text = super().clean(value)
        if not text:
            return None, Event.Precision.UNKNOWN, ""
        if (found := told(text)) is not None and not found.is_exact:
            return found.on, Event.Precision.MONTH if found.on else Event.Precision.UNKNOWN, text
        if _MONTH.fullmatch(text):
            raise forms.ValidationError(_("This is not a month of the calendar. Write it like 2026-11."))
        if not re.match(r"\d{4}", text):
            return None, Event.Precision.UNKNOWN, text
        return _EXACT.clean(text), Event.Precision.DAY, ""


class HappenedForm(ContextForm):
    """One thing that happened, with its day as far as it is known. A procedure names its `kinds`."""

    kinds: ClassVar[tuple[EventKind, ...]] = ()

    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=[("", "—")])
    on = PastDateField(
        label=gettext_lazy("Happened on"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("2026-11-23, or 2026-11 if only the month is known; empty if unknown."),
    )
    as_written = forms.CharField(label=gettext_lazy("As the source writes it"), required=False, max_length=120)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *((kind.code, kind.label) for kind in self.kinds)]

    def hangs_on_alone(self, entries: Mapping[str, Any]) -> bool:
        """A note says what no other row says."""
        return not entries.get("note")

    def clean_on(self) -> tuple[date | None, str, str]:
        day, precision, written = self.cleaned_data["on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("The day lies in the future. A case of the past has only past days."))
        return day, precision, written


def out_of_order(
    happened: Iterable[HappenedForm], order: Collection[tuple[str, str]]
) -> Iterator[tuple[HappenedForm, str]]:
    """Rows whose exact day lies before that of what comes first by `order` (earlier, later), and what is said of it."""
    told = ((row, row.cleaned_data["kind"], row.cleaned_data["on"]) for row in happened)
    exact = [(row, kind, day) for row, kind, (day, precision, _w) in told if precision == Event.Precision.DAY]
    for _row, earlier, first in exact:
        for row, later, second in exact:
            if second < first and (earlier, later) in order:
                labels = {kind.code: kind.label for kind in row.kinds}
                yield (
                    row,
                    _("“%(later)s” lies before “%(earlier)s” (%(day)s). Check both dates.")
                    % {"later": labels[later], "earlier": labels[earlier], "day": long_date(first)},
                )


class PersonOfBatch:
    """Mixin of a party's form that asks the batch instead of the registry, and nobody whether two are the same."""

    asks_about_similar = False

    def __init__(self, *args: Any, batch: PartyBatch, **kwargs: Any) -> None:
        self.batch = batch
        super().__init__(*args, **kwargs)

    def find_similar(self, party: PartyData) -> list:
        return []

    def find_holder(self, party: PartyData) -> Party | None:
        return self.batch.known_by_number(party)


class AgencyOfBatch:
    """Mixin of an agency's form: the registry is asked once for each that is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remember(self.fields["known_party"])


class FormOfBatch:
    """Mixin of a past case's form: one form for all entries of a batch.

    What the choices named in `remembered` found in the database is found once.
    """

    remembered: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, batch: PartyBatch, **kwargs: Any) -> None:
        self.batch = batch
        super().__init__(*args, **kwargs)
        for name in self.remembered:
            remember(self.fields[name])

    def person_context(self) -> dict[str, Any]:
        return {"batch": self.batch}


def number_parts(text: str, days: Collection[date | None]) -> tuple[str, int, int]:
    """A number as written, with the year and serial number it shows; zero where it shows none."""
    if match := NUMBER_PARTS.search(text):
        return text, int(match[1]), int(match[2])
    return text, min((day.year for day in days if day), default=0), 0
