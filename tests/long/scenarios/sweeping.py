"""The nightly sweep by a worker that is killed."""

from __future__ import annotations

import subprocess

from tests.long.scenarios.base import JOBS_END_ONCE, LEASES_OVER, Scenario


class Sweeping(Scenario):
    """The nightly sweep: each round thirty applications whose five days are over wait to be deemed accepted."""

    window = (0.8, 2.6)

    def prepare(self) -> None:
        self.house.run("""
from datetime import timedelta
from itertools import count
from casemgr.cases.models import Case
from casemgr.jobs.runner import enqueue
from casemgr.pages.clock import today
from tests.support import register
register._sequence = count(Case.objects.count() + 1)
on = today() - timedelta(days=30)
for _number in range(30):
    register.received_case(on, on)
enqueue('sweep', on=today().isoformat())
""")

    def act(self) -> subprocess.Popen:
        return self.house.start_worker()

    def check(self) -> None:
        self.house.run(
            """
from casemgr.cases.models import Case
for case in Case.objects.all():
    events = list(case.events.order_by('sequence').values_list('kind', flat=True))
    assert (case.state == 'RECEIVED') == (events == ['received']), (case.pk, case.state, events)
    assert len(events) == len(set(events)), events
    assert case.steps_taken.count() == len(events) - 1, (case.pk, events)
"""
            + LEASES_OVER
        )

    def finish(self) -> None:
        self.house.run("from django.core.management import call_command\ncall_command('worker', '--once')")
        self.check()
        self.house.run(
            JOBS_END_ONCE
            + """
from casemgr.cases.models import Case
assert not Case.objects.filter(state='RECEIVED').exists()
"""
        )
