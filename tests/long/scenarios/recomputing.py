"""The computation after a holiday notice by a worker that is killed."""

from __future__ import annotations

import subprocess

from tests.long.scenarios.base import JOBS_END_ONCE, LEASES_OVER, Scenario


class Recomputing(Scenario):
    """The job that computes periods again: each round another notice of the year is published for 230 cases."""

    window = (1.5, 4.5)

    def set_up(self) -> None:
        self.house.run("""
from itertools import count
from casemgr.pages.clock import today
from tests.support import register
register._sequence = count(1)
for _number in range(230):
    register.received_case(today(), today())
for name in ('kill-admin', 'kill-head'):
    register.person(name, name.split('-')[1])
""")

    def prepare(self) -> None:
        self.house.run("""
from datetime import timedelta
from casemgr.actions.perform import perform
from casemgr.calendar.models import HolidayNotice
from casemgr.organisation.models import User
from casemgr.pages.clock import today
from casemgr.cases.models import Recomputation
admin, head = User.objects.get(username='kill-admin'), User.objects.get(username='kill-head')
first = today() + timedelta(days=1)
length = 3 + 5 * (HolidayNotice.objects.count() % 2)
last = first + timedelta(days=length)
text = f"国庆节：{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日放假。"
sent = {'year': first.year, 'number': '第号', 'issued_on': today().isoformat(), 'text': text}
notice = perform('calendar.enter_notice', None, sent, admin, today())
perform('calendar.publish_notice', notice, {}, head, today())
run = Recomputation.objects.filter(is_preview=False).first()
assert run.job_id, 'small enough to be computed at once'
""")

    def act(self) -> subprocess.Popen:
        return self.house.start_worker()

    def check(self) -> None:
        self.house.run(
            """
from django.db import transaction
from casemgr.cases.deadlines import sync
from casemgr.cases.models import Case, Recomputation
from casemgr.cases.recomputation.running import pending_cases
pending = pending_cases()
newest = Recomputation.objects.first()
assert pending or newest.finished_at
with transaction.atomic():
    for case in Case.objects.all():
        changed = sync(case, newest.on)
        assert case.pk in pending or not changed, case.pk
    transaction.set_rollback(True)
"""
            + LEASES_OVER
        )

    def finish(self) -> None:
        self.house.run("from django.core.management import call_command\ncall_command('worker', '--once')")
        self.check()
        self.house.run(
            JOBS_END_ONCE
            + """
from casemgr.cases.models import Recomputation
from casemgr.cases.recomputation.running import pending_cases
assert not pending_cases()
for run in Recomputation.objects.all():
    assert run.finished_at and run.done == run.total == 230, (run.pk, run.done, run.total)
"""
        )
