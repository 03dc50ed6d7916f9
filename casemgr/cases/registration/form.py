"""What every procedure's registration form shares: blocks of rows that grow, and pages that show it as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from django import forms

from casemgr.pages.forms import ContextForm
from casemgr.pages.row_forms import Rows, forget_errors


class RegistrationForm(ContextForm):
    """Base of the forms that open a case.

    `blocks` names the attributes that hold `Rows`, each with what a row holds when the page adds it. A page that is
    opened with `?people=3` passes `people_shown=3`.
    """

    blocks: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    def rows_of(self, block: str) -> Rows:
        """The rows of one block."""
        return getattr(self, block)

    def _parts(self) -> Iterator[forms.Form]:
        yield self
        for block in self.blocks:
            yield from self.rows_of(block)

    def unjudged(self) -> RegistrationForm:
        """The same bound form without any judgement, as a page shows what is still being typed."""
        for part in self._parts():
            forget_errors(part)
        return self

    @property
    def summary_lines(self) -> list[tuple[str, str]]:
        """Errors of the rows for the summary above the form: (id of the entry, text)."""
        return [
            (f"id_{row.prefix}-{name}" if name in row.fields else row.prefix, str(error))
            for block in self.blocks
            for row in self.rows_of(block)
            for name, errors in row.errors.items()
            for error in errors
        ]


__all__ = ["RegistrationForm"]
