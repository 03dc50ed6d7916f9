"""Capacity on a day, by the Civil Code: the birthday counts, and declarations count from eight years on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.parties.capacity import IN_FORCE, Degree, capacity_on

BIRTH = date(2008, 9, 20)
ARTICLES = {"18(1)": Degree.FULL, "18(2)": Degree.FULL, "19": Degree.LIMITED, "20": Degree.NONE}
FACTS = ("declared_none", "declared_limited", "own_labour")


@pytest.mark.parametrize(
    ("day", "facts", "degree", "article"),
    [
        (date(2026, 9, 19), (), "limited", "19"),
        (date(2026, 9, 20), (), "full", "18(1)"),
        (date(2024, 9, 19), ("own_labour",), "limited", "19"),
        (date(2024, 9, 20), ("own_labour",), "full", "18(2)"),
        (date(2026, 9, 20), ("declared_limited",), "limited", "22"),
        (date(2026, 9, 20), ("declared_none",), "none", "21(1)"),
        (date(2020, 1, 1), ("declared_none",), "none", "21(2)"),  # 八周岁以上的未成年人不能辨认自己行为的
        (date(2017, 9, 30), (), "unknown", ""),
    ],
)
def test_the_day_decides(day: date, facts: tuple[str, ...], degree: str, article: str) -> None:
    capacity = capacity_on(BIRTH, day, facts)
    assert (capacity.degree, capacity.article) == (degree, article)


def test_a_leapling_is_a_year_older_on_the_first_of_march() -> None:
    assert capacity_on(date(2012, 2, 29), date(2020, 2, 28)).degree == Degree.NONE
    assert capacity_on(date(2012, 2, 29), date(2020, 2, 29)).degree == Degree.LIMITED
    assert capacity_on(date(2008, 2, 29), date(2026, 2, 28)).degree == Degree.LIMITED
    assert capacity_on(date(2008, 2, 29), date(2026, 3, 1)).degree == Degree.FULL


@given(st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.integers(0, 36_000))
def test_without_facts_age_only_adds(birth: date, days: int) -> None:
    day = birth + timedelta(days=days)
    capacity = capacity_on(birth, day)
    if day < IN_FORCE:
        assert capacity.degree == Degree.UNKNOWN
        return
    assert ARTICLES[capacity.article] == capacity.degree
    order = [Degree.NONE, Degree.LIMITED, Degree.FULL]
    later = capacity_on(birth, day + timedelta(days=400))
    assert order.index(later.degree) >= order.index(capacity.degree)


@given(st.none() | st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.sets(st.sampled_from(FACTS)))
def test_whoever_needs_an_agent_has_an_article(birth: date | None, facts: set[str]) -> None:
    capacity = capacity_on(birth, date(2026, 9, 1), facts)
    assert capacity.needs_agent is (capacity.degree in (Degree.NONE, Degree.LIMITED))
    assert bool(capacity.citation) is (capacity.degree != Degree.UNKNOWN)
