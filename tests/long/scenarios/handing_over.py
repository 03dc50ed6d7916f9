"""A handover killed at work: each round, everything one officer has goes to the other, forty cases and more."""

from __future__ import annotations

import subprocess

from tests.long.scenarios.base import JOBS_END_ONCE, LEASES_OVER, Scenario


class HandingOver(Scenario):
    """Each case is given in a transaction of its own, with its event and step; the notice comes once, at the end."""

    window = (0.8, 3.0)

    def set_up(self) -> None:
        self.house.run("""
from tests.support import register
for name, role in (('kill-head', 'head'), ('kill-one', 'officer'), ('kill-two', 'officer')):
    register.person(name, role, full_name=name)
""")

    def prepare(self) -> None:
        self.house.run("""
from itertools import count
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.organisation.models import User
from casemgr.pages.clock import today
from tests.support import register
register._sequence = count(Case.objects.count() + 1)
head, one, two = (User.objects.get(username=f'kill-{name}') for name in ('head', 'one', 'two'))
for _number in range(40):
    register.received_case(today(), today(), handler=one)
perform('cases.reassign', None, {'officer': one.pk, 'receivers': [two.pk], 'reason': '调离'}, head, today())
""")

    def act(self) -> subprocess.Popen:
        return self.house.start_worker()

    def check(self) -> None:
        self.house.run(
            """
from casemgr.cases.models import ReassignmentItem
for item in ReassignmentItem.objects.select_related('case'):
    changed = item.case.events.filter(kind='handler_changed')
    what = (item.pk, item.outcome, item.case.lead_handler_id, changed.count())
    if item.outcome == 'done':
        assert item.case.lead_handler_id == item.receiver_id, what
        assert changed.count() == item.case.steps_taken.count() == 1, what
    elif item.outcome == 'planned' and not ReassignmentItem.objects.filter(case=item.case, outcome='done').exists():
        assert item.case.lead_handler_id == item.before_id and changed.count() <= 1, what
"""
            + LEASES_OVER
        )

    def finish(self) -> None:
        self.house.run("from django.core.management import call_command\ncall_command('worker', '--once')")
        self.check()
        self.house.run(
            JOBS_END_ONCE
            + """
from casemgr.cases.models import Reassignment, ReassignmentItem
from casemgr.notices.models import Notice
from casemgr.organisation.models import User
given = ReassignmentItem.objects.filter(outcome='done')
assert not ReassignmentItem.objects.filter(outcome='planned').exists()
assert all(run.finished_at for run in Reassignment.objects.all())
told = Notice.objects.filter(recipient=User.objects.get(username='kill-two'), kind='cases_given')
assert sum(notice.data['count'] for notice in told) == given.count(), (list(told.values('data')), given.count())
"""
        )
