"""Histories and logs sealed by a worker and by hand, killed; and sealed while a killed web server writes them."""

from __future__ import annotations

import subprocess
import sys
import time

from tests.long.scenarios.base import EVIDENCE_IS_SOUND, JOBS_END_ONCE, LEASES_OVER, Scenario
from tests.long.scenarios.issuing import Issuing

EACH_ROW_SEALED_ONCE = """
from casemgr.audit import heads
from casemgr.audit.evidence import tables
from casemgr.audit.models import Seal, SealPart
from casemgr.audit.sealing import ids_in
sealed = {table: [] for table in tables()}
for table, ranges in SealPart.objects.values_list('table', 'ranges'):
    sealed[table] += ids_in(ranges)
for table, model in tables().items():
    assert sorted(sealed[table]) == sorted(model._base_manager.values_list('pk', flat=True)), table
numbers = list(Seal.objects.order_by('number').values_list('number', flat=True))
assert numbers == list(range(1, len(numbers) + 1))
assert [head.number for head in heads.read()] == numbers
"""


class Sealing(Scenario):
    """The worker seals; each round twelve thousand looks were logged, more than one seal takes."""

    def set_up(self) -> None:
        """Twice in peace: the first time the day's schedule is done too, the second one says when to kill."""
        self._in_peace()
        took = self._in_peace()
        self.window = (0.3 * took, 0.95 * took)

    def _in_peace(self) -> float:
        self.prepare()
        began = time.monotonic()
        self.house.run("from django.core.management import call_command\ncall_command('worker', '--once')")
        return time.monotonic() - began

    def prepare(self) -> None:
        self.house.run("""
from itertools import count
from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case
from casemgr.jobs.runner import enqueue
from casemgr.pages.clock import today
from tests.support import register
register._sequence = count(Case.objects.count() + 1)
for _number in range(5):
    register.received_case(today(), today())
AccessLog.objects.bulk_create([AccessLog(kind='killed', subject_id=n) for n in range(12_000)], batch_size=2000)
enqueue('seal')
""")

    def act(self) -> subprocess.Popen:
        return self.house.start_worker()

    def check(self) -> None:
        self.house.run(EVIDENCE_IS_SOUND + LEASES_OVER)

    def finish(self) -> None:
        self.house.run("from django.core.management import call_command\ncall_command('worker', '--once')")
        self.house.run(JOBS_END_ONCE + EVIDENCE_IS_SOUND)
        self._all_is_sealed()

    def _all_is_sealed(self) -> None:
        self.house.run("from django.core.management import call_command\ncall_command('seal_audit')")
        self.house.run(EACH_ROW_SEALED_ONCE + EVIDENCE_IS_SOUND)


class SealingByHand(Sealing):
    """The same by `manage.py seal_audit`."""

    def act(self) -> subprocess.Popen:
        return self.house.start(sys.executable, "manage.py", "seal_audit")


class IssuingWhileSealing(Issuing):
    """A web server dies with rows half written while sealing runs: ids it took and never used break no seal."""

    SEALER = """
import time
from django.core.management import call_command
while True:
    call_command('seal_audit', verbosity=0)
    time.sleep(0.05)
"""

    def set_up(self) -> None:
        super().set_up()
        self.sealer = self.house.start(sys.executable, "-c", self.house.START + self.SEALER)

    def check(self) -> None:
        super().check()
        assert self.sealer.poll() is None, self.house.tail()
        self.house.run(EVIDENCE_IS_SOUND)

    def finish(self) -> None:
        super().finish()
        self.house.kill(self.sealer)
        self.house.run("from django.core.management import call_command\ncall_command('seal_audit')")
        self.house.run(EACH_ROW_SEALED_ONCE + EVIDENCE_IS_SOUND)
