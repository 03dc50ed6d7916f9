"""What is killed at work, and what must hold afterwards. A new scenario is a class in a file of its own here.

Each round: `prepare` makes work, `act` starts the process and returns it, it is killed after a random while, `check`
asserts that nothing is half done. `finish` lets everything end and asserts that it ended exactly once.
"""

from __future__ import annotations

import random
import subprocess
import time

from tests.long.house import House

JOBS_END_ONCE = """
from casemgr.jobs.models import Job
left = [(j.pk, j.kind, j.status, j.error) for j in Job.objects.exclude(status='done')]
assert not left, left
assert not Job.objects.filter(finished_at__isnull=True).exists()
"""
EVIDENCE_IS_SOUND = """
from casemgr.audit.verification import verify
report = verify()
assert report.is_sound, report.findings
"""
LEASES_OVER = """
from datetime import timedelta
from django.utils import timezone
from casemgr.jobs.models import Job
Job.objects.filter(status='running').update(leased_until=timezone.now() - timedelta(seconds=1))
"""


class Scenario:
    """One kind of work. `window`: seconds from the start of the act within which the kill falls."""

    window: tuple[float, float]

    def __init__(self, house: House) -> None:
        self.house = house

    def set_up(self) -> None:
        """Once, before the rounds."""

    def prepare(self) -> None:
        """New work for the next round."""
        raise NotImplementedError

    def act(self) -> subprocess.Popen:
        """Start what is going to be killed."""
        raise NotImplementedError

    def check(self) -> None:
        """Nothing is half done."""
        raise NotImplementedError

    def finish(self) -> None:
        """Let the work end, and see that it ended once."""
        raise NotImplementedError

    def play(self, rounds: int, chance: random.Random) -> None:
        """All rounds. A process that had ended already is killed earlier the next time; enough must be hit at work."""
        self.set_up()
        found_alive = 0
        for _number in range(rounds):
            self.prepare()
            process = self.act()
            time.sleep(chance.uniform(*self.window))
            if process.poll() is None:
                found_alive += 1
            else:
                self.window = (0.7 * self.window[0], 0.7 * self.window[1])
            self.house.kill(process)
            self.check()
        self.finish()
        assert found_alive > rounds // 3, f"{found_alive} of {rounds} kills found the process at work"
