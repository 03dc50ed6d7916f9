"""The check that keeps states behind their transitions finds each way round them, and nothing else."""

from __future__ import annotations

import pytest

from tests.lint.state_writes import find_in

REFUSED = [
    "case.state = 'decided'",
    "self.stage: str = 'open'",
    "case.version, case.state = 3, 'decided'",
    "Case.objects.filter(pk=1).update(state='decided')",
    "Case.objects.update(**{'state': 'decided'})",
    "Case.objects.bulk_update(cases, ['title', 'state'])",
    "bulk_update_with_history(cases, Case, fields=['stage'])",
    "Case.objects.update_or_create(number='1', defaults={'state': 'decided'})",
    "setattr(case, 'state', 'decided')",
]
ALLOWED = [
    "if case.state == 'decided': pass",
    "state = case.state",
    "cases = Case.objects.filter(state='decided')",
    "Case.objects.filter(state='open').update(title='state')",
    "ReconsiderationCase(number='1', state='received')",
    "@transition(field=state, source='a', target='b')\ndef accept(self):\n    self.stage = 'open'",
]


@pytest.mark.parametrize("source", REFUSED)
def test_a_write_past_the_transitions_is_refused(source: str) -> None:
    assert [finding.line for finding in find_in(source, "casemgr/somewhere.py")] == [1]


@pytest.mark.parametrize("source", ALLOWED)
def test_reading_a_state_and_a_transition_itself_are_allowed(source: str) -> None:
    assert not list(find_in(source, "casemgr/somewhere.py"))


def test_a_named_exception_holds_for_its_file_and_function_only() -> None:
    source = "def replay(case):\n    case.state = 'received'\n"
    assert not list(find_in(source, "casemgr/cases/replay.py"))
    assert list(find_in(source, "casemgr/cases/other.py"))
    assert list(find_in(source.replace("replay", "other"), "casemgr/cases/replay.py"))
