"""A row of the ledger as entries of `record_past_case`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.ledgers.people import PersonInRow, chosen_party, people_in
from casemgr.organisation.office import office_on
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from casemgr.parties import names
from casemgr.parties.identity import NONE
from casemgr.parties.models import Party
from litigation.court_numbers import parse
from litigation.ledger.columns import (
    CAN_RUN,
    CAUSE,
    COURT,
    DAYS,
    HEAD,
    HEADS,
    HEARD,
    LEVEL,
    LEVELS,
    NUMBER,
    OUTCOME,
    OUTCOMES,
    OWED,
    PAPER,
    PAPERS,
    POST,
    REASON,
    RECONSIDERATION,
    RESPONSIBLE,
    SIDES,
    STILL_OPEN,
)
from litigation.outcomes import GOES_ON
from litigation.terms import Level, Outcome

NOT_WRITTEN = "台账未记载"
_ELSEWHERE = re.compile(r".{2,}?(省|自治区|市|盟|县|区|旗)")


@dataclass
class Known:
    """Agencies by their names; each asked for once. `banner`: whose agencies must stand in the register."""

    banner: str
    agencies: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def on(cls, day: date) -> Known:
        return cls(office_on(day).authority.removesuffix("人民政府"))

    def expect(self, rows: Iterable[Row]) -> None:
        """Ask for all whom these rows name, in one query."""
        named = (name for row in rows for column, _role in SIDES for name in cells.several(row, column))
        self._ask({key for key in map(names.name_key, named) if key not in self.agencies})

    def agency(self, name: str) -> int | None:
        key = names.name_key(name)
        if key not in self.agencies:
            self._ask({key})
        return self.agencies[key]

    def forget_unknown(self) -> None:
        """Something was written: who was no agency may be one now."""
        self.agencies = {key: agency for key, agency in self.agencies.items() if agency is not None}

    def _ask(self, keys: set[str]) -> None:
        found = Party.objects.filter(kind=Party.Kind.AGENCY, name_key__in=keys, merged_into__isnull=True)
        self.agencies |= dict.fromkeys(keys)
        self.agencies |= dict(found.order_by("-pk").values_list("name_key", "pk"))  # the oldest of a name stays


def past_instance(row: Row, today: date, known: Known) -> dict[str, Any]:
    """The form of `record_past_case` for a row. :raises RowRefused: naming the cell that cannot be read."""
    level = cells.word(row, LEVEL, LEVELS)
    days = {name: cells.day_or_month(row, column) for column, name in DAYS.items()}
    heard = sessions(row)
    outcome = cells.word(row, OUTCOME, OUTCOMES)
    number = cells.text(row, NUMBER)
    found = parse(number)
    read = level or (found.level if found else None)
    return {
        "court_number": number,
        "level": level,
        "court": cells.text(row, COURT),
        "cause": cells.text(row, CAUSE),
        "reconsideration_number": cells.text(row, RECONSIDERATION),
        "responsible": _responsible(row, known),
        **days,
        "heard_on": " ".join(heard),
        "kind": cells.word(row, PAPER, PAPERS),
        "outcome": outcome,
        **_heads(row, heard),
        **_parties(row, known, is_act=read == Level.REVIEW),
        "is_open": "on" if is_running(read, days, heard, outcome, today) else "",
        "source_note": "",
    }


def reader(today: date) -> Callable[[Row], Any]:
    """Reads the cells of rows, and asks once what names in them stand for."""
    known = Known.on(today)
    return lambda row: past_instance(row, today, known)


def sessions(row: Row) -> list[str]:
    """Days or months of sessions, several of them separated by 、"""
    value = row.get(HEARD)
    written = [value] if isinstance(value, date) else cells.several(row, HEARD)
    return ["".join(cells.day_or_month({HEARD: one}, HEARD).split()) for one in written]


def is_running(level: str | None, days: dict[str, str], heard: list[str], outcome: str, today: date) -> bool:
    """Whether a row tells an instance that is still open, with the days its periods run from.

    The papers came within a year, every day is exact, nothing is effective or withdrawn, and of a court's paper the
    day of receipt is told. Any other row is of the past: what its source leaves open starts no clock.
    """
    written = [day for day in (*days.values(), *heard) if day]
    if level not in CAN_RUN or not days["received_on"] or not all(map(cells.is_exact, written)):
        return False
    if days["effective_on"] or outcome == Outcome.WITHDRAWN or outcome in GOES_ON:
        return False
    if outcome and not days["served_on"]:
        return False
    return date.fromisoformat(days["received_on"]) >= today - STILL_OPEN


def _responsible(row: Row, known: Known) -> int | None:
    name = cells.text(row, RESPONSIBLE)
    if not name:
        return None
    if (found := known.agency(name)) is None:
        message = _("“%(name)s” is no agency of the register. Write its name as it stands there.") % {"name": name}
        raise RowRefused([Problem(RESPONSIBLE, message)])
    return found


def people(row: Row, today: date) -> Iterator[PersonInRow]:
    """Those of all sides who are no agencies of the register by their very names, to be compared with the known."""
    known = Known.on(today)
    for column, _role in SIDES:
        yield from (one for one in people_in(row, column, today) if known.agency(one.told.name) is None)


def _parties(row: Row, known: Known, *, is_act: bool) -> dict[str, list[dict[str, Any]]]:
    """People and agencies of all sides, with their places. Sued is an agency, but where an act is enforced."""
    people: list[dict[str, Any]] = []
    agencies: list[dict[str, Any]] = []
    for column, role in SIDES:
        for position, name in enumerate(cells.several(row, column)):
            place = {"role": role, "place": len(people) + len(agencies)}
            if (chosen := chosen_party(row, column, position)) is not None:
                people.append({"known_party": chosen, **place})
            elif (agency := known.agency(name)) is not None:
                agencies.append({"known_party": agency, **place})
            elif role == "respondent" and not is_act and not _is_person(name):
                agencies.append(
                    {"name": _foreign(name, column, known.banner), "agency_kind": Party.AgencyKind.OTHER, **place}
                )
            else:
                people.append({"name": name, "kind": _kind(name), "is_another": "on", "identity_kind": NONE,
                               "identity_note": NOT_WRITTEN, **place})  # fmt: skip
    return {"people": people, "agencies": agencies}


def _is_person(name: str) -> bool:
    """Against whom an agency had a court carry out its act: a short name that is no body's."""
    return len(name) <= 4 and names.organisation_core(name) == name and not name.endswith(("局", "委", "府", "会"))


def _foreign(name: str, column: str, banner: str) -> str:
    """An agency of another place is entered; one of the banner must stand in the register under this name."""
    if banner in name or not _ELSEWHERE.match(name):
        message = _("“%(name)s” is no agency of the register. Write its name as it stands there.") % {"name": name}
        raise RowRefused([Problem(column, message)])
    return name


def _kind(name: str) -> str:
    return Party.Kind.ORGANISATION if names.organisation_core(name) != name else Party.Kind.PERSON


def _heads(row: Row, heard: list[str]) -> dict[str, Any]:
    """Whose heads were to come, and who came; where no session was held, the cells as they are."""
    if not any(column in row for column in HEADS):
        return {"heads": [], "unheard": ""}
    heads, posts = (cells.text(row, column) for column in (HEAD, POST))
    if not heard and not heads and not posts:
        return {"heads": [], "unheard": "\n".join((cells.text(row, OWED), cells.text(row, REASON)))}
    owed = cells.several(row, OWED) or cells.several(row, "被告")
    named, told, why = _as_many(row, HEAD, owed), _as_many(row, POST, owed), _reasons(row, owed)
    rows = [
        {"agency": agency, "name": name, "post": post, "reason": "" if name else reason}
        for agency, name, post, reason in zip(owed, named, told, why, strict=True)
    ]
    return {"heads": rows, "unheard": ""}


def _as_many(row: Row, column: str, agencies: list[str]) -> list[str]:
    """One for each agency; none at all where the cell is empty. A gap between two 、 is an agency without one."""
    text = cells.text(row, column)
    if not text:
        return [""] * len(agencies)
    found = [part.strip() for part in text.split("、")]
    if len(agencies) == 1:
        return ["、".join(found)]
    if len(found) != len(agencies):
        message = _("There are %(agencies)s agencies and %(count)s entries. Write as many of each, separated by 、.")
        raise RowRefused([Problem(column, message % {"agencies": len(agencies), "count": len(found)})])
    return found


def _reasons(row: Row, agencies: list[str]) -> list[str]:
    """A reason may hold a 、 of its own: one that does not fit the agencies is the reason of each."""
    text = cells.text(row, REASON)
    found = [part.strip() for part in text.split("、")]
    return found if len(found) == len(agencies) else [text] * len(agencies)


__all__ = ["Known", "is_running", "past_instance", "reader", "sessions"]
