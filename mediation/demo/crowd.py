"""The many disputes beside the stories: three years of the banner by the bulk lane, in the mix of its committees."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from casemgr.ledgers.batches import batches
from casemgr.organisation.models import Unit
from mediation.demo.mix import (
    BY_COURT,
    FORMS_WRITTEN,
    MONTHS,
    OWN_MOTION,
    SOURCES,
    SUMMARIES,
    TYPES,
    amount_by,
    days_by,
    people_by,
)
from mediation.demo.people import entry, name_by
from mediation.models import Committee
from mediation.registration.past_bulk import PastDisputeLane

YEARS = 3
BATCH = 400
STREET_FACTOR: Mapping[str, float] = {"14": 2.5, "07": 0.2}
"""Streets have more disputes with property firms and fewer over land; towns the reverse (dossier §7.3)."""
SUCCESS, PERFORMED, CONFIRMED = 0.965, 0.98, 0.12


class Crowd:
    """`size` disputes, evenly over three years but for the seasons; the same seed makes the same ones."""

    def __init__(self, office: Mapping[str, Any], today: date, size: int, seed: int) -> None:
        self.office, self.today, self.size, self.seed = office, today, size, seed

    def write(self) -> int:
        """Write those that are not there yet, in the order of their registration; says how many."""
        made = 0
        for some in batches(self._plans(), BATCH):
            with transaction.atomic():
                lane = PastDisputeLane(self.office["guidance"], self.today, derives_all=True)
                known = lane.known_key(key for key, _entry in some)
                entries = [(key, entry) for key, entry in some if key not in known]
                lane.expect(entry for _key, entry in entries)
                for key, told in entries:
                    lane.add(told, key)
                made += len(lane.write())
        return made

    def _plans(self) -> Iterator[tuple[str, dict[str, Any]]]:
        if not self.size:
            return
        bodies = [one.unit for one in Committee.objects.standing().select_related("unit__parent").order_by("pk")]
        plans = []
        for number in range(self.size):
            key = f"demo-crowd-{self.seed}-{number}"
            chance = random.Random(key)
            plans.append((self._registered(chance), number, key, chance))
        for registered, number, key, chance in sorted(plans, key=lambda plan: plan[:2]):
            yield key, self._entries(number, registered, chance, chance.choice(bodies))

    def _registered(self, chance: random.Random) -> date:
        """A day of the last three years, months weighed as the banner's year goes."""
        while True:
            day = self.today - timedelta(days=chance.randrange(1, YEARS * 365))
            if chance.random() * max(MONTHS) <= MONTHS[day.month - 1]:
                return day

    def _entries(self, number: int, registered: date, chance: random.Random, unit: Unit) -> dict[str, Any]:
        kind = _kind_by(chance, unit)
        source = chance.choices(list(SOURCES), list(SOURCES.values()))[0]
        course = _Course(chance, registered, kind, source)
        told = course.known_on(self.today)
        kinds = {one["kind"] for one in told}
        people = people_by(chance)
        is_over = "closed" in kinds
        place = unit.name.removesuffix("人民调解委员会").removesuffix("纠纷")
        return {
            "source": _source_of(source),
            "sub_source": source,
            "dispute_type": kind,
            "place": place if place.startswith("达拉特旗") else f"达拉特旗{place}",
            "summary": SUMMARIES[kind[:2]],
            "amount_yuan": amount_by(chance),
            "number_of_people": people,
            "unit": unit.pk,
            "mediators": self.office["mediator"].full_name if unit.path.startswith(self._own_path) else name_by(chance),
            "lead_handler": self.office["mediator"].pk if unit.path.startswith(self._own_path) else "",
            "outcome": course.outcome if is_over or "agreed" in kinds else "",
            "agreement_form": course.form if "agreed" in kinds else "",
            "performance": course.performance if "agreed" in kinds and is_over else "",
            "is_open": "" if is_over else "on",
            "people": [self._person(number, place_in, chance, place) for place_in in range(min(people, 3))],
            "happened": told,
        }

    @property
    def _own_path(self) -> str:
        if not hasattr(self, "_path"):
            self._path = Unit.objects.get(code="150621100").path
        return self._path

    def _person(self, number: int, place_in: int, chance: random.Random, place: str) -> dict[str, Any]:
        role = "respondent" if place_in == 1 else "applicant"
        serial = 1000 + number * 3 + place_in
        return entry(name_by(chance), role, serial, chance.choice("MF"), f"达拉特旗{place}")


def _kind_by(chance: random.Random, unit: Unit) -> str:
    is_street = unit.parent is not None and unit.parent.kind == Unit.Kind.STREET
    weights = [
        share * (STREET_FACTOR.get(kind[:2], 1.0) if is_street else 1 / STREET_FACTOR.get(kind[:2], 1.0) ** 0.35)
        for kind, share in TYPES.items()
    ]
    return chance.choices(list(TYPES), weights)[0]


def _source_of(sub_source: str) -> str:
    if sub_source in OWN_MOTION:
        return "own_motion"
    return "application" if sub_source in ("written", "oral") else "referred"


class _Course:
    """What happened on which day; what lies after `today` is cut off by `known_on`."""

    def __init__(self, chance: random.Random, registered: date, kind: str, source: str) -> None:
        self.happened: list[dict[str, Any]] = []
        self.form = self.performance = ""
        self._note("registered", registered)
        if source in BY_COURT:
            self._note("court_papers_received", registered)
        elif source in ("written", "oral"):
            self._note("application_received", registered)
        accepted = registered + timedelta(days=chance.choice((0, 0, 0, 1, 2)))
        self._note("accepted", accepted)
        end = accepted + timedelta(days=days_by(chance, limit=_limit(kind, source)))
        self._note("rights_told", accepted)
        self._note("mediation_begun", accepted)
        self._note("session_held", end)
        if chance.random() < SUCCESS:
            self.outcome = "agreed"
            self._agree(chance, kind, end, source)
        else:
            self.outcome = chance.choice(("failed", "failed", "terminated"))
            self._note(self.outcome, end)
            self._note("advice_given", end)
            if _source_of(source) == "referred":
                self._note("returned", end + timedelta(days=1))
            self._note("closed", end + timedelta(days=3))

    def _agree(self, chance: random.Random, kind: str, on: date, source: str) -> None:
        must_write = kind[:2] in ("10", "12") or kind in ("0701", "0702") or source in BY_COURT
        self.form = "written" if must_write or chance.random() < FORMS_WRITTEN else "oral"
        self._note("agreed", on)
        effective = on + timedelta(days=chance.choice((0, 0, 1, 2))) if self.form == "written" else on
        self._note("agreement_effective", effective)
        if _source_of(source) == "referred":
            self._note("result_sent", effective + timedelta(days=1))
        if self.form == "written" and source != "court_entrusted" and chance.random() < CONFIRMED:
            filed = effective + timedelta(days=chance.randrange(1, 25))
            self._note("confirmation_filed", filed)
            self._note("confirmation_accepted", filed + timedelta(days=2))
            self._note("confirmation_valid", filed + timedelta(days=chance.randrange(3, 12)))
        done = effective + timedelta(days=chance.choice((0, 0, 3, 10, 30, 60)))
        if chance.random() < PERFORMED:
            self.performance = "performed"
            self._note("performed", done)
        else:
            self.performance = "not_performed"
            self._note("breached", done + timedelta(days=5))
            self._note("advice_given", done + timedelta(days=6))
        self._note("closed", max(done, self.happened[-1]["on"]) + timedelta(days=chance.randrange(1, 12)))

    def _note(self, kind: str, on: date) -> None:
        self.happened.append({"kind": kind, "on": on})

    def known_on(self, today: date) -> list[dict[str, Any]]:
        """What has happened by `today`. An agreement is known only with its effect: until then the talks go on."""
        known = [one for one in self.happened if one["on"] <= today]
        kinds = {one["kind"] for one in known}
        if "closed" in kinds:
            return known
        if "agreement_effective" not in kinds:
            return [one for one in known if one["kind"] in _BEFORE_END]
        return [
            one for one in known if one["kind"] in (*_BEFORE_END, "agreed", "agreement_effective", "confirmation_filed")
        ]


_BEFORE_END = (
    *("registered", "application_received", "court_papers_received", "accepted", "rights_told", "mediation_begun"),
    "session_held",
)


def _limit(kind: str, source: str) -> int:
    """The longest a dispute of the crowd takes: within its own clock."""
    if source == "court_delegated":
        return 27
    if source == "court_entrusted":
        return 4
    return 12 if kind[:2] == "10" else 28
