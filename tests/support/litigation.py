"""Suits for tests, through the real actions: a liaison, a department's liaison, and a case against two agencies."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from casemgr.actions.perform import perform
from casemgr.cases.models import Deadline, Participation
from casemgr.parties.models import Party
from litigation.models import Instance, LitigationCase, Ruling
from tests.support.register import person

BUREAU = "达拉特旗公安局"
GOVERNMENT = "达拉特旗人民政府"
_serial = count(1)


def liaison(username: str = "", at: str = "150621-SFJ") -> Any:
    return person(username or f"liaison-{next(_serial)}", "liaison", at=at, full_name="赵永胜")


def department(username: str = "", at: str = "150621-GAJ") -> Any:
    """The liaison of the police bureau."""
    return person(username or f"department-{next(_serial)}", "department", at=at, full_name="白志刚")


def agency_id(name: str = BUREAU) -> int:
    return Party.objects.get(name=name, kind=Party.Kind.AGENCY).pk


def entries(received_on: date = date(2026, 6, 1), **changes: Any) -> dict[str, Any]:
    """A complete suit of somebody new against the police bureau."""
    serial = next(_serial)
    return {
        "court": "达拉特旗人民法院",
        "court_number": f"（2026）内0621行初{serial}号",
        "act_title": "行政处罚决定",
        "act_number": f"达公行罚决字〔2026〕{serial}号",
        "acted_on": date(2026, 3, 2),
        "matter": "penalty",
        "people": [{"name": f"原告{serial}", "is_another": "on"}],
        "agencies": [{"known_party": agency_id(), "received_on": received_on}],
        **changes,
    }


class Suit:
    """One suit, walked day by day."""

    def __init__(self, day: date, actor: Any = None, **changes: Any) -> None:
        self.day = day
        self.actor = actor or liaison()
        self.pk = perform("litigation.register", None, entries(**changes), self.actor, day).pk

    @property
    def case(self) -> LitigationCase:
        return LitigationCase.objects.get(pk=self.pk)

    @property
    def state(self) -> str:
        return self.case.state

    @property
    def instance(self) -> Instance:
        return Instance.objects.filter(case_id=self.pk).latest("order")

    @property
    def ruling(self) -> Ruling:
        return Ruling.objects.filter(in_instance__case_id=self.pk).latest("pk")

    def on(self, day: date) -> Suit:
        self.day = day
        return self

    def act(self, step: str, /, by: Any = None, **data: Any) -> LitigationCase:
        name = step if "." in step else f"litigation.{step}"
        return perform(name, self.case, data, by or self.actor, self.day)

    def part(self, role: str, name: str = "") -> Participation:
        parts = Participation.objects.filter(case_id=self.pk, role=role)
        return (parts.filter(name=name) if name else parts).order_by("pk").first()

    def due(self, rule: str, party: Party | None = None) -> date | None:
        rows = Deadline.objects.filter(case_id=self.pk, rule=rule)
        row = (rows.filter(party=party) if party is not None else rows).order_by("pk").last()
        return row.due_on if row is not None else None

    def status(self, rule: str, party: Party | None = None) -> str:
        rows = Deadline.objects.filter(case_id=self.pk, rule=rule)
        return (rows.filter(party=party) if party is not None else rows).order_by("pk").last().status

    def judge(self, day: date, outcome: str = "claim_rejected", kind: str = "judgment", **data: Any) -> None:
        self.on(max(day, self.day)).act("record_ruling", on=day, kind=kind, outcome=outcome, **data)

    def serve(self, day: date, *parts: Participation) -> None:
        """On the parts named, or on everybody."""
        wanted = parts or Participation.objects.filter(
            case_id=self.pk, role__in=("applicant", "respondent", "third_party")
        )
        days = {f"on_{part.pk}": day for part in wanted}
        self.on(max(day, self.day)).act("record_service", ruling=self.ruling.pk, **days)

    def correct(self, kind: str, on: date, party: Party | None = None) -> None:
        events = self.case.events.filter(kind=kind)
        event = (events.filter(party=party) if party is not None else events).order_by("sequence").last()
        self.act("cases.correct_date", event=event.pk, on=on, reason="送达回证写明")
