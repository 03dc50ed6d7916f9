"""What the pages of an import ask."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.ledgers import keeping, layout
from casemgr.ledgers.definition import Ledger, ledgers
from casemgr.ledgers.layout import Layout, headings, letter, sample, unknown_words
from casemgr.ledgers.models import RowQuestion, SavedMapping
from casemgr.ledgers.proposals import Proposal, best_saved, likely_layout, near_words, propose
from casemgr.ledgers.sheet_field import SheetField
from casemgr.pages.forms import ContextForm
from casemgr.pages.masking import without_numbers
from casemgr.pages.requests import row_id
from casemgr.pages.sheets.reading import Book

MANY = 60
"""Columns of a sheet that can be assigned: a ledger has thirty at most."""


class KindForm(ContextForm):
    """Which ledger: those that the person may load."""

    kind = forms.ChoiceField(label=gettext_lazy("Ledger"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (code, ledger.label)
            for code, ledger in ledgers().items()
            if self.actor is not None and ledger.may_load(self.actor, self.today)
        ]


class SendForm(KindForm):
    """A sheet with whatever headings; how it is read is asked next."""

    file = SheetField(label=gettext_lazy("File"), help_text=gettext_lazy(".xlsx, .xls or .csv, at most 60 MB"))


class LayoutForm(ContextForm):
    """Sheet, heading row, and the column of the ledger for each column of the sheet (`column-3`).

    Coded cells: `word-COLUMN-N` says what the N-th unknown word of a column stands for.
    `save_as`: the name under which the office keeps all this for its next sheet.
    """

    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet"), coerce=int)
    heading = forms.IntegerField(label=gettext_lazy("Row of the headings"), min_value=1, max_value=10_000)
    save_as = forms.CharField(
        label=gettext_lazy("Keep this assignment for our office as"), required=False, max_length=60
    )
    look = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    """Filled by the button that only looks at another sheet or heading row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ledger: Ledger = ledgers()[self.subject.kind]
        self.book: Book = keeping.opened(self.subject)
        self.fields["sheet"].choices = [
            (position, sheet.name or _("The only sheet")) for position, sheet in enumerate(self.book.sheets)
        ]
        self.shown = self._shown()
        self.initial |= {"sheet": self.shown.sheet, "heading": self.shown.heading}
        choices = [("", _("— leave out —")), *((column, column) for column in self.ledger.columns)]
        for proposal in self.proposals:
            field = forms.ChoiceField(choices=choices, required=False, label=self._label(proposal))
            self.fields[f"column-{proposal.position}"] = field
            self.initial[f"column-{proposal.position}"] = self.shown.columns.get(proposal.position, "")
        for (column, place), (word, near) in self.words.items():
            known = [("", _("— not translated —")), *((one, one) for one in self.ledger.words[column])]
            label = f"{column}：{word}"
            self.fields[f"word-{column}-{place}"] = forms.ChoiceField(choices=known, required=False, label=label)
            self.initial[f"word-{column}-{place}"] = near

    def _shown(self) -> Layout:
        """What the page shows: as sent, as kept, or as proposed."""
        saved = [mapping.columns for mapping in self.saved]
        if self.is_bound:
            sheet, heading = (self._number(name) for name in ("sheet", "heading"))
            if sheet is not None and heading is not None and sheet < len(self.book.sheets) and heading >= 1:
                sent = {
                    position: str(value)
                    for name, value in self.data.items()
                    if value and (position := _place(name, "column-")) is not None
                }
                if sent and not self.data.get("look"):
                    return Layout(sheet, heading, sent, {})
                return self._proposed(sheet, heading)
        if self.subject.layout:
            return Layout.of(self.subject.layout)
        return likely_layout(self.book, self.ledger, saved)

    def _number(self, name: str) -> int | None:
        sent = str(self.data.get(name) or "").strip()
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else None

    def _proposed(self, sheet: int, heading: int) -> Layout:
        names, lines = headings(self.book, sheet, heading), sample(self.book, sheet, heading)
        saved = best_saved(names.values(), [mapping.columns for mapping in self.saved])
        found = propose(names, lines, self.ledger, saved)
        return Layout(sheet, heading, {one.position: one.column for one in found if one.column})

    @cached_property
    def saved(self) -> list[SavedMapping]:
        if self.subject.unit_id is None:
            return []
        return list(
            SavedMapping.objects.filter(unit=self.subject.unit_id, kind=self.subject.kind).order_by("-saved_at")
        )

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Every column of the sheet that holds something, and why what is proposed for it is."""
        names = headings(self.book, self.shown.sheet, self.shown.heading)
        lines = sample(self.book, self.shown.sheet, self.shown.heading)
        saved = best_saved(names.values(), [mapping.columns for mapping in self.saved])
        return propose(names, lines, self.ledger, saved)[:MANY]

    @cached_property
    def words(self) -> dict[tuple[str, int], tuple[str, str]]:
        """By column and place: an unknown word of a coded column, and the known one it most likely is."""
        unknown = unknown_words(self.book, self.shown, self.ledger)
        kept = Layout.of(self.subject.layout).words
        found = {}
        for column, words in unknown.items():
            near = near_words(words, self.ledger.words[column])
            ours: dict[str, str] = {}
            for mapping in reversed(self.saved):
                ours |= mapping.words.get(column, {})
            for place, word in enumerate(words):
                proposed = kept.get(column, {}).get(word) or ours.get(word) or near[word]
                found[column, place] = (word, proposed)
        return found

    def _label(self, proposal: Proposal) -> str:
        return f"{letter(proposal.position)}　{proposal.heading}" if proposal.heading else letter(proposal.position)

    def column_rows(self) -> Iterator[tuple[Any, Proposal, list[str]]]:
        """For the page: field, proposal, and the first cells of the column, numbers masked."""
        lines = sample(self.book, self.shown.sheet, self.shown.heading)[:30]
        for proposal in self.proposals:
            cells = layout.column_cells(lines, proposal.position)[:3]
            yield self[f"column-{proposal.position}"], proposal, [without_numbers(str(cell))[:40] for cell in cells]

    def word_rows(self) -> list[Any]:
        return [self[f"word-{column}-{place}"] for column, place in self.words]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors or data.get("look"):
            return data
        columns = {
            proposal.position: column
            for proposal in self.proposals
            if (column := data.get(f"column-{proposal.position}"))
        }
        for position, column in columns.items():
            if list(columns.values()).count(column) > 1:
                text = _("“%(column)s” is assigned to several columns. Choose one of them.") % {"column": column}
                self.add_error(f"column-{position}", text)
        if missing := [column for column in self.ledger.required if column not in columns.values()]:
            text = _("No column of the sheet is assigned to: %(columns)s. Without it no row can be loaded.")
            self.add_error(None, text % {"columns": "、".join(missing)})
        words: dict[str, dict[str, str]] = {}
        for (column, place), (word, _near) in self.words.items():
            if chosen := data.get(f"word-{column}-{place}"):
                words.setdefault(column, {})[word] = chosen
        data["layout"] = Layout(data["sheet"], data["heading"], columns, words)
        return data

    def by_heading(self) -> dict[str, str]:
        """What a saved assignment keeps."""
        chosen: Layout = self.cleaned_data["layout"]
        names = headings(self.book, chosen.sheet, chosen.heading)
        return {names[position]: column for position, column in chosen.columns.items() if position in names}


class DecideForm(ContextForm):
    """Answers by question (`answer-ID`), or one for all that are still open, or for those of one level."""

    all_as = forms.ChoiceField(
        label=gettext_lazy("All that are not decided yet"),
        choices=[("", "—"), *RowQuestion.Answer.choices],
        required=False,
    )
    level = forms.CharField(required=False, max_length=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.data or ():
            if _place(name, "answer-") is not None:
                self.fields[name] = forms.ChoiceField(choices=[("", "—"), *RowQuestion.Answer.choices], required=False)

    def answers(self) -> dict[int, str]:
        return {
            int(name.removeprefix("answer-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("answer-") and value
        }


class UndoForm(ContextForm):
    reason = forms.CharField(
        label=gettext_lazy("Why the import is undone"), max_length=200, widget=forms.Textarea({"rows": 2})
    )


class NoForm(ContextForm):
    """Asks nothing."""


def _place(name: str, prefix: str) -> int | None:
    """The number behind the prefix, of a field's name as it was sent."""
    return row_id(name.removeprefix(prefix)) if name.startswith(prefix) else None


def safe_name(name: str) -> str:
    """A file's name without the numbers that may stand in it."""
    return without_numbers(name)[:100]


__all__ = ["DecideForm", "KindForm", "LayoutForm", "NoForm", "SendForm", "UndoForm", "safe_name"]
