"""Table M-1: two published months reproduced, every check, days and not states, corrections, equal to a slow count."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.actions.perform import perform
from casemgr.cases.models import Event
from casemgr.indicators.tables.definition import Full, add, from_json, printed, to_json
from casemgr.organisation.models import Unit
from mediation.models import Lead, Patrol, Risk, TablePolicy
from mediation.tables.counting import sheet
from mediation.tables.definition import Span
from mediation.tables.m1 import CHECKS, COLUMNS, M1, RATES, SENT, SOURCES, TYPES
from mediation.tables.months import Month, Rules, months_of
from tests.support.register import person
from tests.support.tables import Told, body, closed, write

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
VECTORS = json.loads((Path(__file__).parents[2] / "data" / "mediation-and-registry-vectors.json").read_text())
REAL = VECTORS["stats_real"]
TYPE_CODES = {
    "婚姻家庭": "01", "邻里": "02", "房屋宅基地": "03", "合同": "04", "生产经营": "05", "损害赔偿": "06",
    "山林土地": "07", "征地拆迁": "08", "环境污染": "09", "劳动争议": "10", "消费": "11",
    "医疗": "12", "道路交通": "13", "物业": "14", "其他": "99",
}  # fmt: skip
BODY_CODES = {"嘎查村": "village", "街道": "street", "苏木乡镇": "town", "专业性行业性": "trade", "社区": "resident",
              "企事业": "enterprise"}  # fmt: skip


@pytest.fixture
def town() -> Unit:
    return Unit.objects.get(code="150621100")


def values(first: date, last: date, basis: str = "closed", as_of: date = TODAY) -> Full:
    return Full(add(*(row.values for row in M1.counted(Span(first, last, as_of, basis)))))


def spread(counts: dict[str, int]) -> list[str]:
    return [code for code, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(("name", "year", "month"), [("ximeng_2021_04", 2021, 4), ("huangshi_2016_08", 2016, 8)])
def test_a_published_month_is_reproduced(name: str, year: int, month: int, town: Unit) -> None:
    """386 and 869 cases with the counts of the bulletins: every published figure comes out, and no check is broken."""
    real, last = REAL[name], Month(year, month)
    types = spread({TYPE_CODES[kind]: count for kind, count in real["types"].items()})
    bodies = spread({BODY_CODES[kind]: n for kind, n in real.get("bodies", {"苏木乡镇": real["total"]}).items()})
    sources = real.get("sources", {"主动": 200, "申请": 150, "委托移送": 36})
    came = spread({"own_motion": sources["主动"], "application": sources["申请"], "referred": sources["委托移送"]})
    success, performed = real["success"], real.get("performed", real["success"] - 8)
    fen = int(Decimal(real["amount_wan"]) * 1_000_000)
    share = fen // success
    units = {code: body(code, town) for code in set(bodies)}
    told = []
    for number, (kind, unit, source) in enumerate(zip(types, bodies, came, strict=True)):
        amount = Decimal(share + (fen - share * success if number == 0 else 0)) / 100 if number < success else 0
        day = date(year, month, 1) + timedelta(days=number % 28)
        filed = [("confirmation_filed", day, {}), ("confirmation_valid", day, {})]
        told.append(
            closed(
                units[unit], day, form="" if number >= success else "written", performed=number < performed,
                more=filed if number < real.get("confirmed", 0) else (), dispute_type=kind, source=source,
                sub_source="police" if source == "referred" else "", amount_yuan=amount,
            )
        )  # fmt: skip
    write(told)
    found = values(last.first_day, last.after.first_day - timedelta(days=1))
    assert found["total"] == real["total"] == sum(found[code] for code in TYPES) == sum(found[c] for c in SOURCES)
    assert {kind: found[f"type_{code}"] for kind, code in TYPE_CODES.items() if kind in real["types"]} == real["types"]
    assert (found["success"], found["performed"]) == (success, performed)
    assert printed(M1.column("amount"), found["amount"]) == real["amount_wan"]
    if "bodies" in real:
        assert {kind: found[f"body_{code}"] for kind, code in BODY_CODES.items()} == real["bodies"]
    if "sources" in real:
        assert [found[code] for code in SOURCES] == [455, 378, 36]
        assert found["from_police"] == sum(found[code] for code in SENT) == 36
    assert found["confirmed"] == real.get("confirmed", 0)
    assert not list(M1.broken(found))
    whole = sheet(M1, [last], None, TODAY)
    assert (whole.values["total"], len(whole.towns)) == (real["total"], 1)
    rates = [rate.percent(Full(whole.values)) for rate in RATES[:2]]
    assert str(rates[0]) == {"ximeng_2021_04": "97.41", "huangshi_2016_08": "96.89"}[name]
    assert rates[1] == rates[0]  # all were taken on in the month in which they were closed


BREAKING = [
    ("bodies", {"total": 1}), ("sources", {"total": 1}), ("types", {"total": 1}), ("senders", {"source_referred": 1}),
    ("wages", {"type_1001": 1}), ("consumers", {"type_1101": 1}), ("success", {"success": 1}),
    ("complex", {"complex": 1}),
    ("forms", {"oral": 1}), ("performed", {"performed": 1}), ("filed", {"filed": 1}), ("confirmed", {"confirmed": 1}),
    ("effect-suicide", {"prevented_suicide": 1}),
    ("effect-to_crime", {"prevented_to_crime": 1}), ("effect-petition", {"prevented_petition": 1}),
    ("effect-fight", {"prevented_fight": 1}), ("people", {"total": 1, "people": 1}), ("self-settled", {"success": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong"), BREAKING)
def test_each_check_notices_its_own_mistake(code: str, wrong: dict) -> None:
    assert code in [check.code for check in M1.broken(wrong)]
    assert code not in [check.code for check in M1.broken({})]


def test_every_check_is_tried_and_only_two_warn() -> None:
    assert {code for code, _wrong in BREAKING} == {check.code for check in CHECKS}
    assert [check.code for check in CHECKS if not check.blocks] == ["people", "self-settled"]


def test_trap_14_months_follow_days_not_states(town: Unit) -> None:
    """Closed in March, performed and sued later, its state now something else: March keeps its case."""
    unit = body("town", town)
    case = write([closed(unit, date(2026, 3, 31), performed=False)])[0]
    Event.objects.create(case=case, kind="performed", occurred_on=date(2026, 5, 2), sequence=90, subject="round:1")
    Event.objects.create(case=case, kind="sued", occurred_on=date(2026, 6, 1), sequence=91)
    case.__class__.objects.filter(pk=case.pk).update(state="MEDIATING", stage="open", closed_on=None)
    march = (date(2026, 3, 1), date(2026, 3, 31))
    assert values(*march)["total"] == 1
    assert values(*march)["performed"] == 1
    assert values(*march, as_of=date(2026, 4, 3))["performed"] == 0  # as it stood then
    assert values(date(2026, 6, 1), date(2026, 6, 30)) == {"sued": 1}


def test_an_agreement_that_leaves_nothing_to_be_done_is_performed_once_the_case_is_closed(town: Unit) -> None:
    day = date(2026, 3, 9)
    owing, done = (closed(body("village", town), day, performed=False) for _case in range(2))
    done.happened[-1] = ("closed", day, {"performance": "performed"})
    write([owing, done])
    assert values(date(2026, 3, 1), date(2026, 3, 31))["performed"] == 1


def test_a_corrected_day_moves_the_case_and_a_struck_one_takes_it_out(town: Unit) -> None:
    case, other = write([closed(body("town", town), date(2026, 3, 31)) for _ in range(2)])
    end = case.events.get(kind="closed")
    Event.objects.create(case=case, kind="date_corrected", occurred_on=date(2026, 4, 1), sequence=90, corrects=end)
    end = other.events.get(kind="closed")
    Event.objects.create(case=other, kind="struck", occurred_on=date(2026, 3, 31), sequence=90, corrects=end)
    assert values(date(2026, 3, 1), date(2026, 3, 31))["total"] == 0
    assert values(date(2026, 4, 1), date(2026, 4, 30))["total"] == 1


def test_trap_13_a_new_round_does_not_count_the_dispute_twice(town: Unit) -> None:
    unit, day = body("town", town), date(2026, 3, 5)
    again = [
        ("round_begun", date(2026, 4, 1), {}), ("agreement_superseded", date(2026, 4, 9), {"subject": "round:1"}),
        ("agreement_effective", date(2026, 4, 9), {"subject": "round:2", "form": "oral"}),
        ("closed", date(2026, 4, 9), {}),
    ]  # fmt: skip
    told = closed(unit, day)
    write([Told(unit, [*told.happened, *again], told.facts)])
    assert [values(date(2026, m, 1), date(2026, m, 28))["total"] for m in (3, 4)] == [1, 0]
    assert values(date(2026, 3, 1), date(2026, 3, 28), as_of=date(2026, 3, 31))["written"] == 1
    assert values(date(2026, 3, 1), date(2026, 3, 28))["oral"] == 1


def test_trap_15_nothing_vanishes_from_the_denominator(town: Unit) -> None:
    """Terminated and failed disputes stay in the cases in all; what is pending stands beside; rates name their base."""
    unit, day = body("town", town), date(2026, 3, 5)
    running = Told(unit, [("registered", day, {}), ("accepted", day, {})], {}, "MEDIATING")
    stopped = closed(unit, day, form="")
    stopped.happened[2] = ("terminated", day, {"ground": "refused"})
    write([closed(unit, day), closed(unit, day, form=""), stopped, running, running])
    found = Full(sheet(M1, [Month(2026, 3)], None, TODAY).values)
    assert (found["total"], found["success"], found["accepted"], found["pending"]) == (3, 1, 5, 2)
    assert [str(rate.percent(found)) for rate in RATES[:2]] == ["33.33", "20.00"]
    assert len({(str(rate.label), str(rate.divided_by)) for rate in RATES}) == len(RATES)


def test_trap_16_people_are_people_and_not_rows(town: Unit) -> None:
    write([closed(body("town", town), date(2026, 3, 5), people=40)])
    assert values(date(2026, 3, 1), date(2026, 3, 31))["people"] == 40


def test_what_is_void_refused_or_handed_on_is_not_counted_here(town: Unit) -> None:
    unit, day = body("town", town), date(2026, 3, 5)
    void, handed = closed(unit, day), closed(unit, day, more=[("referred_out", day, {})])
    void.state = "VOID"
    refused = Told(unit, [("registered", day, {}), ("refused", day, {}), ("closed", day, {})])
    write([void, handed, refused])
    assert values(date(2026, 3, 1), date(2026, 3, 31)) == {}


@pytest.mark.parametrize(("tags", "total"), [(["行政调解"], 0), (["司法调解"], 0), (["联合调解"], 1)])
def test_what_another_organ_mediated_is_no_peoples_mediation(town: Unit, tags: list[str], total: int) -> None:
    """The three kinds are never counted together; a committee's part in a joint one is its own."""
    write([closed(body("town", town), date(2026, 3, 5), tags=tags)])
    assert values(date(2026, 3, 1), date(2026, 3, 31))["total"] == total


def test_self_settlement_is_a_success_without_an_agreement(town: Unit) -> None:
    unit, day = body("town", town), date(2026, 3, 5)
    alone = closed(unit, day, form="")
    alone.happened[2] = ("withdrawn", day, {"settled": True})
    write([alone])
    found = values(date(2026, 3, 1), date(2026, 3, 31))
    assert (found["success"], found["oral"], found["written"]) == (1, 0, 0)
    assert [check.code for check in M1.broken(found)] == ["self-settled"]


def test_confirmation_counts_only_while_it_stands(town: Unit) -> None:
    unit, day = body("town", town), date(2026, 3, 5)
    at_court = [("confirmation_filed", day, {}), ("confirmation_valid", day, {})]
    gone = [*at_court, ("ruling_revoked", date(2026, 8, 1), {})]
    write(
        [closed(unit, day, more=at_court), closed(unit, day, more=gone), closed(unit, day, form="oral", more=at_court)]
    )
    found = values(date(2026, 3, 1), date(2026, 3, 31))
    assert (found["filed"], found["confirmed"]) == (2, 1)


def test_patrols_and_prevention_count_by_their_own_days(town: Unit) -> None:
    unit = body("village", town)
    case = write([closed(unit, date(2026, 2, 3))])[0]
    day = date(2026, 3, 5)
    keeper = person("keeper", "town", at="150621100")
    for struck in (None, None, None, day):
        Patrol.objects.create(unit=unit, on=day, place="二社", people="网格员", entered_by=keeper, struck_on=struck)
    lead = {"unit": unit.pk, "found_on": day, "source": "patrol", "found_by": "网格员", "place": "二社",
            "dispute_type": "02", "summary": "水渠", "people": 2, "urgency": "ordinary"}  # fmt: skip
    leads = [perform("lead.record", None, lead, keeper, day) for _ in range(2)]
    Lead.objects.filter(pk=leads[0].pk).update(state="ON_SPOT", done_on=day)
    for people, state in ((4, "RESOLVED"), (3, "RESOLVED"), (9, "CONVERTED")):
        risk = Risk(case=case, kind="fight", people=people, noticed_at="2026-03-01T08:00:00Z", ended_on=day)
        risk.__dict__["state"] = state
        risk.save()
    found = values(date(2026, 3, 1), date(2026, 3, 31))
    assert found == {
        "patrols": 3, "found": 2, "prevented": 1, "prevented_fight": 1, "prevented_fight_people": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cut", "year", "month", "first", "last"),
    [
        (0, 2026, 2, "2026-02-01", "2026-02-28"),
        (0, 2024, 2, "2024-02-01", "2024-02-29"),
        (25, 2026, 1, "2025-12-26", "2026-01-25"),
        (25, 2026, 12, "2026-11-26", "2026-12-25"),
        (29, 2026, 2, "2026-01-30", "2026-02-28"),
        (29, 2024, 2, "2024-01-30", "2024-02-29"),
        (30, 2024, 3, "2024-03-01", "2024-03-30"),
    ],
)
def test_the_cut_off_day_makes_the_month(cut: int, year: int, month: int, first: str, last: str) -> None:
    rules = Rules([TablePolicy(effective_on=date(2000, 1, 1), cut_off_day=cut)])
    span = rules.span(Month(year, month), TODAY)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2027, 12, 31)), st.integers(0, 31)), max_size=5))
def test_every_day_is_in_exactly_one_month_whatever_rules_change(changes: list) -> None:
    rules = Rules([TablePolicy(effective_on=on.replace(day=1), cut_off_day=cut) for on, cut in changes])
    month, day = Month(2018, 12), None
    while month.year < 2029:
        first, last = rules.first_day(month), rules.last_day(month)
        assert first <= last
        assert day is None or first == day + timedelta(days=1)
        assert rules.month_of(first) == rules.month_of(last) == month
        month, day = month.after, last


def test_year_and_quarter_are_sums_and_year_ends_belong_where_the_day_is(town: Unit) -> None:
    unit = body("town", town)
    empty = body("village", town)
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 2, 28), date(2025, 12, 31), date(2026, 1, 1)]
    write([closed(unit, day, amount_yuan=Decimal("0.01")) for day in days])
    year = sheet(M1, months_of(2025), None, TODAY)
    assert year.values["total"] == 3 and year.values["amount"] == Decimal("0.03")
    quarters = [sheet(M1, months_of(2025, quarter), None, TODAY).values for quarter in (1, 2, 3, 4)]
    assert {k: v for k, v in add(*quarters).items() if k != "pending"} == {
        k: v for k, v in year.values.items() if k != "pending"
    }
    (part,) = year.towns
    assert [line.unit for line in part.lines if not line.values] == [empty]  # an empty committee has its line of zeros


FACTS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["application", "own_motion", "referred"]),
        "dispute_type": st.sampled_from([code.removeprefix("type_") for code in TYPES]),
        "people": st.integers(1, 60),
        "is_complex": st.booleans(),
        "amount_yuan": st.decimals(0, 9999999, places=2),
        "sub_source": st.sampled_from(["", "court_delegated", "police", "petition", "arbitration"]),
    }
)
DAYS = st.dates(date(2023, 12, 20), date(2024, 3, 12))
CASES = st.lists(
    st.tuples(
        st.integers(0, 3), DAYS, st.integers(0, 40), st.sampled_from(["", "oral", "written"]), st.booleans(), FACTS
    ),
    max_size=25,
)


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=8, deadline=None, suppress_health_check=SLOW)
@given(told=CASES)
def test_the_table_equals_a_slow_independent_count(told: list, town: Unit, django_assert_max_num_queries) -> None:
    """Over a leap day and a year's end: counted case by case in plain Python, summed by committee, town and banner."""
    from django.db import transaction

    other = Unit.objects.get(code="150621101")
    with transaction.atomic():
        mark = transaction.savepoint()
        units = [body("village", town), body("town", town), body("trade", other), body("resident", other)]
        write(
            closed(units[at], on + timedelta(days=delay), form=form, performed=done, **facts)
            for at, on, delay, form, done, facts in told
        )
        for month in (Month(2024, 1), Month(2024, 2), Month(2024, 3)):
            with django_assert_max_num_queries(25):
                found = sheet(M1, [month], None, TODAY)
            mine = [
                (units[at], form, done, facts)
                for at, on, delay, form, done, facts in told
                if ((on + timedelta(days=delay)).year, (on + timedelta(days=delay)).month) == (month.year, month.month)
            ]
            slow = {
                "total": len(mine),
                "people": sum(facts["people"] for _u, _f, _d, facts in mine),
                "success": sum(bool(form) for _u, form, _d, _x in mine),
                "written": sum(form == "written" for _u, form, _d, _x in mine),
                "performed": sum(bool(form) and done for _u, form, done, _x in mine),
                "amount": sum(facts["amount_yuan"] for _u, _f, _d, facts in mine),
                "complex": sum(facts["is_complex"] for _u, _f, _d, facts in mine),
                "body_trade": sum(unit == units[2] for unit, *_rest in mine),
                "from_court": sum(
                    facts["source"] == "referred" and facts["sub_source"] == "court_delegated" for *_r, facts in mine
                ),
                "from_other": sum(
                    facts["source"] == "referred" and facts["sub_source"] in ("", "arbitration") for *_r, facts in mine
                ),
            }
            assert {code: Full(found.values)[code] for code in slow} == slow
            lines = [line.values for part in found.towns for line in part.lines]
            assert add(*lines) == found.values == add(*(part.values for part in found.towns))
            assert [check.code for check in M1.broken(found.values) if check.blocks] == []
        transaction.savepoint_rollback(mark)


def test_money_survives_being_kept() -> None:
    kept = {"amount": Decimal("12345678901.10"), "total": 3}
    assert from_json(json.loads(json.dumps(to_json(kept)))) == kept
    assert printed(M1.column("amount"), Decimal("50.00")) == "0.01"


def test_the_columns_are_those_of_the_sheet() -> None:
    assert [column.number for column in COLUMNS] == list(range(1, 58))
