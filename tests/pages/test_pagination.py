"""Keyset pages show every row once, forwards and backwards, with empty values last, and never count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.organisation.models import Unit
from casemgr.pages.pagination import capped_count, paginate

pytestmark = pytest.mark.django_db
DAYS = st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=23)
ORDERS = st.sampled_from([["ended_on", "pk"], ["-ended_on", "pk"], ["ended_on", "-pk"], ["-ended_on", "kind", "-pk"]])


def rows(days: list[int | None]):
    Unit.objects.filter(code__startswith="P-").delete()
    Unit.objects.bulk_create(
        Unit(
            code=f"P-{number}",
            name="页",
            kind="studio" if number % 3 else "office",
            path=f"P-{number}/",
            ended_on=None if day is None else date(2026, 1, 1) + timedelta(days=day),
        )
        for number, day in enumerate(days)
    )
    return Unit.objects.filter(code__startswith="P-")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS, order=ORDERS, size=st.integers(1, 6))
def test_every_row_appears_once_forwards_and_the_same_pages_come_back(days, order, size) -> None:
    queryset = rows(days)
    pages, params = [], {}
    while True:
        page = paginate(queryset, order, params, size=size)
        pages.append([unit.pk for unit in page])
        if page.next is None:
            break
        params = page.next
    seen = [pk for page in pages for pk in page]
    assert sorted(seen) == sorted(unit.pk for unit in queryset)
    ended = [unit.ended_on for pk in seen for unit in queryset if unit.pk == pk]
    filled = [day for day in ended if day is not None]
    assert filled == sorted(filled, reverse=order[0].startswith("-"))
    assert ended[: len(filled)] == filled, "empty values come last"
    back = [pages[-1]]
    while page.previous is not None:
        page = paginate(queryset, order, page.previous, size=size)
        back.append([unit.pk for unit in page])
    assert back[::-1] == pages


def test_a_page_is_one_query(django_assert_num_queries) -> None:
    queryset = rows([1] * 40)
    with django_assert_num_queries(1):
        page = paginate(queryset, ["ended_on", "pk"], {})
    assert len(page) == 25
    with django_assert_num_queries(1):
        assert len(paginate(queryset, ["ended_on", "pk"], page.next)) == 15


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WzFd", "W251bGwsInh5eiJd", "%%%"])
def test_an_unreadable_cursor_gives_the_first_page(cursor: str) -> None:
    queryset = rows([1, 2, 3])
    assert len(paginate(queryset, ["ended_on", "pk"], {"after": cursor})) == 3


def test_counts_are_capped() -> None:
    queryset = rows([1] * 12)
    assert capped_count(queryset, 10) == "10+"
    assert capped_count(queryset, 12) == "12"
