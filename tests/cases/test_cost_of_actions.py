"""What an ordinary step of each procedure costs: its entries are read once, whoever asks for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases import events, held_entries
from casemgr.cases.models import Case, Event
from tests.support.litigation import Suit
from tests.support.mediation import accepted, mediator, session, start
from tests.support.register import pass_all_tests, person, received_case

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 3)
Step = Callable[[], Any]


def accepting() -> Step:
    head = person("head-of-cost", "officer", "head")
    case = received_case(date(2026, 9, 1), DAY, handler=head)
    pass_all_tests(case)
    return lambda: perform("reconsideration.accept", case, {"on": DAY, "track": "ordinary"}, head, DAY)


def holding_a_session() -> Step:
    by = mediator("mediator-of-cost")
    case = start(accepted(DAY, DAY, handler=by), by, DAY)
    return lambda: session(case, by, DAY)


def judging() -> Step:
    suit = Suit(date(2026, 6, 1))
    return lambda: suit.judge(date(2026, 8, 10))


@pytest.mark.parametrize(("prepared", "most"), [(accepting, 42), (holding_a_session, 38), (judging, 56)])
def test_a_step_reads_the_entries_once_and_stays_within_its_queries(prepared: Callable[[], Step], most: int) -> None:
    step = prepared()
    with CaptureQueriesContext(connection) as captured:
        step()
    of_entries = [
        one["sql"] for one in captured if one["sql"].startswith("SELECT") and 'FROM "cases_event"' in one["sql"]
    ]
    assert len(of_entries) == 1
    assert len(captured) <= most


def test_the_entries_held_are_those_of_the_database_after_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def told(case: Case, today: date, **kwargs: Any) -> None:
        held, stored = held_entries.held_of(case.pk), list(Event.objects.filter(case_id=case.pk).order_by("sequence"))
        seen.append(case.pk)
        values = [field.attname for field in Event._meta.concrete_fields]
        assert [[getattr(one, name) for name in values] for one in held.all()] == [
            [getattr(one, name) for name in values] for one in stored
        ]
        assert events.facts_of(case) == events.fold(stored)

    from casemgr.cases import actions

    settle = actions.settle
    monkeypatch.setattr(
        actions, "settle", lambda case, today, **kwargs: (settle(case, today, **kwargs), told(case, today))
    )
    accepting()()
    holding_a_session()()
    assert seen


def test_a_refused_step_within_another_leaves_no_entry_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    head = person("head-of-cost", "officer", "head")
    case = received_case(date(2026, 9, 1), DAY, handler=head)
    pass_all_tests(case)
    from reconsideration.actions.intake import Accept

    record_facts = Accept.record_facts

    def fails_within(self: Accept, found: Case, data: Any, context: Any) -> None:
        record_facts(self, found, data, context)
        if not context.form.data.get("nested"):
            with pytest.raises(ActionError):
                perform("reconsideration.accept", found, {"on": DAY, "track": "none", "nested": "1"}, head, DAY)
            assert [fact.kind for fact in events.facts_of(found)] == ["received"]

    monkeypatch.setattr(Accept, "record_facts", fails_within)
    done = perform("reconsideration.accept", case, {"on": DAY, "track": "ordinary"}, head, DAY)
    assert [event.kind for event in done.events.order_by("sequence")] == ["received", "accepted"]
