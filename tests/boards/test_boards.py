"""Boards: their numbers are the indicators' and open exactly their rows; scoped, printed, empty and quick."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from casemgr.boards.definition import Asked, boards, panels_of
from casemgr.boards.measures import counts
from casemgr.boards.models import Alert, AlertRule
from casemgr.boards.months import began, last_months
from casemgr.cases.models import Case, CaseRecusal
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table
from casemgr.indicators.rollup import refresh
from casemgr.organisation.models import Unit
from casemgr.pages.clock import today as clock_today
from tests.support.mediation import dispute
from tests.support.register import OTHER, person, queries, received_case, record

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
QUERIES = {"leader": 60, "head": 45, "town": 45}


@pytest.fixture
def office() -> dict[str, Any]:
    """Thirty reconsideration cases over four months, every third accepted late, some never; five disputes of a town."""
    today = clock_today()
    officer, other = person("li", "officer", full_name="李志强"), person("wang", "officer", full_name="王海")
    made: list[Any] = []
    for number in range(30):
        received_on = today - (3 + number * 4) * DAY
        case = received_case(received_on, today, handler=other if number % 4 == 0 else officer)
        if number % 5:
            record(case, today, ("accepted", received_on + (20 if number % 3 == 0 else 1) * DAY), state="ACCEPTED")
        made.append(case)
    for number in range(5):
        made.append(dispute(today - number * 20 * DAY, today))
    refresh([case.pk for case in made])
    return {
        "leader": person("yun", "leader", at="150621", full_name="云巴特尔"),
        "head": person("chen", "head", full_name="陈海龙"),
        "town": person("zhang", "town", at="150621100", full_name="张建平"),
        "stranger": person("stranger", "head", at=OTHER, full_name="外人"),
        "officer": officer,
        "cases": made,
        "today": today,
    }


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def numbers(text: str) -> list[tuple[str, str]]:
    """Every number of a page that leads somewhere: what it says, and where to."""
    cells = re.findall(r'<td class="num"[^>]*><a href="([^"]*)"[^>]*>(\d+)</a>', text)
    tiles = re.findall(r'<a class="kpi" href="([^"]*)"><b[^>]*>(\d+)</b>', text)
    return [(said, address.replace("&amp;", "&")) for address, said in (*cells, *tiles)]


def rows_at(client: Client, address: str) -> int:
    """How many rows a list has, page after page."""
    found = 0
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        body = text.split("<main", 1)[1]
        found += len(re.findall(r"<tr>", body.split("<tbody>", 1)[1].split("</tbody>")[0])) if "<tbody>" in body else 0
        more = re.search(r'href="(\?[^"]*after=[^"]*)"', text)
        address = address.split("?")[0] + more[1].replace("&amp;", "&") if more else ""
    return found


@pytest.mark.parametrize("code", ["leader", "head", "town"])
def test_every_number_opens_exactly_the_rows_it_counts(client: Client, office: Any, code: str) -> None:
    page = as_(client, office[code]).get(reverse("board", args=[code]))
    assert page.status_code == 200
    found = [pair for pair in numbers(page.content.decode()) if "/boards/counts/" in pair[1] or "/rows/" in pair[1]]
    assert found
    for said, address in found:
        assert rows_at(client, address) == int(said), address


def test_the_load_of_the_board_is_the_indicators(office: Any) -> None:
    today, head = office["today"], office["head"]
    asked = Asked(head, today)
    load = table(indicators()["load"], asked.year, head, today, "officer")
    opened = counts()["open-reconsiderations"]
    assert opened.number(head, today) == sum(line.figure.numerator for line in load.lines)
    for line in load.lines:
        assert opened.part(head, today, {"handler": line.key}).count() == line.figure.numerator


def test_open_disputes_are_the_loads(office: Any) -> None:
    today, leader = office["today"], office["leader"]
    found = table(indicators()["load"], Asked(leader, today).year, leader, today, "procedure")
    mediation = next(line.figure for line in found.lines if line.key == "mediation")
    opened = counts()["open-disputes"].cases(leader, today)
    assert opened.filter(lead_handler__isnull=False).count() == mediation.numerator


def test_overdue_is_what_a_slow_count_finds(office: Any) -> None:
    today = office["today"]
    slow = {case.pk for case in Case.objects.all() if case.next_due_on and case.next_due_on < today}
    overdue = counts()["overdue"]
    assert set(overdue.cases(office["leader"], today).values_list("pk", flat=True)) == slow and slow
    week = today - 7 * DAY
    new = {case.pk for case in Case.objects.filter(pk__in=slow) if case.next_due_on >= week}
    assert set(counts()["newly-overdue"].cases(office["leader"], today).values_list("pk", flat=True)) == new


def test_decisions_due_are_what_a_slow_count_finds(office: Any) -> None:
    today, head = office["today"], office["head"]
    for code, first, last in (
        ("decisions-overdue", None, -1),
        ("decisions-due-14", 0, 14),
        ("decisions-due-30", 0, 30),
    ):
        slow = {
            case.pk
            for case in Case.objects.filter(procedure="reconsideration").prefetch_related("deadlines")
            for row in case.deadlines.all()
            if row.rule in ("R-DEC", "R-DEC-S") and row.status == "open"
            and row.due_on <= today + last * DAY and (first is None or row.due_on >= today)
        }  # fmt: skip
        assert set(counts()[code].cases(head, today).values_list("pk", flat=True)) == slow, code


def test_each_month_is_the_figure_of_that_month(office: Any) -> None:
    today, leader = office["today"], office["leader"]
    asked, load = Asked(leader, today), indicators()["load"]
    months = last_months(today)
    received, closed = began(asked, load, months), began(asked, load, months, day="until_on")
    assert sum(received.values()) == len(office["cases"])
    for place, month in enumerate(months):
        total = table(load, month, leader, today).total
        assert (received.get((place, ""), 0), closed.get((place, ""), 0)) == (total.opened, total.closed)


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_twelve_months_end_with_the_month_of_the_day(day: date) -> None:
    months = last_months(day)
    assert len(months) == 12 and months[-1].first == day.replace(day=1)
    assert all((after.first - before.last).days == 1 for before, after in pairwise(months))


def test_a_stranger_sees_nothing_of_the_office(client: Client, office: Any) -> None:
    text = as_(client, office["stranger"]).get(reverse("board", args=["head"])).content.decode()
    assert not [said for said, _address in numbers(text) if said != "0"]
    assert client.get(reverse("board", args=["leader"])).status_code == 404
    assert as_(client, office["officer"]).get(reverse("board_home")).status_code == 403


def test_a_recused_leader_is_shown_neither_the_case_nor_its_count(client: Client, office: Any) -> None:
    overdue, leader, today = counts()["overdue"], office["leader"], office["today"]
    before = overdue.number(leader, today)
    hidden = overdue.cases(leader, today).first()
    CaseRecusal.objects.create(case_id=hidden.pk, user=leader, reason="亲属")
    assert overdue.number(leader, today) == before - 1
    assert hidden.number not in as_(client, leader).get(overdue.address()).content.decode()


@pytest.mark.parametrize("board", boards(), ids=lambda board: board.code)
def test_an_empty_office_has_its_boards(client: Client, board: Any) -> None:
    user = person("new", board.roles[0], at="150621")
    answer = as_(client, user).get(reverse("board", args=[board.code]))
    assert answer.status_code == 200 and "None" not in answer.content.decode().split("<main")[1]
    printed = client.get(reverse("board_pdf", args=[board.code]))
    assert len(PdfReader(io.BytesIO(b"".join(printed))).pages) == 1


@pytest.mark.parametrize("code", ["leader", "head", "town"])
def test_the_briefing_is_one_page_with_the_same_numbers(client: Client, office: Any, code: str) -> None:
    answer = as_(client, office[code]).get(reverse("board_pdf", args=[code]))
    (page,) = PdfReader(io.BytesIO(b"".join(answer))).pages
    text = page.extract_text()
    board = next(one for one in boards() if one.code == code)
    for panel in panels_of(board, Asked(office[code], office["today"])):
        for tile in panel.tiles:
            assert str(tile.words) in text, tile.label


def test_a_briefing_that_no_font_can_print_says_so_instead_of_failing(client: Client, office: Any) -> None:
    Unit.objects.update(name="达拉特旗\ue123局")
    answer = as_(client, office["leader"]).get(reverse("board_pdf", args=["leader"]))
    assert answer.status_code == 409
    assert "U+E123" in answer.content.decode()


def test_the_briefing_tells_the_alerts_and_no_step(client: Client, office: Any) -> None:
    """However much else there is; what is to be done by clicking is nothing for paper."""
    for threshold in range(5):
        rule = AlertRule.objects.create(watched="overdue", condition="above", threshold=threshold, roles=["leader"])
        Alert.objects.create(
            rule=rule, user=office["leader"], value=9, raised_on=office["today"], told_on=office["today"]
        )
    answer = as_(client, office["leader"]).get(reverse("board_pdf", args=["leader"]))
    (page,) = PdfReader(io.BytesIO(b"".join(answer))).pages
    text = page.extract_text().replace(" ", "")
    assert text.count("时预警") >= 3
    assert "知悉" not in text


@pytest.mark.parametrize("code", ["leader", "head", "town"])
def test_a_board_costs_a_bounded_number_of_queries(client: Client, office: Any, code: str) -> None:
    count, _answer = queries(as_(client, office[code]), reverse("board", args=[code]))
    more = [received_case(office["today"] - 40 * DAY, office["today"], handler=office["officer"]) for _n in range(12)]
    refresh([case.pk for case in more])
    again, _answer = queries(client, reverse("board", args=[code]))
    assert again <= count + 1 and again <= QUERIES[code]


def test_what_cannot_be_is_no_page(client: Client, office: Any) -> None:
    leader = as_(client, office["leader"])
    assert leader.get("/boards/nothing/").status_code == 404
    assert leader.get("/boards/counts/nothing/").status_code == 404
    for query in ("unit=x", "unit=99999999999999999999", "handler=0", "rule=%27;--", "stage=nobody", "age=9"):
        assert leader.get(f"/boards/counts/open-reconsiderations/?{query}").status_code == 200
        assert leader.get(f"/boards/counts/overdue/?{query}").status_code == 200
