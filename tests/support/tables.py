"""Disputes in any number for the tables, written straight into the register: cheap enough for thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from casemgr.cases.models import Case, Event
from casemgr.organisation.models import Unit
from mediation.models import Committee, MediationFacts

_number = count(1)


@dataclass
class Told:
    """One dispute as a generator gives it. `happened`: kind → day, or (day, data) for several of a kind a list."""

    committee: Unit
    happened: list[tuple[str, date | None, Mapping[str, Any]]]
    facts: dict[str, Any] = field(default_factory=dict)
    state: str = "CLOSED"


def write(told: Iterable[Told]) -> list[Case]:
    """Case, facts and events of each, by three inserts."""
    told = list(told)
    cases = []
    for one in told:
        number = next(_number)
        day = next((on for _kind, on, _data in one.happened if on), date(2026, 1, 1))
        closed = [on for kind, on, _data in one.happened if kind == "closed" and on]
        cases.append(
            Case(
                procedure="mediation", number=f"达测人调字〔{day.year}〕{number}号", number_year=day.year,
                number_sequence=number, title="邻里纠纷", unit=one.committee, state=one.state,
                stage="closed" if closed else "open", opened_on=day, closed_on=max(closed) if closed else None,
            )
        )  # fmt: skip
    cases = Case.objects.bulk_create(cases)
    MediationFacts.objects.bulk_create(
        MediationFacts(
            case_id=case.pk, committee=one.committee,
            **{"source": "application", "dispute_type": "02", "summary": "争执", "people": 2, **one.facts},
        )
        for case, one in zip(cases, told, strict=True)
    )  # fmt: skip
    events = []
    for case, one in zip(cases, told, strict=True):
        for sequence, (kind, on, data) in enumerate(one.happened, 1):
            events.append(
                Event(case_id=case.pk, kind=kind, occurred_on=on, sequence=sequence,
                      subject=str(data.get("subject", "")), data={k: v for k, v in data.items() if k != "subject"})
            )  # fmt: skip
    Event.objects.bulk_create(events)
    return cases


def closed(
    committee: Unit, on: date, *, form: str = "written", performed: bool = True, more: Iterable = (), **facts: Any
) -> Told:
    """A dispute taken on, agreed (unless `form` is empty) and closed on one day."""
    happened: list = [("registered", on, {}), ("accepted", on, {})]
    if form:
        happened.append(("agreement_effective", on, {"subject": "round:1", "form": form}))
        if performed:
            happened.append(("performed", on, {"subject": "round:1"}))
    else:
        happened.append(("failed", on, {"ground": "no_agreement"}))
    happened += [*more, ("closed", on, {})]
    return Told(committee, happened, {"amount_yuan": Decimal("0.00"), **facts})


def body(kind: str, place: Unit, number: int = 0) -> Unit:
    """A registered committee of the kind below the place."""
    number = number or next(_number)
    unit = Unit(code=f"{place.code}-B{number}", name=f"{place.name}{kind}{number}调委会", short_name=f"体{number}",
                kind="committee", parent=place)  # fmt: skip
    unit.save()
    day = date(2015, 1, 1)
    Committee.objects.create(unit=unit, kind=kind, founded_by=place.name, founded_on=day, term_from=day,
                             term_until=date(2030, 1, 1))  # fmt: skip
    return unit
