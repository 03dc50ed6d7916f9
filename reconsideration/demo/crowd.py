"""The demo's many cases: invented by chance, lawful in their days, and written by the bulk lane.

They have no papers: an issued paper would take a printed page each. The same seed gives the same cases.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from casemgr.actions.models import PerformedKey
from casemgr.cases.matters import Matter as Kind
from casemgr.parties.models import Party
from reconsideration.demo.clerk import Days
from reconsideration.demo.course import Course
from reconsideration.demo.matters import MATTERS, told
from reconsideration.demo.people import GIVEN, SURNAMES, credit_number, invented_name, resident_number
from reconsideration.registration.past_bulk import PastCaseLane
from reconsideration.registration.past_form import BEFORE_ACCEPTANCE, IN_TRIAL
from reconsideration.registration.recording import NEW_LAW
from reconsideration.terms import Track

BATCH = 500
YEARS = timedelta(days=3650)
EARLIEST = date(2018, 1, 2)
"""The first working day of the Reconsideration Law of 2017, the oldest whose periods are kept."""
INSTITUTIONS = 200
TOWNS = ("树林召镇", "白泥井镇", "王爱召镇", "吉格斯太镇", "展旦召苏木", "昭君镇", "恩格贝镇", "中和西镇", "风水梁镇")


class Crowd:
    """`upto(day)` writes those received by the day, in the order of receipt, so that numbers follow it."""

    def __init__(self, office: Mapping[str, Any], today: date, count: int, seed: int) -> None:
        self.office, self.today, self.seed, self.made = office, today, seed, 0
        self.size = count
        self._agencies = dict(Party.objects.filter(kind=Party.Kind.AGENCY).values_list("name", "pk"))
        self._matters = [matter for matter in MATTERS.values() if matter.agency in self._agencies]
        known = PerformedKey.objects.filter(key__startswith=f"demo-{seed}-crowd-").values_list("key", flat=True)
        self._waiting = self._in_order(set(known))
        self._next = next(self._waiting, None)

    def upto(self, day: date) -> None:
        """Write, a batch at a time, what came in by `day`."""
        batch: list[tuple[str, dict[str, Any]]] = []
        while self._next is not None and self._next[0] <= day:
            batch.append(self._next[1:])
            self._next = next(self._waiting, None)
            if len(batch) == BATCH:
                self._write(batch)
                batch = []
        self._write(batch)

    def _write(self, batch: list[tuple[str, dict[str, Any]]]) -> None:
        if not batch:
            return
        with transaction.atomic():
            lane = PastCaseLane(self.office["officer"], self.today, derives_all=True)
            lane.expect(entry for _key, entry in batch)
            for key, entry in batch:
                lane.add(entry, key)
            self.made += len(lane.write())

    def _in_order(self, known: set[str]) -> Iterator[tuple[date, str, dict[str, Any]]]:
        days = []
        for number in range(self.size):
            if (key := f"demo-{self.seed}-crowd-{number}") not in known:
                chance = random.Random(key)
                days.append((self._received(chance), number, key, chance))
        for received, number, key, chance in sorted(days, key=lambda item: item[:2]):
            yield received, key, self._entry(received, number, chance)

    def _received(self, chance: random.Random) -> date:
        first = max(EARLIEST, self.today - YEARS)
        return Days.at_work(first + timedelta(days=chance.randrange(max(1, (self.today - first).days))))

    def _entry(self, received: date, number: int, chance: random.Random) -> dict[str, Any]:
        matter = chance.choice(self._matters)
        is_omission = matter.kind == Kind.OMISSION
        acted = Days.at_work(received - timedelta(days=chance.randint(8, 50)))
        # Reconsideration Law 2023, art. 53: disclosure is one of the kinds that may be simplified
        may_be_quick = matter.kind == Kind.DISCLOSURE or (matter.amount or 9999) <= 3000
        is_quick = received >= NEW_LAW and may_be_quick and chance.random() < 0.7
        course = Course(chance, received, Track.SIMPLIFIED if is_quick else Track.ORDINARY)
        happened = course.known_on(self.today)
        kinds = {entry["kind"] for entry in happened}
        is_open = kinds <= {*BEFORE_ACCEPTANCE, *IN_TRIAL}
        handler = "head" if chance.random() < 0.15 else "officer"
        return {
            "title": f"认为{matter.agency}不履行{matter.act}" if is_omission else "",
            "act_title": matter.act,
            "act_number": f"{matter.series}〔{acted.year}〕{number + 500}号" if matter.series else "",
            "acted_on": None if is_omission else acted,
            "known_on": None if is_omission else min(Days.after(acted, chance.randint(1, 4)), received),
            "matter": matter.kind,
            "area": matter.area,
            "amount_yuan": matter.amount,
            "application_method": chance.choices(("in_person", "post", "online", "oral"), (55, 20, 20, 5))[0],
            "requests": told(matter.requests, acted),
            "reasons": told(matter.reasons, acted),
            "track": course.track if "accepted" in kinds else "",
            "outcome": course.outcome if "decided" in kinds else "",
            "is_open": "on" if is_open else "",
            "lead_handler": self.office[handler].pk,
            "people": self._people(number, chance),
            "respondents": [self._agencies[matter.agency]],
            "happened": happened,
        }

    def _people(self, number: int, chance: random.Random) -> list[dict[str, Any]]:
        """Most come once; a quarter are among the few who come again and again; some are firms."""
        lot = chance.random()
        if lot < 0.05:
            people = [_firm(chance.randrange(INSTITUTIONS))]
        elif lot < 0.30:
            people = [self._person(chance.randrange(max(1, self.size // 100)))]
        else:
            people = [self._person(self.size + number)]
        if chance.random() < 0.08:
            people.append(self._person(2 * self.size + number) | {"role": "third_party"})
        return people

    def _person(self, which: int) -> dict[str, Any]:
        chance = random.Random(f"demo-{self.seed}-person-{which}")
        town, sex = chance.choice(TOWNS), chance.choice("MF")
        born = date(1950, 1, 1) + timedelta(days=which % 18_000)
        return {
            "name": invented_name(chance),
            "identity_kind": "RID",
            "identity_number": resident_number(which // 18_000 + 1, born, sex),
            "phone": f"139{which % 10**8:08d}",
            "address": f"达拉特旗{town}",
            "ethnicity": "蒙古族" if chance.random() < 0.1 else "汉族",
            "is_another": "on",
        }


def _firm(which: int) -> dict[str, Any]:
    name = f"达拉特旗{SURNAMES[which % len(SURNAMES)]}{GIVEN[which // len(SURNAMES)]}商贸有限公司"
    return {
        "kind": "organisation",
        "name": name,
        "identity_kind": "USCC",
        "identity_number": credit_number(90_000 + which),
        "is_another": "on",
    }
