"""Applications in any number for the official tables, written straight into the register, and a slow count of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from casemgr.cases.models import Case, Event, Participation
from casemgr.parties.models import Party
from reconsideration.models import ManagementAreaRow, ReconsiderationFacts
from tests.support.register import unit

_number = count(1)
DAY = timedelta(days=1)
MERITS = (
    *("upheld", "annulled", "partly_annulled", "changed", "confirmed_illegal", "confirmed_void", "perform_ordered"),
    *("agreement", "compensation", "request_rejected"),
)
MATTERS = ("penalty", "disclosure", "omission", "licence", "expropriation", "")
LEVELS = ("town_government", "department", "banner_government", "dispatched_body", "authorised_organisation", "other")
Entry = tuple[str, date | None, dict[str, Any]]


@dataclass
class Application:
    """One case as a generator tells it: entries in the order in which they were recorded."""

    entries: list[Entry]
    matter: str = "penalty"
    area: int | None = None
    level: str = "department"
    applicants: int = 1
    track: str = "ordinary"
    ground: str = ""
    state: str = "RECEIVED"
    is_past: bool = False
    left: set[str] = field(default_factory=set)


def a_course(chance: Random, received: date) -> Application:
    """One application on a random way, with its corrections and strikes; some of them odd."""
    told = Application([("received", received, {})], chance.choice(MATTERS), None, chance.choice(LEVELS))
    told.applicants = chance.choice((1, 1, 1, 2, 6, 11))
    told.track = chance.choice(("ordinary", "ordinary", "simplified"))
    day = received
    entries = told.entries

    def then(kind: str, most: int = 20, **data: Any) -> None:
        nonlocal day
        day += DAY * chance.randrange(most)
        entries.append((kind, day, data))

    if not chance.randrange(6):
        then("correction_notice_issued", 5)
        if chance.randrange(2):
            then("corrected", 15)
    way = chance.randrange(12)
    if way == 0:
        told.ground = str(chance.randrange(1, 8))
        told.state = "NOT_ACCEPTED"
        then("refused", 6)
        if chance.randrange(2):
            then("accepted", 40, by_order=True)
            told.state = "ACCEPTED"
            if chance.randrange(2):
                then("decided", 60, outcome=chance.choice(MERITS))
                told.state = "DECIDED"
    elif way == 1:
        told.state = "ABANDONED"
        then("abandoned", 20)
    elif way == 2:
        told.state = "NOT_HANDLED"
        then("not_handled", 6)
    elif way == 3:
        told.state = "VOID"
        then("voided", 3)
    elif way == 4:
        told.state = "ABANDONED"
        then("withdrawn", 5)
    elif way > 5:
        _tried(chance, told, then)
    if not chance.randrange(8):
        root = chance.randrange(len(entries))
        kind, on, _data = entries[root]
        if kind != "received" or chance.randrange(2):
            moved = (on or day) + DAY * chance.randrange(-3, 4)
            entries.append(("date_corrected", moved, {"corrects": root}))
    return told


def _tried(chance: Random, told: Application, then: Any) -> None:
    then("accepted", 6, **({"deemed": True} if not chance.randrange(4) else {}))
    told.state = "ACCEPTED"
    if not chance.randrange(4):
        then("suspended", 10)
        if chance.randrange(3):
            then("resumed", 40)
    for kind in ("extended", "hearing_held", "committee_advised"):
        if not chance.randrange(5):
            then(kind, 10)
    end = chance.randrange(9)
    if end < 4:
        then("decided", 60, outcome=chance.choice((*MERITS, "", "not_accepted")))
        told.state = "DECIDED"
        if not chance.randrange(3):
            then("sued", 30)
        if not chance.randrange(4):
            then("opinion_letter_issued", 20)
    elif end == 4:
        then("terminated", 60, ground="withdrawn", **({"after_settlement": True} if chance.randrange(2) else {}))
        told.state = "TERMINATED"
    elif end == 5:
        then("terminated", 60, ground="sixty_days")
        told.state = "TERMINATED"
    elif end == 6:
        then(chance.choice(("mediated", "dismissed", "handed_up")), 60)
        told.state = "MEDIATED"
    if not chance.randrange(10):
        told.entries.append(("struck", None, {"corrects": len(told.entries) - 1}))


def an_office(seed: int, number: int, first: date, last: date) -> list[Application]:
    chance = Random(seed)
    areas = list(ManagementAreaRow.objects.values_list("pk", flat=True)[:4])
    found = []
    for _one in range(number):
        told = a_course(chance, first + DAY * chance.randrange((last - first).days))
        told.area = chance.choice([*areas, None])
        told.is_past = not chance.randrange(10)
        if told.is_past and not chance.randrange(2):
            told.entries[0] = ("received", None, {})
        found.append(told)
    return found


def write(told: Iterable[Application], at: str = "150621-SFJ-FY") -> list[Case]:
    """Case, facts, parties and entries of each, by a few inserts."""
    told, office = list(told), unit(at)
    agencies = {level: _agency(level) for level in LEVELS}
    people = [Party.objects.get_or_create(kind="person", name=f"申请人{number}")[0] for number in range(1, 12)]
    cases = []
    for one in told:
        number = next(_number)
        day = next((on for _kind, on, _data in one.entries if on), date(2026, 1, 1))
        cases.append(
            Case(
                procedure="reconsideration", number=f"达测复字〔{day.year}〕{number}号", number_year=day.year,
                number_sequence=number, title="不服行政处罚决定", unit=office, state=one.state, stage="open",
                opened_on=day, is_past_record=one.is_past,
            )
        )  # fmt: skip
    cases = Case.objects.bulk_create(cases)
    ReconsiderationFacts.objects.bulk_create(
        ReconsiderationFacts(
            case_id=case.pk, application_method="post", matter=one.matter, area_id=one.area, track=one.track,
            refusal_ground=one.ground,
        )
        for case, one in zip(cases, told, strict=True)
    )  # fmt: skip
    parts = []
    for case, one in zip(cases, told, strict=True):
        parts.append(Participation(case_id=case.pk, party=agencies[one.level], role="respondent", name="机关"))
        parts += [
            Participation(case_id=case.pk, party=party, role="applicant", order=order, name=party.name)
            for order, party in enumerate(people[: one.applicants], 1)
        ]
    Participation.objects.bulk_create(parts)
    for case, one in zip(cases, told, strict=True):
        add_entries(case, one.entries)
    return cases


def add_entries(case: Case, entries: Iterable[Entry]) -> None:
    """As recorded in this order; `corrects` in their data is the place of the entry they concern."""
    known = list(Event.objects.filter(case=case).order_by("sequence"))
    for kind, on, data in entries:
        rest = {name: value for name, value in data.items() if name != "corrects"}
        corrects = known[data["corrects"]] if "corrects" in data else None
        event = Event(case_id=case.pk, kind=kind, occurred_on=on, sequence=len(known) + 1, corrects=corrects, data=rest)
        event.save()
        known.append(event)


def _agency(level: str) -> Party:
    return Party.objects.get_or_create(kind="agency", name=f"机关 {level}", agency_kind=level)[0]


def slow_t1(told: Iterable[Application], first: date, last: date, keep: Any = lambda one: True) -> dict[str, int]:
    """Table T1 of these, looked at one by one, as a clerk with a pencil would."""
    found: Counter[str] = Counter()
    for one in told:
        if one.state != "VOID" and keep(one):
            _count(one, first, last, found)
    return {code: number for code, number in found.items() if number}


def _standing(one: Application) -> list[tuple[str, date, Mapping[str, Any]]]:
    days: dict[int, date | None] = {}
    gone = {data["corrects"] for kind, _on, data in one.entries if kind == "struck"}
    for place, (kind, on, data) in enumerate(one.entries):
        if kind == "date_corrected":
            if place not in gone:
                days[data["corrects"]] = on
        else:
            days[place] = on
    listed = [
        (days[place], place)
        for place, (kind, _on, _data) in enumerate(one.entries)
        if kind not in ("struck", "date_corrected") and place not in gone and days[place] is not None
    ]
    return [(one.entries[place][0], day, one.entries[place][2]) for day, place in sorted(listed)]


PRE = {"refused": "refused", "abandoned": "abandoned", "not_handled": "not_handled"}
POST = {"dismissed": "end_dismissed", "mediated": "end_mediated", "terminated": "end_terminated",
        "handed_up": "end_taken_up"}  # fmt: skip


def _count(one: Application, first: date, last: date, found: Counter[str]) -> None:
    entries = _standing(one)
    if not entries:
        return

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    periods: list[list[Any]] = []  # [opened, how, closed, column]
    for kind, day, data in entries:
        is_open = bool(periods) and periods[-1][2] is None
        if not periods:
            periods.append([day, "new", None, "", {}])
            is_open = True
        if kind in PRE and is_open:
            periods[-1][2:] = [day, PRE[kind], data]
        elif kind in POST and is_open:
            periods[-1][2:] = [day, POST[kind], data]
        elif kind == "decided" and is_open:
            outcome = data.get("outcome")
            periods[-1][2:] = [day, f"end_{outcome}" if outcome in MERITS else "end_other", data]
        elif kind == "accepted" and not is_open:
            periods.append([day, "reopened", None, "", {}])
    if one.state in ("ABANDONED", "TERMINATED") and periods[-1][2] is None:
        asked = [day for kind, day, _data in entries if kind == "withdrawn"]
        if asked:
            accepted = any(kind == "accepted" for kind, _day, _data in entries)
            periods[-1][2:] = [asked[-1], "end_terminated" if accepted else "abandoned", {}]
    if one.is_past and periods[-1][2] is None:
        return
    for opened, how, closed, column, data in periods:
        found["carried"] += opened < first and (closed is None or closed >= first)
        found[how] += within(opened)
        found["open"] += opened <= last and (closed is None or closed > last)
        if within(closed):
            found[column] += 1
            is_end = column.startswith("end_")
            found["closed"] += is_end
            found["simplified"] += is_end and one.track == "simplified"
            found["no_jurisdiction"] += column == "refused" and one.ground == "6"
            if column == "end_terminated" and data.get("ground") == "withdrawn":
                found["term_settled" if data.get("after_settlement") else "term_withdrawn"] += 1
        if how == "new" and within(opened):
            found["applicants"] += one.applicants
            found["group"] += one.applicants > (10 if opened >= date(2026, 7, 1) else 5)
    _count_trials(entries, periods, within, last, found)
    for kind, column in (("extended", "extended"), ("hearing_held", "hearings"), ("committee_advised", "committee"),
                         ("opinion_letter_issued", "opinions")):  # fmt: skip
        found[column] += sum(within(day) for name, day, _data in entries if name == kind)


def _count_trials(entries: Any, periods: Any, within: Any, last: date, found: Counter[str]) -> None:
    trials: list[tuple[date, date | None]] = []

    def tried(day: date) -> bool:
        return any(since <= day and (until is None or day < until) for since, until in trials)

    for opened, how, closed, _column, _data in periods:
        accepted = [
            (day, data)
            for kind, day, data in entries
            if kind == "accepted" and opened <= day and (closed is None or day <= closed)
            and not (data.get("by_order") and how == "new" and len(periods) > 1)
        ]  # fmt: skip
        for day, data in accepted[:1]:
            trials.append((day, closed))
            found["accepted"] += within(day)
            found["deemed"] += within(day) and bool(data.get("deemed"))
            found["ordered"] += within(day) and bool(data.get("by_order"))
            found["in_trial"] += day <= last and (closed is None or closed > last)
    for begins, ends, column in (
        ("suspended", ("resumed", "decided", *POST), "suspended"),
        ("correction_notice_issued", ("corrected", "accepted", "withdrawn", *PRE), "correcting"),
    ):
        since = None
        spans = []
        for kind, day, _data in entries:
            if kind == begins and since is None:
                since = day
            elif kind in ends and since is not None:
                spans.append((since, day))
                since = None
        if since is not None:
            spans.append((since, periods[-1][2]))
        for on, until in spans:
            counts = tried(last) if column == "suspended" else not tried(on)
            found[column] += counts and on <= last and (until is None or max(until, on) > last)
