"""A row of the ledger as entries of `backlog.record_past_item`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgr.organisation.models import Unit
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.approximations import told
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from litigation.backlog.ledger.columns import AMOUNTS, DAYS, FIELDS, KIND, KINDS, TEXTS, UNIT

NOT_WRITTEN = "台账未记载"


@dataclass
class Known:
    """Units by their names; each asked for once."""

    units: dict[str, int | None] = field(default_factory=dict)

    def unit(self, name: str) -> int:
        """The unit of this name in the register of organisations. :raises RowRefused: there is none today."""
        if name not in self.units:
            self.units[name] = self._asked(name)
        if (found := self.units[name]) is None:
            message = _("“%(name)s” is no unit of the register. Write its name as it stands there.") % {"name": name}
            raise RowRefused([Problem(UNIT, message)])
        return found

    @staticmethod
    def _asked(name: str) -> int | None:
        found = Unit.objects.filter(Q(name=name) | Q(short_name=name), ended_on__isnull=True).order_by("-kind", "pk")
        exact = [unit for unit in found if unit.name == name] or list(found)
        return exact[0].pk if len(exact) == 1 else None


def past_item(row: Row, today: date, known: Known) -> dict[str, Any]:
    """The form of `backlog.record_past_item`. :raises RowRefused: naming the cell that cannot be read."""
    names = cells.several(row, UNIT)
    units = [known.unit(name) for name in names]
    days = {name: cells.day_or_month(row, column) for column, name in DAYS.items()}
    return {
        "unit": units[0] if units else None,
        "joint_units": units[1:],
        "ruling_kind": cells.word(row, KIND, KINDS),
        "creditor": NOT_WRITTEN,
        "is_another": "on",
        **{name: cells.text(row, column) for column, name in (TEXTS | AMOUNTS).items()},
        **{name: _day_of(name, written, today) for name, written in days.items()},
        "known_to_month": " ".join(
            _as_told(name, written) for name, written in days.items() if written and not cells.is_exact(written)
        ),
    }


def _as_told(name: str, written: str) -> str:
    """A month by the column's name alone; words that tell it only about stand behind it."""
    found = told(written)
    return f"{name}={''.join(written.split())}" if found is not None and found.written else name


def _day_of(name: str, written: str, today: date) -> str:
    """The day; of a month its first for the effect, and for what ends in it its last, but no day to come of today's."""
    if not written or cells.is_exact(written):
        return written
    if (found := told(written)) is None or found.on is None:
        message = _("“%(value)s” is not a day. Write it like 2026-11-23.") % {"value": written}
        raise RowRefused([Problem(FIELDS[name], message)])
    if name == "effective_on":
        return found.on.isoformat()
    last = found.on.replace(day=monthrange(found.on.year, found.on.month)[1])
    is_running = name == "cleared_on" and (last.year, last.month) == (today.year, today.month)
    return (today if is_running else last).isoformat()


__all__ = ["Known", "past_item"]
