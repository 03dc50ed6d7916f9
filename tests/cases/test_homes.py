"""What each office finds first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from casemgr.cases.models import Case, Instruction
from casemgr.pages.clock import today as clock_today
from tests.support.papers import DECIDED, DECISION, an_office, under_review
from tests.support.register import OTHER, person, queries, received_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


def page(client: Client, user, address: str = "/work/"):
    client.force_login(user)
    return client.get(address)


def test_the_archive_keeper_finds_what_waits_for_its_file(client: Client) -> None:
    today = clock_today()
    open_one, closed, waiting = (received_case(today, today, title=name) for name in ("在办案件", "已结案件", "待送达"))
    Case.objects.filter(pk=closed.pk).update(stage="closed", next_due_on=None, next_other_due_on=None)
    Case.objects.filter(pk=waiting.pk).update(stage="closed")
    answer = page(client, person("keeper", "archive"))
    assert [section.queue.code for section in answer.context["sections"]] == ["to_archive"]
    text = answer.content.decode()
    assert (closed.title in text, open_one.title in text, waiting.title in text) == (True, False, False)
    assert "?stage=closed" in text
    assert open_one.title in client.get("/work/?whose=office").content.decode()
    Case.objects.filter(pk=closed.pk).update(stage="archived")
    assert "No closed case waits for its file." in client.get("/work/").content.decode()


def test_the_authority_finds_papers_to_sign_and_those_on_their_way_first(client: Client) -> None:
    from casemgr.actions.perform import perform

    office = an_office()
    case = under_review(office)
    paper = perform("document.draft", case, {"kind": "decision", **DECISION}, office.officer, DECIDED)
    perform("document.submit", paper, {}, office.officer, DECIDED)
    text = page(client, office.authority).content.decode()
    assert "On the way to my signature" in text
    assert "Papers waiting for me" not in text
    perform("document.review", paper, {}, office.head, DECIDED)
    text = page(client, office.authority).content.decode()
    assert "On the way to my signature" not in text
    assert text.index("Papers waiting for me") < text.index('id="queue-overdue"')


def test_the_leader_finds_figures_that_lead_to_their_rows_and_open_instructions(client: Client) -> None:
    today = clock_today()
    officer, leader = person("an-officer", "officer"), person("a-leader", "leader", at="150621")
    late = [received_case(today - 30 * DAY, today, handler=officer, title=f"逾期{n}") for n in range(3)]
    received_case(today - 30 * DAY, today, at=OTHER)
    for case, answered in ((late[0], None), (late[1], today)):
        Instruction.objects.create(
            case=case, author=leader, text=f"请抓紧{case.pk}", given_on=today, answered_on=answered
        )
    answer = page(client, leader)
    text = answer.content.decode()
    work = answer.context["work"]
    assert [(row["unit__name"], row["total"]) for row in work.overdue_by_unit] == [
        (late[0].unit.name, 3), ("达拉特旗公安局", 1),
    ]  # fmt: skip
    unit = work.overdue_by_unit[0]["unit_id"]
    assert f"queue=overdue&amp;sort=due&amp;unit={unit}" in text
    listed = client.get(f"/cases/?queue=overdue&sort=due&unit={unit}")
    assert len(listed.context["rows"]) == 3
    assert f"请抓紧{late[0].pk}" in text
    assert f"请抓紧{late[1].pk}" not in text
    below = page(client, person("the-other-leader", "leader", at=OTHER))
    assert f"请抓紧{late[0].pk}" not in below.content.decode()
    few, _answer = queries(client, "/work/")
    for _n in range(10):
        received_case(today - 30 * DAY, today, at=OTHER)
    assert queries(client, "/work/")[0] == few <= 16


def test_a_mediator_without_disputes_finds_calm(client: Client) -> None:
    text = page(client, person("a-mediator", "mediator")).content.decode()
    assert "nothing is asked of you until then" in text
    assert 'id="queue-' not in text


def test_who_also_handles_cases_starts_with_their_own(client: Client) -> None:
    today = clock_today()
    both = person("keeper-and-officer", "archive", "officer")
    mine = received_case(today, today, handler=both, title="我的案件")
    assert mine.title in page(client, both).content.decode()
