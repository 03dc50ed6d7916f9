"""T6 to T10 against a slow count in Python on offices at random, and against the indicators and the backlog's board."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.actions.system import system_actor
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table as figure_table
from casemgr.indicators.period import Period, year_of
from casemgr.indicators.rollup import refresh as roll_up
from casemgr.indicators.tables.asking import of_part
from casemgr.indicators.tables.counting import Sheet, broken_between, sheet, sheets
from casemgr.indicators.tables.definition import Full
from casemgr.indicators.tables.facts import bases
from casemgr.indicators.tables.keeping import refresh, refresh_rows
from casemgr.indicators.tables.official import books, official_tables
from casemgr.indicators.tables.rows import behind
from litigation.backlog.clearance import Clearance
from litigation.backlog.figures import board_of
from litigation.court.figures import COLUMNS, numbers_of, units_of
from litigation.suggestions.terms import JUDICIAL
from litigation.terms import LOST
from tests.support.litigation import liaison
from tests.support.suits import Court, Sent, Told, an_office, backlog, letters, write, write_letters

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2027, 3, 1)
CODES = ("T6", "T7", "T8", "T9", "T10")
PERIODS = [(year, part) for year in (2025, 2026, 2027) for part in (0, 1, 2)]
NO_END = ("remanded", "transferred", "upheld", "not_filed")
QUICK = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def counted(code: str, year: int, part: int = 0, today: date = TODAY) -> Sheet:
    return sheet(official_tables()[code], of_part(year, part, None, today).span, None, Q())


def nonzero(values) -> dict[str, int]:
    return {code: value for code, value in values.items() if value}


@given(st.integers(0, 10_000), st.integers(0, 30))
@QUICK
def test_suits_and_letters_say_what_a_slow_count_says(seed: int, number: int) -> None:
    with transaction.atomic():
        told = an_office(seed, number, date(2025, 6, 1), date(2027, 2, 1))
        sent = letters(seed, number, date(2025, 6, 1), date(2027, 2, 1))
        ids = [case.pk for case in (*write(told), *write_letters(sent))]
        refresh(ids, TODAY)
        roll_up(ids)
        for year, part in PERIODS:
            compare(told, sent, year, part)
        transaction.set_rollback(True)


def compare(told: list[Told], sent: list[Sent], year: int, part: int) -> None:
    span = of_part(year, part, None, TODAY).span
    found = sheets(books()["litigation"], span, None, Q())
    assert broken_between(books()["litigation"], found) == []
    assert {code: one.broken for code, one in found.items() if one.broken} == {}
    assert {line.line.code: line.broken for one in found.values() for line in one.lines if line.broken} == {}
    if span.end < span.first:
        assert all(not nonzero(one.values) for one in found.values())
        return
    suits = slow_suits(told, span.first, span.end)
    told_now = nonzero(found["T6"].values)
    assert {code: told_now.get(code, 0) for code in suits} == dict(suits)
    assert told_now.get("closed", 0) == suits["closed"]
    by_line = {line.line.code: line.values.get("received", 0) for line in found["T6"].lines}
    assert sum(by_line.values()) == suits["received"]
    assert nonzero(found["T10"].values) == nonzero(slow_letters(sent, span.first, span.end))
    heads = slow_heads(told, span.first, span.end)
    assert {code: found["T7"].values.get(code, 0) for code in heads} == heads
    losses = slow_losses(told, span.first, span.end)
    assert nonzero(found["T8"].values) == nonzero(losses)
    as_indicators_say(found, span.first, span.last)


def as_indicators_say(found: dict[str, Sheet], first: date, last: date) -> None:
    period = Period(first, last, TODAY)
    asked = {code: figure_table(indicators()[code], period, system_actor, TODAY) for code in
             ("head-appearance", "head-appearance-justified", "loss-rate", "loss-rate-with-changes")}  # fmt: skip
    heads, losses = found["T7"].values, found["T8"].values
    pair = lambda code: (asked[code].total.numerator, asked[code].total.denominator)  # noqa: E731
    assert pair("head-appearance") == (heads.get("attended", 0), heads.get("counted", 0))
    assert pair("head-appearance-justified") == (
        heads.get("attended", 0), heads.get("counted", 0) - heads.get("justified", 0))  # fmt: skip
    assert pair("loss-rate") == (losses.get("lost", 0), losses.get("concluded", 0))
    assert pair("loss-rate-with-changes") == (
        losses.get("lost", 0) + losses.get("changed", 0), losses.get("concluded", 0))  # fmt: skip
    for code, table, top, below in (("head-appearance", "T7", "attended", "counted"),
                                    ("loss-rate", "T8", "lost", "concluded")):  # fmt: skip
        lines = {line.key: (line.figure.numerator, line.figure.denominator) for line in asked[code].lines}
        ours = {one.line.code: (one.values.get(top, 0), one.values.get(below, 0)) for one in found[table].lines
                if one.values.get(below)}  # fmt: skip
        assert {key: pair for key, pair in ours.items() if key != "-"}.items() <= lines.items()
        assert sum(pair[1] for pair in ours.values()) == sum(pair[1] for pair in lines.values())


def _is_counted(one: Told, court: Court) -> bool:
    return one.state != "VOID" and court.level != "retrial_review" and not (one.is_past and court.ended is None)


def _begun(court: Court) -> date | None:
    """The entry of the receipt stands last, so it is the one that is corrected."""
    received = court.corrected or court.received
    return received or court.filed


def slow_suits(told: list[Told], first: date, last: date) -> Counter:
    found: Counter = Counter({"carried": 0, "received": 0, "closed": 0, "open": 0, "paying": 0})
    for one in told:
        for court in one.courts:
            if not _is_counted(one, court):
                continue
            begun = _begun(court)
            ended = max(court.ended, begun) if court.ended else None
            found["carried"] += begun < first and (ended is None or ended >= first)
            found["received"] += first <= begun <= last
            found["open"] += begun <= last and (ended is None or ended > last)
            if ended is not None and first <= ended <= last:
                found["closed"] += 1
                found[f"end_{court.outcome}"] += 1
                found["paying"] += court.pays
    return found


def slow_heads(told: list[Told], first: date, last: date) -> dict[str, int]:
    """An absence counts once its day is over."""
    found: Counter = Counter()
    heard = [(court.heard, one) for suit in told if suit.state != "VOID" for court in suit.courts if court.heard
             for one in court.agencies if one.unit is not None]  # fmt: skip
    for day, one in heard:
        if first <= day <= last and (day < TODAY or one.seen == "attended"):
            found[one.seen] += 1
    missed = found["absent"] + found["justified"]
    told_of = {code: found[code] for code in ("attended", "justified", "covered")}
    return {**told_of, "missed": missed, "counted": found["attended"] + missed}


def slow_losses(told: list[Told], first: date, last: date) -> Counter:
    found: Counter = Counter()
    for one in told:
        before = None
        for court in one.courts:
            below, before = before, court
            if one.state == "VOID" or court.level == "retrial_review" or court.is_replaced or not court.outcome:
                continue
            if court.outcome in NO_END or not first <= court.ended <= last:
                continue
            reversed_here = court.outcome == "reversed" and below is not None and below.outcome not in ("", *LOST)
            found["concluded"] += 1
            found[f"end_{court.outcome}"] += 1
            found["lost"] += court.outcome in LOST or reversed_here
            found["changed"] += court.outcome == "withdrawn_changed"
    return found


def slow_letters(sent: list[Sent], first: date, last: date) -> Counter:
    found: Counter = Counter()
    within = lambda day: day is not None and first <= day <= last  # noqa: E731
    for one in sent:
        if one.is_void or one.received is None:
            continue
        found["received"] += within(one.received)
        found["judicial"] += within(one.received) and one.kind in JUDICIAL
        found["corrected"] += within(one.performed)
        if one.answers and within(one.answers[-1][0]):
            found[f"says_{one.answers[-1][1]}"] += 1
        if one.kind == "absence":
            continue
        over = one.answers[0][0] if one.answers else one.closed
        found["carried"] += one.received < first and (over is None or over >= first)
        found["owed"] += within(one.received)
        found["waiting"] += one.received <= last and (over is None or over > last)
        is_open = over is None or over > last
        found["overdue"] += one.due is not None and one.due < last and is_open and one.received <= last
        if within(over):
            word = "released" if not one.answers else (
                "without_term" if one.due is None else "in_time" if over <= one.due else "late")  # fmt: skip
            found[word] += 1
    return found


@given(st.integers(0, 10_000), st.integers(0, 40))
@QUICK
def test_the_backlog_is_that_of_the_board(seed: int, number: int) -> None:
    with transaction.atomic():
        year, made = backlog(seed, number, date(2026, 6, 30))
        refresh_rows(bases()["backlog"], [item.pk for item in made], TODAY)
        for today in (TODAY, date(2026, 12, 25), date(2026, 12, 31)):
            _as_the_board_says(year, today)
        half = counted("T9", 2026, 1)
        assert half.values.get("base", 0) == sum(
            bool(item.snapshots.count()) and (item.written_off_on or TODAY) > date(2026, 6, 30) for item in made
        )
        assert nonzero(counted("T9", 2025).values) == nonzero(counted("T9", 2027).values) == {}
        transaction.set_rollback(True)


def _as_the_board_says(year, today: date) -> None:
    """The board shows what is so today: only a day by which everything has happened can be compared."""
    items = list(year.entries.select_related("item"))
    late = [one.item for one in items if max(one.item.cleared_on or today, one.item.written_off_on or today) > today]
    if late:
        return
    board, found = board_of(year, today), counted("T9", 2026, today=today)
    values = {code: found.values.get(code, 0) for code in ("base", "cleared", "paused", "written_off", "since")}
    if board.dynamic.base != board.figure.base + values["since"]:
        assert today < date(2026, 12, 31)
    assert (values["base"], values["cleared"]) == (board.figure.base, board.figure.cleared)
    assert (values["paused"], values["written_off"]) == (board.paused, board.written_off)
    assert found.broken == ()
    cleared_in_all = values["cleared"] + found.values.get("since_cleared", 0)
    assert (values["base"] + values["since"], cleared_in_all) == (board.dynamic.base, board.dynamic.cleared)
    lines = {one.line.code: one.values for one in found.lines}
    for line in board.lines:
        own = lines[str(line.unit.pk)]
        assert (own.get("base", 0), own.get("cleared", 0)) == (line.figure.base, line.figure.cleared)
        assert (own.get("owed", 0), own.get("paid", 0)) == (line.owed, line.paid)
        assert own.get("paused", 0) == line.paused
    for code in ("backlog-clearance", "backlog-clearance-dynamic"):
        total = figure_table(indicators()[code], year_of(2026, today), system_actor, today).total
        is_dynamic = code.endswith("dynamic")
        assert (total.numerator, total.denominator) == (
            (cleared_in_all, values["base"] + values["since"]) if is_dynamic else (values["cleared"], values["base"])
        )


def test_a_joint_item_counts_once_for_the_banner_and_once_for_each_unit() -> None:
    _year, made = backlog(5, 60, date(2026, 6, 30))
    refresh_rows(bases()["backlog"], [item.pk for item in made], TODAY)
    found = counted("T9", 2026)
    by_line = sum(one.values.get("base", 0) for one in found.lines)
    further = sum(item.joint_units.count() for item in made if item.snapshots.count() and item.state != "written_off")
    assert by_line == found.values["base"] + further > found.values["base"]


def test_every_number_leads_to_exactly_its_rows() -> None:
    cases = [*write(an_office(7, 60, date(2025, 6, 1), date(2026, 12, 1))),
             *write_letters(letters(7, 60, date(2025, 6, 1), date(2026, 12, 1)))]  # fmt: skip
    _year, made = backlog(7, 60, date(2026, 6, 30))
    refresh([case.pk for case in cases], TODAY)
    refresh_rows(bases()["backlog"], [item.pk for item in made], TODAY)
    for code in CODES:
        found = counted(code, 2026)
        assert nonzero(found.values)
        for line in [None, *found.lines]:
            values = line.values if line else found.values
            for column in found.table.columns:
                rows = behind(found.table, column, line.line.code if line else "", found.span, None, Q())
                total = sum(row.value for row in rows) if column.code in ("owed", "paid") and code == "T9" else (
                    rows.count())  # fmt: skip
                assert total == values.get(column.code, 0), (code, line and line.line.code, column.code)


def test_the_columns_of_heads_are_those_of_their_page() -> None:
    cases = write(an_office(3, 60, date(2026, 1, 1), date(2026, 12, 1)))
    refresh([case.pk for case in cases], TODAY)
    keeper = liaison()
    for today in (TODAY, date(2026, 12, 31), date(2026, 8, 1)):
        board = numbers_of(units_of(keeper, 2026, today))
        found = counted("T7", 2026, today=today).values
        assert {code: found.get(code, 0) for code in COLUMNS} == board


def test_an_empty_office_has_noughts_and_no_rate() -> None:
    found = sheets(books()["litigation"], of_part(2026, 0, None, TODAY).span, None, Q())
    assert set(found) == set(CODES)
    assert all(not one.values and not one.broken for one in found.values())
    assert [rate.percent(Full()) for rate in found["T7"].table.rates] == [None, None]


@pytest.mark.parametrize(
    ("base", "cleared", "words"),
    [(49, 48, "97.96 %"), (0, 0, "无积案"), (50, 49, "98.00 %"), (3000, 2999, "99.97 %"), (99_999, 99_998, "99.99 %")],
)
def test_a_rate_is_not_rounded_into_reach_and_nothing_is_not_everything(base: int, cleared: int, words: str) -> None:
    column = official_tables()["T9"].column("rate")
    assert column.words({"base": base, "cleared": cleared}) == words
    assert Clearance(49, 48).is_reached is False
