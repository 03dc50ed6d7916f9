"""From a row of the ledger to the form of `record_past_case`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.ledgers.people import PersonInRow, chosen_party, kind_of, people_in
from casemgr.organisation.models import User
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row, RowRefused, is_refused
from casemgr.parties import names
from casemgr.parties.identity import NONE, guess_kind
from casemgr.parties.models import Party
from reconsideration.ledger.columns import (
    DAYS,
    DECIDED,
    ENDED,
    ENDING,
    HAPPENED,
    IN_TRIAL,
    MATTERS,
    METHODS,
    NO,
    NO_DAY,
    NUMBER,
    OUTCOMES,
    STILL_OPEN,
    TRACKS,
    YES,
)
from reconsideration.models import ManagementAreaRow

APPLICANT, RESPONDENT = "申请人", "被申请人"


@dataclass
class Known:
    """What names in cells stand for; asked once for each name."""

    areas: dict[str, int] = field(default_factory=dict)
    handlers: dict[str, int | None] = field(default_factory=dict)
    agencies: dict[str, int | None] = field(default_factory=dict)

    def area(self, name: str) -> int | None:
        if name not in self.areas:
            self.areas |= dict(ManagementAreaRow.objects.values_list("name", "pk"))
        return self.areas.get(name)

    def handler(self, name: str) -> int | None:
        if name not in self.handlers:
            found = User.objects.filter(full_name=name).order_by("pk")
            self.handlers[name] = found.values_list("pk", flat=True).first()
        return self.handlers[name]

    def agency(self, name: str) -> int | None:
        key = names.name_key(name)
        if key not in self.agencies:
            found = Party.objects.filter(kind=Party.Kind.AGENCY, name_key=key, merged_into__isnull=True).order_by("pk")
            self.agencies[key] = found.values_list("pk", flat=True).first()
        return self.agencies[key]


def past_case(row: Row, today: date, known: Known) -> dict[str, Any]:
    """The form of `record_past_case` for a row. :raises RowRefused: naming the cell that cannot be read."""
    outcome = cells.word(row, "结案方式", OUTCOMES)
    days = {column: cells.day_or_month(row, column) for column in DAYS}
    runs = is_running(days, outcome or cells.text(row, "是否起诉"), today)
    return {
        "number": cells.text(row, NUMBER),
        "application_method": cells.word(row, "申请方式", METHODS),
        "act_title": cells.text(row, "行政行为"),
        "act_number": cells.text(row, "行政行为文号"),
        "acted_on": cells.day(row, "行政行为日期"),
        "known_on": cells.day(row, "知道日期"),
        "matter": cells.word(row, "事项类别", MATTERS),
        "area": _area(row, known),
        "track": cells.word(row, "审理程序", TRACKS),
        "outcome": outcome,
        "is_open": "on" if runs else "",
        "lead_handler": known.handler(name) if (name := cells.text(row, "承办人")) else None,
        "source_note": "",
        "people": _people(row, today),
        "respondents": _respondents(row, known),
        "happened": _happened(row, outcome, days, runs),
    }


def is_running(days: Mapping[str, str], ended: str, today: date) -> bool:
    """Whether a row tells a case that is still open, with the days its periods run from.

    Nothing in it is an end, every day is exact, what follows acceptance shows the day of acceptance, and it came in
    within a year or stands suspended. Any other row is of the past: what its source leaves open starts no clock.
    """
    written = {column: day for column, day in days.items() if day}
    received = written.get("收到日期", "")
    if ended or written.keys() & ENDING or not all(map(cells.is_exact, written.values())):
        return False
    if not received or (written.keys() & IN_TRIAL and "受理日期" not in written):
        return False
    if "恢复日期" in written and "中止日期" not in written:
        return False
    is_suspended = "中止日期" in written and "恢复日期" not in written
    return is_suspended or date.fromisoformat(received) >= today - STILL_OPEN


def _area(row: Row, known: Known) -> int | None:
    name = cells.text(row, "管理类别")
    if not name:
        return None
    if (found := known.area(name)) is None:
        message = _("“%(value)s” is not one of: %(words)s.") % {"value": name, "words": "/".join(known.areas)}
        raise RowRefused([Problem("管理类别", message)])
    return found


def people(row: Row, today: date) -> Iterator[PersonInRow]:
    """Applicants, to be compared with the known."""
    return people_in(row, APPLICANT, today, number=f"{APPLICANT}证件号码")


def _people(row: Row, today: date) -> list[dict[str, Any]]:
    found, numbers = cells.several(row, APPLICANT), cells.several(row, f"{APPLICANT}证件号码")
    if numbers and len(numbers) != len(found) and not is_refused(row, APPLICANT):
        message = _("There are %(names)s names and %(numbers)s numbers. Write as many of each, separated by 、.")
        raise RowRefused([Problem("申请人证件号码", message % {"names": len(found), "numbers": len(numbers)})])
    people = []
    for position, name in enumerate(found):
        if (known := chosen_party(row, APPLICANT, position)) is not None:
            people.append({"known_party": known})
            continue
        number = numbers[position] if numbers else ""
        person: dict[str, Any] = {"name": name, "is_another": "on", "kind": kind_of(name, number)}
        if number and "*" not in number:
            is_person = person["kind"] == Party.Kind.PERSON
            person |= {"identity_number": number, "identity_kind": guess_kind(number, is_person=is_person, today=today)}
        else:
            person |= {"identity_kind": NONE, "identity_note": number or "台账未记载"}
        people.append(person)
    return people


def _respondents(row: Row, known: Known) -> list[dict[str, Any]]:
    found = [(name, known.agency(name)) for name in cells.several(row, RESPONDENT)]
    message = _("“%(name)s” is no agency of the register. Write its name as it stands there.")
    if unknown := [Problem(RESPONDENT, message % {"name": name}) for name, agency in found if agency is None]:
        raise RowRefused(unknown)
    return [{"known_party": agency} for _name, agency in found]


def _happened(row: Row, outcome: str, days: Mapping[str, str], runs: bool) -> list[dict[str, Any]]:
    found = [{"kind": kind, "on": days[column]} for column, kind in HAPPENED.items() if days[column]]
    if not days["收到日期"]:
        found.insert(0, {"kind": "received", "on": ""})
    ended, served = ENDED.get(outcome, DECIDED)
    if outcome or days["决定日期"]:
        found.append({"kind": ended, "on": days["决定日期"], "note": cells.text(row, "决定文书号")})
    if days["送达日期"] and served:
        found.append({"kind": served, "on": days["送达日期"]})
    if extended := cells.text(row, "延长天数"):
        if not extended.isdigit():
            raise RowRefused([Problem("延长天数", _("Enter a number of days."))])
        # Whatever its day, it was granted while the period ran (art. 62(1)): a running case takes it from acceptance.
        on = {"on": days["受理日期"], "as_written": NO_DAY} if runs else {"on": ""}
        found.append({"kind": "extended", "days": extended, **on})
    if cells.word(row, "是否起诉", {YES: YES, NO: NO}) == YES:
        found.append({"kind": "sued", "on": ""})
    return found
