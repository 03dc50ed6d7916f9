"""The towns that have a studio: the dossier's vectors, and any history of studios against a slow count."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.actions.errors import GuardRefused
from casemgr.actions.perform import perform
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table
from casemgr.indicators.period import year_of
from casemgr.indicators.rows import listing
from casemgr.organisation.models import Unit
from mediation.models import CoverageSnapshot, Studio, StudioPeriod
from mediation.organisations.coverage import KINDS, Reading, Universe, coverage
from mediation.organisations.nightly import freeze_year_end
from tests.support.organisations import TODAY, studio_row, town
from tests.support.register import person

pytestmark = pytest.mark.django_db
VECTORS = json.loads((Path(__file__).parents[2] / "data/mediation-and-registry-vectors.json").read_text())["coverage"]
FIRST = date(2022, 1, 1)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture
def studios() -> None:
    for row in VECTORS["studios"]:
        periods = [(day(row["active_from"]), day(row["ended"]))] if row["active_from"] else []
        studio_row(town(row["town"]), *periods, state="ACTIVE" if periods else "APPROVED")


@pytest.mark.parametrize("expected", VECTORS["expect"], ids=lambda expected: expected["day"])
def test_active_on_the_day(studios, expected) -> None:
    found = coverage(day(expected["day"]))
    assert (found.covered, found.total) == (expected["covered"], expected["of"])
    assert found.percent == Decimal(str(expected["pct"]))
    assert [place.code for place in found.missing] == expected["missing"]


@pytest.mark.parametrize(("code", "reading"), [("town-coverage", "standing"), ("town-coverage-new", "new")])
def test_the_figure_and_the_page_say_the_same_and_name_what_is_missing(studios, code, reading) -> None:
    one, guide = indicators()[code], person("guide", "guidance", at="150621-SFJ")
    for asked in (date(2022, 8, 31), date(2022, 11, 29), date(2022, 12, 31), date(2023, 1, 5)):
        found, page = year_of(asked.year, asked), coverage(asked, reading=reading)
        read = table(one, found, guide, asked)
        assert (read.total.numerator, read.total.denominator) == (page.covered, page.total)
        assert read.total.rate == page.percent
        missing = listing(one, found, guide, asked, {}, "missed")
        assert {line.title for line in missing.lines(missing.first())} == {place.name for place in page.missing}
    # a year that is over stands as on its last day
    assert table(one, year_of(2022, date(2023, 1, 5)), guide, date(2023, 1, 5)).total.numerator == 6


def test_set_up_within_the_year_is_another_set_of_towns(studios) -> None:
    found = coverage(date(2022, 12, 31), reading=Reading.NEW)
    assert found.covered == VECTORS["new_within_2022"]
    assert [place.code for place in found.missing] == ["150621104", "150621107", "150621200"]


@pytest.mark.parametrize(("universe", "total", "covered"), [("towns", 9, 6), ("streets", 15, 7), ("zones", 17, 7)])
def test_trap_17_a_street_fills_no_town(studios, universe, total, covered) -> None:
    found = coverage(date(2022, 12, 31), universe)
    assert (found.covered, found.total) == (covered, total)
    assert [place.code for place in coverage(date(2022, 12, 31)).places] == VECTORS["universe"]


def test_counting_takes_two_queries(studios, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        coverage(date(2022, 12, 31), Universe.ZONES)


def test_a_merged_town_keeps_its_studio() -> None:
    old, new = town("150621107"), town("150621104")
    studio_row(old, (FIRST, None))
    old.ended_on, old.successor = date(2022, 6, 30), new
    old.save()
    assert [place.name for place in coverage(date(2022, 6, 30)).places if place.studios] == [old.name]
    after = coverage(date(2022, 7, 1))
    assert ([place.name for place in after.places if place.studios], after.total) == ([new.name], 8)


WALKED = ["150621100", "150621101", "150621200", "150621001", "150621400"]
days = st.integers(0, 500).map(lambda number: FIRST - timedelta(days=60) + timedelta(days=number))
histories = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.lists(st.integers(1, 120), min_size=1, max_size=4),
        days,
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda studio: studio[0],
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, on=days, universe=st.sampled_from(Universe.values))
def test_any_history_as_counted_day_by_day(history, on, universe) -> None:
    """Slowly: for each unit, each studio and each day of its work, whether that day is the one asked about."""
    StudioPeriod.objects.all().delete()
    studios = list(Studio.objects.order_by("pk")) or [studio_row(town(code)) for code in WALKED * 2]
    active: dict[str, set[date]] = {}
    begun: dict[str, set[date]] = {}
    for which, lengths, first, stays in history:
        code = WALKED[which % 5]
        begun.setdefault(code, set()).add(first)
        periods, start = [], first
        for number, length in enumerate(lengths):
            until = start + timedelta(days=length)
            if stays and number == len(lengths) - 1:
                until = None
            periods.append((start, until))
            last = until or date(2025, 1, 1)
            active.setdefault(code, set()).update(start + timedelta(days=n) for n in range((last - start).days))
            start = last + timedelta(days=3)
        StudioPeriod.objects.bulk_create(
            StudioPeriod(studio=studios[which], from_on=begin, until_on=end, is_first=number == 0)
            for number, (begin, end) in enumerate(periods)
        )
    codes = Unit.objects.filter(kind__in=KINDS[universe]).values_list("code", flat=True)
    standing, new = coverage(on, universe), coverage(on, universe, Reading.NEW)
    assert {place.code for place in standing.places} == set(codes)
    assert {place.code for place in standing.missing} == {code for code in codes if on not in active.get(code, ())}
    year = {date(on.year, 1, 1) + timedelta(days=n) for n in range((on - date(on.year, 1, 1)).days + 1)}
    assert {place.code for place in new.missing} == {code for code in codes if not begun.get(code, set()) & year}
    assert standing.covered + len(standing.missing) == standing.total


def test_what_was_frozen_stays_when_entries_come_late(studios) -> None:
    section = person("section", "guidance", at="150621")
    sent = {"on": "2022-12-31", "occasion": "report"}
    frozen = perform("coverage.freeze", None, sent, section, TODAY)
    assert (frozen.covered, frozen.total, [code for code, _name in frozen.missing]) == (
        6, 9, ["150621103", "150621104", "150621107"],
    )  # fmt: skip
    studio_row(town("150621104"), (date(2022, 12, 30), None))
    assert coverage(date(2022, 12, 31)).covered == 7
    assert CoverageSnapshot.objects.get(pk=frozen.pk).covered == 6
    with pytest.raises(GuardRefused) as refused:
        perform("coverage.freeze", None, sent, section, TODAY)
    assert [refusal.code for refusal in refused.value.refusals] == ["frozen-already"]
    with pytest.raises(ValueError, match="never changes"):
        frozen.save()


def test_the_night_freezes_the_end_of_the_year_once(studios) -> None:
    assert freeze_year_end(date(2023, 1, 1))
    assert not freeze_year_end(date(2023, 1, 2))
    kept = CoverageSnapshot.objects.get(on=date(2022, 12, 31), universe=Universe.TOWNS, reading=Reading.STANDING)
    assert (kept.covered, kept.occasion) == (6, CoverageSnapshot.Occasion.YEAR_END)


def test_there_is_no_year_end_before_there_were_studios() -> None:
    assert not freeze_year_end(date(2023, 1, 1))
