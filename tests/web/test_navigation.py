"""The menu by role: seven names at most in the row, what is used many times a day without a click more."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory

from casemgr.organisation.roles import ROLES
from casemgr.web import navigation
from tests.support.register import person

TODAY = date(2026, 11, 30)
pytestmark = pytest.mark.django_db


def menu(*roles: str, path: str = "/work/"):
    request = RequestFactory().get(path)
    request.user = person("-".join(roles), *roles)
    return navigation.menu(request, TODAY)


def names(*roles: str) -> list[str]:
    return [item.label for item in menu(*roles)]


@pytest.mark.parametrize("role", ROLES)
def test_no_role_has_more_than_seven_names_in_the_row(role: str) -> None:
    assert len(menu(role)) <= navigation.MOST_SIDE_BY_SIDE


def test_what_a_role_does_all_day_stands_in_the_row() -> None:
    assert names("mediator") == ["工作台", "登记纠纷", "案件", "办案", "统计", "登记簿"]
    assert names("leader") == ["工作台", "看板", "案件", "办案", "统计", "登记簿", "系统管理"]
    assert names("liaison") == ["工作台", "登记", "案件", "办案", "统计", "登记簿"]


def test_who_has_few_pages_sees_them_side_by_side() -> None:
    assert names("finance") == ["工作台", "以案定补", "工作日历", "期限计算"]


def test_no_page_is_lost_by_grouping() -> None:
    codes = frozenset({"leader"})
    shown = [tab.label for item in menu("leader") for tab in getattr(item, "tabs", (item,))]
    listed = [str(entry.label) for _place, entries in navigation.of_person(codes) for entry in entries]
    assert len(shown) == len(set(shown))
    assert set(shown) - {"系统管理"} == set(listed) - {str(one.label) for one in navigation.administration(codes)}


def test_the_page_marks_one_entry_and_its_group() -> None:
    found = menu("leader", path="/assessment/2026/anything/")
    assert [(item.label, item.current.label) for item in found if getattr(item, "current", None)] == [
        ("统计", "年度计划")
    ]
    assert not any(getattr(item, "is_current", False) for item in found)


def test_the_official_tables_have_an_entry_of_their_own() -> None:
    found = menu("officer", path="/indicators/tables/T1/")
    assert [(item.label, item.current.label) for item in found if getattr(item, "current", None)] == [
        ("统计", "复议应诉报表")
    ]
    assert "复议应诉报表" not in {tab.label for item in menu("mediator") for tab in getattr(item, "tabs", (item,))}
