"""T11 and the help of mediation organisations against a count by hand, on any day; and what the public reads."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from casemgr.actions.system import system_actor
from casemgr.cases import events
from casemgr.cases.models import CaseLink, Event, Referral
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table
from casemgr.indicators.period import year_of
from casemgr.indicators.rollup import refresh
from casemgr.indicators.rows import listing
from reconsideration.models import MediationHelp, ReconsiderationCase
from reconsideration.openness.public.figures import counted
from reconsideration.terms import Outcome
from tests.support.mediation import dispute
from tests.support.register import OTHER, person, received_case, record, unit

BY_CORRECTING = (*("annulled", "partly_annulled", "changed", "confirmed_illegal", "confirmed_void", "perform_ordered"),)
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 3, 5)
DAYS = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1), TODAY]
ENDING = ("decided", "dismissed", "terminated", "mediated")
KIND = {Outcome.APPLICATION_DISMISSED: "dismissed", Outcome.TERMINATED: "terminated", Outcome.MEDIATED: "mediated",
        Outcome.NOT_ACCEPTED: "refused"}  # fmt: skip


@pytest.fixture(params=[11, 12])
def cases(request: Any) -> list[ReconsiderationCase]:
    """Fifty cases closed at turns of years, some corrected, struck, sued, void, linked, or with help."""
    chance = random.Random(request.param)
    officer, made = person("li", "officer"), []
    outcomes = list(Outcome)
    for number in range(50):
        on = chance.choice(DAYS) - chance.choice((0, 0, 1, 30)) * DAY
        case = received_case(on - 40 * DAY, TODAY, handler=officer, at=OTHER if number % 4 == 0 else "150621-SFJ-FY")
        outcome = outcomes[number % len(outcomes)]
        record(case, TODAY, ("accepted", on - 35 * DAY))
        if number % 11 == 10:
            made.append(case)
            continue
        kind = KIND.get(outcome, "decided")
        data = {"ground": chance.choice(("withdrawn", "criminal_case"))} if kind == "terminated" else {}
        ended = events.record(case, kind, on, **data)
        if chance.random() < 0.2:
            moved = events.record(case, events.CORRECTION, on + chance.choice((-1, 1, 2)) * DAY, corrects=ended)
            if chance.random() < 0.4:
                events.record(case, events.STRIKE, on, corrects=moved)
        if chance.random() < 0.1:
            events.record(case, events.STRIKE, on, corrects=ended)
        if chance.random() < 0.3:
            sued = events.record(case, "sued", on + chance.randrange(20) * DAY)
            if chance.random() < 0.3:
                events.record(case, events.STRIKE, on, corrects=sued)
        case.outcome = outcome
        record(case, TODAY, state="VOID" if number % 17 == 16 else "DISMISSED")
        if chance.random() < 0.3:
            later = dispute(on + 10 * DAY, TODAY)
            if chance.random() < 0.4:
                type(later).objects.filter(pk=later.pk).update(state="VOID")
            CaseLink.objects.create(kind="sued_over", from_case=later, to_case=case)
        if chance.random() < 0.4:
            sent = Referral.objects.create(direction="internal", dock="reconsideration", kind="joint", case=case,
                                           state=chance.choice(("SENT", "CANCELLED", "ACCEPTED")),
                                           procedure="reconsideration", unit=unit())  # fmt: skip
            MediationHelp.objects.create(case=case, referral=sent, organisation="调委会", asked_on=on)
        made.append(case)
    refresh([case.pk for case in made])
    return made


def facts(case: ReconsiderationCase) -> list[tuple[date, Event]]:
    """The entries that stand, with their day as corrected."""
    rows = list(Event.objects.filter(case_id=case.pk).order_by("sequence"))
    gone = {row.corrects_id for row in rows if row.kind == "struck"}
    days: dict[int, date] = {}
    for row in rows:
        if row.pk in gone or row.kind == "struck" or row.occurred_on is None:
            continue
        if row.kind == "date_corrected":
            days[row.corrects_id] = row.occurred_on
        else:
            days.setdefault(row.pk, row.occurred_on)
    return [(days[row.pk], row) for row in rows if row.pk in days and row.kind != "date_corrected"]


def by_hand(case: ReconsiderationCase) -> dict[str, Any] | None:
    found = ReconsiderationCase.objects.get(pk=case.pk)
    told = facts(case)
    ends = [(day, row) for day, row in told if row.kind in ENDING]
    if (
        found.state == "VOID"
        or not ends
        or found.outcome in ("", "not_accepted", "not_handled", "abandoned", "taken_up")
    ):
        return None
    sued = [day for day, row in told if row.kind == "sued"]
    links = CaseLink.objects.filter(to_case_id=case.pk, kind="sued_over").exclude(from_case__state="VOID")
    sued += [link.from_case.opened_on for link in links]
    grounds = [row.data.get("ground") for _day, row in ends if row.kind == "terminated"]
    is_withdrawn = found.outcome == "terminated" and grounds[-1:] == ["withdrawn"]
    helps = MediationHelp.objects.filter(case_id=case.pk)
    return {
        "on": min(day for day, _row in ends),
        "merits": found.outcome not in ("dismissed", "terminated", "mediated"),
        "corrected": found.outcome in BY_CORRECTING,
        "settled": found.outcome == "mediated" or is_withdrawn,
        "sued_on": min(sued, default=None),
        "helped": any(one.referral.state != "CANCELLED" for one in helps),
    }


def test_the_quality_of_decisions_equals_a_count_by_hand(cases: list[ReconsiderationCase], subtests: Any) -> None:
    rows = [row for case in cases if (row := by_hand(case)) is not None]
    hits = {
        "direct-correction": lambda row, as_of: row["corrected"],
        "mediated-or-withdrawn": lambda row, as_of: row["settled"],
        "sued-after": lambda row, as_of: row["sued_on"] is not None and row["sued_on"] <= as_of,
        "help-offered": lambda row, as_of: row["helped"],
    }
    seen = dict.fromkeys(hits, 0)
    for code, is_hit in hits.items():
        for as_of in DAYS:
            for year in (as_of.year - 1, as_of.year):
                with subtests.test(code, as_of=as_of, year=year):
                    counted = [row for row in rows if row["on"].year == year and row["on"] <= as_of]
                    counted = [row for row in counted if row["merits"] or code != "direct-correction"]
                    expected = sum(bool(is_hit(row, as_of)) for row in counted), len(counted)
                    one = indicators()[code]
                    found = table(one, year_of(year, as_of), system_actor, TODAY, "cause").total
                    assert (found.numerator, found.denominator) == expected
                    listed = listing(one, year_of(year, as_of), system_actor, TODAY, {}, "hit")
                    lines = listed.lines(listed.first())
                    assert len(lines) == expected[0] and all(line.hit for line in lines)
                    missed = listing(one, year_of(year, as_of), system_actor, TODAY, {}, "missed")
                    assert missed.counted().count() == expected[1] - expected[0]
                    seen[code] += expected[0]
    assert all(seen.values()), seen


def test_the_public_reads_the_same_rate(cases: list[ReconsiderationCase]) -> None:
    """What is published of a year is what the figure says, and nothing where it would be one or two."""
    for year in (2023, 2024, 2025):
        found = table(indicators()["direct-correction"], year_of(year, date(year, 12, 31)), system_actor, TODAY).total
        told = counted(year)
        for name, count in (("corrected", found.numerator), ("merits", found.denominator)):
            assert told[name] == (count if count == 0 or count >= 3 else None)
