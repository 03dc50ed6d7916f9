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
    "object.__setattr__(case, 'state', 'decided')",
    "case.__setattr__('state', 'decided')",
    "case.__dict__['state'] = 'decided'",
    "vars(case)['state'] = 'decided'",
    "case.__dict__.update(state='decided')",
    "case.__dict__ |= {'stage': 'open'}",
    "cases.raw_update(state='decided')",
    "Case.objects.filter(pk=1)._update([(field, None, 'decided')])",
    "async def move(case): case.state = 'decided'",
    "Case.objects.aupdate(state='decided')",
    "Case.objects.abulk_update(cases, ['state'])",
    "(case := other).state = 'decided'",
    "for case.state in states: pass",
    "with opened() as case.state: pass",
]
SQL = [
    "cursor.execute('UPDATE cases_case SET state = %s', ['decided'])",
    "cursor.execute(f'update {table} set stage={stage}')",
]
ALLOWED = [
    "if case.state == 'decided': pass",
    "state = case.state",
    "cases = Case.objects.filter(state='decided')",
    "Case.objects.filter(state='open').update(title='state')",
    "ReconsiderationCase(number='1', state='received')",
    "row['state'] = 'decided'",
    "values = {'state': case.state}",
    "vars(form)['title'] = 'x'",
    "cursor.execute('SELECT state FROM cases_case')",
    "@transition(field=state, source='a', target='b')\ndef accept(self):\n    self.stage = 'open'",
]


@pytest.mark.parametrize("source", [*REFUSED, *SQL])
def test_a_write_past_the_transitions_is_refused(source: str) -> None:
    assert [finding.line for finding in find_in(source, "casemgr/somewhere.py")] == [1]


@pytest.mark.parametrize("source", ALLOWED)
def test_reading_a_state_and_a_transition_itself_are_allowed(source: str) -> None:
    assert not list(find_in(source, "casemgr/somewhere.py"))


def test_a_named_exception_holds_for_its_file_and_function_only() -> None:
    source = "def replay(case):\n    case.state = 'received'\n"
    assert not list(find_in(source, "casemgr/cases/undo/replay.py"))
    assert list(find_in(source, "casemgr/cases/other.py"))
    assert list(find_in(source.replace("replay", "other"), "casemgr/cases/undo/replay.py"))
