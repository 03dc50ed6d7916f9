"""A year of random lawful cases: none is ever without an owner or a next step, none shows two ends of one period."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from reconsideration.states import STATES
from tests.support.flow import Flow
from tests.support.year import Year, answers_once, stands_somewhere

pytestmark = pytest.mark.django_db
BEGINS_ON = date(2025, 11, 3)
CASES_AT_ONCE = 30
seen: set[str] = set()


class OfficeYear(RuleBasedStateMachine):
    """One example is a part of a year with up to thirty cases; nothing of it stays."""

    @initialize()
    def begin(self) -> None:
        self.kept = transaction.atomic()
        self.kept.__enter__()
        self.year = Year(BEGINS_ON)
        self.check(self.year.receive())

    @precondition(lambda self: len(self.year.flows) < CASES_AT_ONCE)
    @rule()
    def receive(self) -> None:
        self.check(self.year.receive())

    @rule(days=st.integers(1, 9))
    def pass_days(self, days: int) -> None:
        self.year.pass_days(days)

    @rule(which=st.integers(0, 1000), deed=st.integers(0, 1000))
    def do(self, which: int, deed: int) -> None:
        self._one(which, deed)

    @rule(which=st.integers(0, 1000), deeds=st.lists(st.integers(0, 1000), min_size=2, max_size=3))
    def work(self, which: int, deeds: list[int]) -> None:
        """A case is taken up and worked on in one go, as a busy day has it."""
        for deed in deeds:
            self._one(which, deed)

    @rule(which=st.integers(0, 1000), times=st.integers(1, 3))
    def go_on(self, which: int, times: int) -> None:
        """The usual course, so that the year does not stand still at its intake."""
        flow = self._flow(which)
        for _time in range(times):
            for name in self.year.go_on(flow):
                self._try(flow, name)

    def _one(self, which: int, deed: int) -> None:
        flow = self._flow(which)
        names = self.year.deeds_for(flow)
        self._try(flow, names[deed % len(names)])

    def _try(self, flow: Flow, name: str) -> None:
        if self.year.do(flow, name):
            self.check(flow)

    def _flow(self, which: int) -> Flow:
        return self.year.flows[which % len(self.year.flows)]

    def check(self, flow: Flow) -> None:
        stands_somewhere(flow, self.year.day)
        answers_once(flow)

    def teardown(self) -> None:
        if not hasattr(self, "year"):
            return
        for flow in self.year.flows:
            self.check(flow)
        seen.update(self.year.seen)
        transaction.set_rollback(True)
        self.kept.__exit__(None, None, None)


def simulate(examples: int, steps: int, *, always_the_same: bool = False) -> None:
    quick = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=always_the_same,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink would take minutes: each step renders papers
    )
    run_state_machine_as_test(OfficeYear, settings=quick)


def test_no_case_of_a_random_year_is_left_without_owner_step_or_with_two_answers() -> None:
    simulate(1, 40, always_the_same=True)


@pytest.mark.long
def test_no_case_of_three_hundred_is_left_without_owner_step_or_with_two_answers() -> None:
    seen.clear()
    simulate(12, 150)
    assert len(seen) >= len(STATES) - 3, f"the year hardly moved: {sorted(seen)}"
