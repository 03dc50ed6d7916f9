"""Figures of people's mediation against a count by hand: entry by entry, without the reading that the tables use."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import mean, median
from typing import Any

import pytest

from casemgr.actions.system import system_actor
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import CaseLink, Event, Referral
from casemgr.indicators.definition import indicators, kept
from casemgr.indicators.figures import table
from casemgr.indicators.models import CountedRow
from casemgr.indicators.period import year_of
from casemgr.indicators.rollup import counted_rows, keep_all_facts, kept_rows, refresh
from casemgr.indicators.selfcheck import check_facts
from mediation.models import Committee, DisputeDays, Lead, MediationCase
from mediation.tables.counting import sheet
from mediation.tables.m1 import M1
from mediation.tables.months import Month
from tests.mediation.docks.test_docks import _table, letter, proposal, send, take_over
from tests.support.mediation import COMMITTEE, dispute, mediator
from tests.support.mediation import committee as committee_unit
from tests.support.organisations import committee_row, town
from tests.support.register import person, received_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 3, 5)
DAYS = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1), TODAY]
ENDS = ("performed", "confirmation_filed", "confirmation_valid", "ruling_revoked", "sued", "agreement_superseded")


def happened(case: MediationCase, chance: random.Random) -> None:
    """A course of entries as a clerk might leave it, right or put right afterwards."""
    on = chance.choice(DAYS) - chance.randrange(40) * DAY
    course: list[tuple[str, dict[str, Any]]] = [("accepted", {})] if chance.random() < 0.9 else []
    course.append(("mediation_begun", {}))
    end = chance.choice(("agreed", "agreed", "agreed", "failed", "terminated", "withdrawn", "referred_out", "open"))
    if end == "agreed":
        form = chance.choice(({"form": "written"}, {"form": "written"}, {"form": "oral"}))
        course += [("agreed", {}), ("agreement_effective", {"subject": "round:1", **form})]
        course += [(kind, {"subject": chance.choice(("round:1", ""))}) for kind in ENDS if chance.random() < 0.4]
        if chance.random() < 0.3:
            course.append(("agreement_effective", {"subject": "round:2", "form": "written"}))
    elif end == "terminated":
        course.append(("terminated", {"ground": chance.choice(("settled_alone", "refused"))}))
    elif end == "withdrawn":
        course.append(("withdrawn", {"settled": chance.random() < 0.5}))
    elif end != "open":
        course.append((end, {}))
    if end != "open" and chance.random() < 0.85:
        course.append(("closed", chance.choice(({"performance": "performed"}, {}))))
    for kind, data in course:
        on += chance.choice((0, 0, 1, 3, 20)) * DAY
        subject = data.pop("subject", "")
        event = events.record(case, kind, on, subject=subject, **data)
        if chance.random() < 0.15:
            moved = on + chance.choice((-2, 1, 40)) * DAY
            corrected = events.record(case, events.CORRECTION, moved, corrects=event, subject=subject)
            if chance.random() < 0.3:
                events.record(case, events.STRIKE, moved, corrects=corrected, subject=subject)
        if chance.random() < 0.06:
            events.record(case, events.STRIKE, on, corrects=event, subject=subject)
    settle(case, TODAY)


def standing(case: MediationCase) -> list[tuple[date, int, Event]]:
    """What stands, in the order of the law: found by looking for what strikes or moves each entry."""
    rows = list(Event.objects.filter(case_id=case.pk))
    gone = {one.corrects_id for one in rows if one.kind == "struck"}
    found = []
    for one in rows:
        if one.kind in ("struck", "date_corrected") or one.pk in gone:
            continue
        moves = [
            row for row in rows if row.kind == "date_corrected" and row.corrects_id == one.pk and row.pk not in gone
        ]
        day = max(moves, key=lambda row: row.sequence).occurred_on if moves else one.occurred_on
        if day is not None:
            found.append((day, one.sequence, one))
    return sorted(found, key=lambda row: row[:2])


def by_hand(case: MediationCase) -> dict[str, Any] | None:
    """The days of a dispute, or None where it counts nowhere."""
    told = standing(case)
    of: dict[str, list[tuple[date, int, Event]]] = {}
    for row in told:
        of.setdefault(row[2].kind, []).append(row)
    begun = [row for kind in ("accepted",) for row in of.get(kind, [])]
    if not begun:
        kinds = ("mediation_begun", "session_held", "agreed", "agreement_effective", "failed")
        begun = [row for kind in kinds for row in of.get(kind, [])]
    if case.state == "VOID" or "referred_out" in of or not begun or set(case.facts.tags) & {"行政调解", "司法调解"}:
        return None
    replaced = {row[2].subject for row in of.get("agreement_superseded", [])}
    agreements = [row for row in of.get("agreement_effective", []) if row[2].subject not in replaced]
    agreement = agreements[-1] if agreements else None
    days: dict[str, Any] = {"taken_on": min(row[0] for row in begun), "closed_on": None, "success_on": None,
                            "performed_on": None, "filed_on": None, "confirmed_on": None, "sued_on": None}  # fmt: skip
    for kind, name in (("closed", "closed_on"), ("sued", "sued_on")):
        days[name] = min((row[0] for row in of.get(kind, [])), default=None)
    if agreement is None:
        ends = sorted([*of.get("terminated", []), *of.get("withdrawn", [])], key=lambda row: row[:2])
        if ends:
            last = ends[-1]
            alone = last[2].data.get("settled") if last[2].kind == "withdrawn" else (
                last[2].data.get("ground") == "settled_alone")  # fmt: skip
            days["success_on"] = last[0] if alone else None
        return days
    days["success_on"] = agreement[0]

    def its(kind: str) -> list[tuple[date, int, Event]]:
        return [row for row in of.get(kind, []) if row[2].subject in (agreement[2].subject, "")]

    if performed := its("performed"):
        days["performed_on"] = performed[0][0]
    elif (closed := of.get("closed", [])) and closed[-1][:2] > agreement[:2]:
        days["performed_on"] = closed[-1][0] if closed[-1][2].data.get("performance") == "performed" else None
    if agreement[2].data["form"] == "written" and "confirmation_filed" in of:
        days["filed_on"] = min(row[0] for row in of["confirmation_filed"])
        rulings = sorted([*its("confirmation_valid"), *its("ruling_revoked")], key=lambda row: row[:2])
        if rulings and rulings[-1][2].kind == "confirmation_valid":
            days["confirmed_on"] = rulings[-1][0]
    return days


def rate(rows: Iterable[dict], on: str, hit: str, year: int, as_of: date) -> tuple[int, int]:
    counted = [row for row in rows if row[on] and row[on].year == year and row[on] <= as_of]
    return sum(bool(row[hit]) and row[hit] <= as_of for row in counted), len(counted)


FIGURES = {
    "success-of-closed": ("closed_on", "success_on", ()),
    "success-of-taken-on": ("taken_on", "success_on", ()),
    "agreements-performed": ("closed_on", "performed_on", ("agreed",)),
    "confirmation-applied": ("closed_on", "filed_on", ("success_on",)),
    "confirmation-valid": ("closed_on", "confirmed_on", ("success_on", "filed_on")),
    "went-on": ("closed_on", "went_on", ()),
    "settled-in-village": ("closed_on", "in_village", ("success_on",)),
    "settled-in-town": ("closed_on", "in_town", ("success_on",)),
}


@pytest.fixture
def disputes(request: Any) -> list[MediationCase]:
    """Forty disputes of two committees, some out of leads, some linked with a case of another procedure."""
    chance = random.Random(request.param)
    places = [committee_row().unit, committee_row(committee_row(town("150621101")).unit, kind="village").unit]
    made = []
    for number in range(40):
        case = dispute(date(2023, 12, 1), TODAY, at=chance.choice(places))
        if chance.random() < 0.1:
            type(case.facts).objects.filter(pk=case.pk).update(tags=[chance.choice(("行政调解", "联合调解"))])
        happened(case, chance)
        if number % 9 == 8:
            case.__dict__["state"] = "VOID"
            settle(case, TODAY)
        made.append(case)
    for case in made[::7]:
        later = received_case(TODAY - 30 * DAY, TODAY)
        CaseLink.objects.create(kind="arose_from", from_case=later, to_case=case)
        refresh([later.pk])
    refresh([case.pk for case in made])
    return made


def rows_by_hand(made: list[MediationCase]) -> list[dict[str, Any]]:
    found = []
    kinds = dict(Committee.objects.values_list("unit_id", "kind"))
    for case in MediationCase.objects.filter(pk__in=[one.pk for one in made]):
        days = by_hand(case)
        if days is None:
            continue
        linked = CaseLink.objects.filter(to_case_id=case.pk).first()
        went = [day for day in (days["sued_on"], linked and linked.from_case.opened_on) if day]
        kind = kinds[case.facts.committee_id]
        told = [row[2].kind for row in standing(case)]
        always = date(1900, 1, 1)
        found.append(days | {
            "went_on": min(went, default=None),
            "agreed": days["success_on"] if "agreement_effective" in told and not _alone(days, case) else None,
            "in_village": always if kind in ("village", "resident") else None,
            "in_town": always if kind in ("town", "street") else None,
        })  # fmt: skip
    return found


def _alone(days: dict[str, Any], case: MediationCase) -> bool:
    """Settled by themselves: no agreement stands."""
    told = standing(case)
    replaced = {row[2].subject for row in told if row[2].kind == "agreement_superseded"}
    return all(row[2].subject in replaced for row in told if row[2].kind == "agreement_effective")


@pytest.mark.parametrize("disputes", [1, 2, 3], indirect=True)
def test_rates_equal_a_count_by_hand_on_any_day(disputes: list[MediationCase], subtests: Any) -> None:
    rows = rows_by_hand(disputes)
    for code, (on, hit, needs) in FIGURES.items():
        counted = [row for row in rows if all(row[name] for name in needs)]
        for as_of in DAYS:
            for year in (as_of.year - 1, as_of.year):
                with subtests.test(code, as_of=as_of, year=year):
                    found = table(indicators()[code], year_of(year, as_of), system_actor, TODAY).total
                    assert (found.numerator, found.denominator) == rate(counted, on, hit, year, as_of)
    assert sum(bool(row["success_on"]) for row in rows) > 5


@pytest.mark.parametrize("disputes", [4], indirect=True)
def test_the_table_for_the_bureau_says_the_same(disputes: list[MediationCase]) -> None:
    """What M-1 counts of a year, none of whose months is submitted yet, is what the figures count."""
    for year in (2024, 2025):
        values = sheet(M1, [Month(year, month) for month in range(1, 13)], None, TODAY).values
        named = {
            "success-of-closed": ("success", ("total",)),
            "agreements-performed": ("performed", ("oral", "written")),
            "confirmation-applied": ("filed", ("success",)),
            "confirmation-valid": ("confirmed", ("filed",)),
        }
        for code, (above, below) in named.items():
            found = table(indicators()[code], year_of(year, TODAY), system_actor, TODAY).total
            told = (values.get(above, 0), sum(values.get(name, 0) for name in below))
            assert (found.numerator, found.denominator) == told, (code, year)


@pytest.mark.parametrize("disputes", [5], indirect=True)
def test_kept_days_and_roll_ups_are_checked_and_put_right(disputes: list[MediationCase]) -> None:
    assert check_facts("mediation").is_sound
    DisputeDays.objects.filter(case__in=disputes[:20]).update(success_on=date(2020, 1, 1))
    DisputeDays.objects.filter(case__in=disputes[20:30]).delete()
    found = check_facts("mediation")
    assert not found.is_sound and found.missing >= 10
    assert keep_all_facts("mediation")[1] == set()
    for one in kept().values():
        assert set(counted_rows(one)) == set(kept_rows(one)), one.code


def test_days_from_a_lead_are_the_mean_and_the_median() -> None:
    by, waited = mediator(), [1, 4, 4, 30]
    committee = committee_row().unit
    for number, days in enumerate(waited):
        case = dispute(date(2024, 2, 1), TODAY, at=committee)
        found_on = date(2024, 2, 29) - days * DAY
        lead = Lead(found_on=found_on, unit=committee, source="patrol", found_by="巡", place="村", dispute_type="02",
                    summary="x", entered_by=by, case_id=case.pk)  # fmt: skip
        lead.number = _number(number)
        lead.save()
        for kind in ("accepted", "agreed", "agreement_effective"):
            events.record(case, kind, date(2024, 2, 29), subject="round:1")
        settle(case, TODAY)
        refresh([case.pk])
    found = table(indicators()["lead-to-settlement"], year_of(2024, TODAY), system_actor, TODAY, "town").total
    assert (found.denominator, found.numerator) == (4, sum(waited))
    assert float(found.rate or 0) == round(mean(waited), 2)
    assert float(found.median or 0) == median(waited)
    assert table(indicators()["lead-to-settlement"], year_of(2025, TODAY), system_actor, TODAY).total.median is None


def _number(number: int) -> Any:
    from casemgr.numbering.models import IssuedNumber

    return IssuedNumber.objects.create(series="lead-test", year=2024, number=number + 1, text=f"线索{number}")


def test_tickets_of_the_hotline_count_in_time_and_visited() -> None:
    unit = committee_row().unit
    day = date(2025, 12, 31)

    def ticket(due: date | None, result: date | None, **more: Any) -> Referral:
        values = {"state": "RESULT_SENT" if result else "IN_PROGRESS"} | more
        return Referral.objects.create(
            direction="in", dock="hotline", kind="transfer", procedure="mediation", unit=unit, result_due_on=due,
            result_on=result, **values,
        )  # fmt: skip

    ticket(day, day)
    ticket(day, day + DAY)
    ticket(day, None)
    ticket(None, day)
    ticket(day, None, state="CANCELLED")
    ticket(day, None, decline_reason="不属于", state="CLOSED")
    on_time, visited = indicators()["hotline-on-time"], indicators()["hotline-visited"]

    def told(one: Any, year: int, as_of: date) -> tuple[int, int]:
        found = table(one, year_of(year, as_of), system_actor, TODAY).total
        return found.numerator, found.denominator

    assert told(on_time, 2025, TODAY) == (1, 3)
    assert told(on_time, 2025, day) == (1, 1)  # the last day is not over
    assert told(on_time, 2026, TODAY) == (0, 0)
    assert (told(visited, 2025, TODAY), told(visited, 2026, TODAY)) == ((0, 2), (0, 1))


def differing() -> list[str]:
    return [one.code for one in kept().values() if set(counted_rows(one)) != set(kept_rows(one))]


def test_what_a_referral_does_to_another_case_is_counted_at_once() -> None:
    """Taking over opens a case, and the result ends a clock of it: neither is a step on the case itself."""
    committee_unit()
    clerk = person("clerk", "committee", at=COMMITTEE, full_name="乌云其木格")
    referral = take_over(letter(clerk, "hotline"), clerk)
    assert CountedRow.objects.filter(indicator="load", case=referral.opened_case_id).exists()
    assert differing() == []
    referral = letter(clerk, "centre")
    course = _table(referral, sub_source="other_organ")
    course.agree(course.pay("3000", due_on="2026-12-20"))
    filled = proposal(referral, clerk)
    names = ("result", "agreement_number", "agreed_facts", "performance")
    send(referral, clerk, **{name: filled.get(name, "") for name in names})
    assert CountedRow.objects.get(indicator="on-time", rule="M-RET").on == date(2026, 9, 15)
    assert differing() == []
