"""From a row of the ledger to the form of `mediation.record_past_case`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from casemgr.ledgers.people import PersonInRow, chosen_party, kind_of, people_in
from casemgr.organisation.models import Unit, User
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row, RowRefused, is_refused
from casemgr.parties import names
from casemgr.parties.identity import NONE, guess_kind
from casemgr.parties.models import Party
from mediation.ledger.columns import (
    AFTER_AGREEMENT,
    DAYS,
    ENDED,
    FORMS,
    HAPPENED,
    HIDDEN_PHONE,
    NO_DAY,
    NUMBER,
    PERFORMANCE,
    RESULTS,
    RULED_COLUMN,
    SOURCES,
    STILL_OPEN,
    STRICT_TRACK,
    SUB_SOURCES,
    TYPES,
)
from mediation.registration.choices import AREA_KINDS
from mediation.registration.form import HANDLING_KINDS, REGISTERING_ROLES
from mediation.terms import AgreementForm, Ending, Performance, Source, SubSource

SIDES = (("申请人", "applicant"), ("被申请人", "respondent"))


class Known:
    """What names in cells stand for; asked once."""

    def __init__(self) -> None:
        self._handlers: dict[str, int | None] = {}

    @cached_property
    def units(self) -> dict[str, int]:
        """Committees, studios and the towns' offices, the living before those that ended, by name."""
        found = Unit.objects.filter(kind__in=HANDLING_KINDS).order_by("-ended_on", "-pk")
        ordered = sorted(found, key=lambda unit: unit.ended_on is None)
        return {names.name_key(unit.name): unit.pk for unit in ordered}

    @cached_property
    def areas(self) -> list[tuple[str, int]]:
        """Towns and streets with their names, the longest first."""
        areas = Unit.objects.filter(kind__in=AREA_KINDS, ended_on__isnull=True).values_list("name", "pk")
        return sorted(areas, key=lambda area: -len(area[0]))

    def unit(self, name: str) -> int | None:
        return self.units.get(names.name_key(name))

    def area_in(self, *texts: str) -> int | None:
        """The town or street that one of the texts names."""
        return next((pk for text in texts for name, pk in self.areas if text and name in text), None)

    def handler(self, name: str) -> int | None:
        if name not in self._handlers:
            found = User.objects.filter(full_name=name, role_assignments__role__in=REGISTERING_ROLES)
            self._handlers[name] = found.order_by("pk").values_list("pk", flat=True).first()
        return self._handlers[name]


@dataclass(frozen=True)
class Told:
    """What a row tells, read once: its coded words and its days."""

    source: str
    sub_source: str
    kind: str
    outcome: str
    form: str
    performance: str
    days: Mapping[str, str]

    @classmethod
    def of(cls, row: Row) -> Told:
        source = cells.word(row, "纠纷来源", SOURCES)
        told = cls(
            source=source,
            sub_source=_sub_source(row, source),
            kind=cells.word(row, "纠纷类型", TYPES),
            outcome=cells.word(row, "调解结果", RESULTS) or (Ending.AGREED if "协议日期" in row else ""),
            form=cells.word(row, "协议形式", FORMS),
            performance=cells.word(row, "履行情况", PERFORMANCE),
            days={column: cells.day_or_month(row, column) for column in DAYS},
        )
        if told.outcome not in ("", Ending.AGREED) and (
            wrong := [column for column in AFTER_AGREEMENT if column in row]
        ):
            message = _("This tells of an agreement, but 调解结果 says that there was none. Correct one of the two.")
            raise RowRefused([Problem(column, message) for column in wrong])
        is_known = not (is_refused(row, "调解结果") or is_refused(row, "协议日期"))
        if not told.outcome and is_known and (wrong := [column for column in AFTER_AGREEMENT if column in row]):
            message = _("This tells of an agreement, but the row shows none: fill in 调解结果 or 协议日期.")
            raise RowRefused([Problem(column, message) for column in wrong])
        return told

    @property
    def effective(self) -> str:
        """An oral agreement is in effect from the day it is made (art. 30)."""
        return self.days["生效日期"] or (self.days["协议日期"] if self.form == AgreementForm.ORAL else "")

    def is_running(self, today: date) -> bool:
        """Whether the row tells a dispute that is still open, with the days its periods run from.

        It came in within a year, is not closed, every day is exact, and it is undecided, or agreed, in effect and not
        performed. Any other row is of the past: what its source leaves open starts no clock.
        """
        written = {column: day for column, day in self.days.items() if day}
        if not all(map(cells.is_exact, written.values())) or not self.kind or "登记日期" not in written:
            return False
        if written.keys() & {"结案日期", "履行日期", RULED_COLUMN}:
            return False
        if date.fromisoformat(written["登记日期"]) < today - STILL_OPEN:
            return False
        if self.outcome == Ending.AGREED:
            is_followed = bool(self.form and written.get("协议日期") and self.effective and written.get("受理日期"))
            return is_followed and self.performance != Performance.PERFORMED
        return not self.outcome


def past_case(row: Row, today: date, known: Known) -> dict[str, Any]:
    """The form of `record_past_case` for a row. :raises RowRefused: naming the cell that cannot be read."""
    told = Told.of(row)
    runs = told.is_running(today)
    mediators = cells.several(row, "调解员")
    handler = known.handler(mediators[0]) if mediators else None
    return {
        "number": cells.text(row, NUMBER),
        "source": told.source,
        "sub_source": told.sub_source,
        "dispute_type": told.kind,
        "place": cells.text(row, "发生地"),
        "summary": cells.text(row, "纠纷简要情况"),
        "amount_yuan": cells.text(row, "涉及金额"),
        "number_of_people": cells.text(row, "涉及人数"),
        **_unit(row, known),
        "mediators": "、".join(mediators),
        "lead_handler": handler,
        "outcome": told.outcome,
        "agreement_form": told.form,
        "performance": told.performance,
        "is_open": "on" if runs else "",
        "source_note": STRICT_TRACK if runs and told.sub_source == SubSource.COURT_ENTRUSTED else "",
        "people": [person for column, role in SIDES for person in _people(row, column, role, today)],
        "happened": _happened(told, runs),
    }


def _sub_source(row: Row, source: str) -> str:
    detail = cells.text(row, "来源细类")
    if detail and not source and not is_refused(row, "纠纷来源"):
        raise RowRefused([Problem("纠纷来源", _("Its detail is written, but not the source itself."))])
    return cells.word(row, "来源细类", SUB_SOURCES[source]) if source else ""


def _unit(row: Row, known: Known) -> dict[str, Any]:
    """The committee or studio of this name. One of the past that is in no register goes to its town, as written."""
    name, place = cells.text(row, "调解组织"), cells.text(row, "发生地")
    town = known.area_in(place, name)
    if not name:
        return {"unit": town, "town": town}
    if (unit := known.unit(name)) is not None:
        return {"unit": unit, "town": town}
    if (area := known.area_in(name, place)) is None:
        message = _("There is no committee or studio of this name, and no town shows in it. Register it first.")
        raise RowRefused([Problem("调解组织", message)])
    return {"unit": area, "town": town, "committee_as_written": name}


def people(row: Row, today: date) -> Iterator[PersonInRow]:
    """Both sides, to be compared with the known."""
    for column, _role in SIDES:
        yield from people_in(row, column, today, number=f"{column}证件号码", phone=f"{column}电话")


def _people(row: Row, column: str, role: str, today: date) -> list[dict[str, Any]]:
    found = cells.several(row, column)
    numbers = _as_many(row, f"{column}证件号码", found)
    phones = _as_many(row, f"{column}电话", found)
    people = []
    for position, (name, number, phone) in enumerate(zip(found, numbers, phones, strict=True)):
        if (known := chosen_party(row, column, position)) is not None:
            people.append({"known_party": known, "role": role})
            continue
        person: dict[str, Any] = {"name": name, "role": role, "is_another": "on", "kind": kind_of(name, number)}
        if number and "*" not in number:
            is_person = person["kind"] == Party.Kind.PERSON
            person |= {"identity_number": number, "identity_kind": guess_kind(number, is_person=is_person, today=today)}
        else:
            person |= {"identity_kind": NONE, "identity_note": number or "台账未记载"}
        if phone:
            person |= {"remark": HIDDEN_PHONE + phone} if "*" in phone else {"phone": phone}
        people.append(person)
    return people


def _as_many(row: Row, column: str, people: list[str]) -> list[str]:
    """A number for each name; none at all where the cell is empty. A gap between two 、 is somebody without one."""
    text = cells.text(row, column)
    if not text:
        return [""] * len(people)
    found = [part.strip() for part in text.split("、")]
    if len(found) != len(people):
        message = _("There are %(names)s names and %(numbers)s numbers. Write as many of each, separated by 、.")
        raise RowRefused([Problem(column, message % {"names": len(people), "numbers": len(found)})])
    return found


def _happened(told: Told, runs: bool) -> list[dict[str, Any]]:
    days = {**told.days, "生效日期": told.effective}
    found = [{"kind": kind, "on": days[column]} for column, kind in HAPPENED.items() if days[column]]
    kinds = {entry["kind"] for entry in found}
    if "registered" not in kinds:
        found.insert(0, {"kind": "registered", "on": ""})
    if runs:
        found += _began(told)
    if told.outcome and (ended := ENDED[told.outcome]) not in kinds:
        found.append({"kind": ended, "on": ""})
    if day := days[RULED_COLUMN]:
        found.append({"kind": "confirmation_ruled", "on": day})
    return found


def _began(told: Told) -> list[dict[str, Any]]:
    """What the clocks of an open dispute start with; the ledger has no column for it, and it came on that day."""
    on = {"on": told.days["登记日期"], "as_written": NO_DAY}
    if told.source == Source.APPLICATION:
        return [{"kind": "application_received", **on}]
    if told.sub_source in (SubSource.COURT_DELEGATED, SubSource.COURT_ENTRUSTED):
        return [{"kind": "court_papers_received", **on}]
    return []
