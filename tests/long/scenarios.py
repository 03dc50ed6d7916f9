"""What is killed at work, and what must hold afterwards. A new scenario is a class here, named in `SCENARIOS`.

Each round: `prepare` makes work, `act` starts the process and returns it, it is killed after a random while, `check`
asserts that nothing is half done. `finish` lets everything end and asserts that it ended exactly once.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import ClassVar

from tests.long.house import House

JOBS_END_ONCE = """
from casemgr.jobs.models import Job
left = [(j.pk, j.kind, j.status, j.error) for j in Job.objects.exclude(status='done')]
assert not left, left
assert not Job.objects.filter(finished_at__isnull=True).exists()
"""
LEASES_OVER = """
from datetime import timedelta
from django.utils import timezone
from casemgr.jobs.models import Job
Job.objects.filter(status='running').update(leased_until=timezone.now() - timedelta(seconds=1))
"""


class Scenario:
    """One kind of work. `window`: seconds from the start of the act within which the kill falls."""

    window: ClassVar[tuple[float, float]]

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
        self.set_up()
        for _number in range(rounds):
            self.prepare()
            process = self.act()
            time.sleep(chance.uniform(*self.window))
            self.house.kill(process)
            self.check()
        self.finish()


class Issuing(Scenario):
    """Papers issued over HTTP, four at once; the web server is killed between the click and the answer."""

    window = (0.0, 1.2)
    TOKEN = "x" * 32

    def set_up(self) -> None:
        self.waiting: list[int] = []
        self.answered: set[int] = set()
        self.session = self.house.run("""
from django.test import Client
from tests.support.papers import an_office
office = an_office()
client = Client()
client.force_login(office.officer)
print(json.dumps(client.cookies['sessionid'].value))
""")

    def prepare(self) -> None:
        self.waiting += self.house.run("""
from casemgr.actions.perform import perform
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import User
from casemgr.pages.clock import today
from casemgr.cases.models import Case
from tests.support import register
from tests.support.papers import a_case, CORRECTION, Office
from itertools import count
register._sequence = count(Case.objects.count() + 1)
by = lambda start: User.objects.filter(username__startswith=start).order_by('pk').first()
officer, head = by('officer'), by('head')
office = Office(officer, head, by('authority'), by('archive'), by('stranger'))
made = []
for _number in range(4):
    case = a_case(office, received_on=today())
    paper = perform('document.draft', case, {'kind': 'correction_notice', **CORRECTION}, officer, today())
    paper = perform('document.submit', paper, {}, officer, today())
    paper = perform('document.review', paper, {}, head, today())
    paper = perform('document.sign', paper, {}, head, today())
    made.append(paper.pk)
print(json.dumps(made))
""")

    def act(self) -> subprocess.Popen:
        process, port = self.house.start_web()
        for paper in self.waiting[-4:]:
            threading.Thread(target=self._issue, args=(port, paper), daemon=True).start()
        return process

    def _issue(self, port: int, paper: int) -> None:
        """The same click sends the same key, however often it is repeated."""
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": self.TOKEN, "request_key": f"issue-{paper}"}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/documents/{paper}/actions/document.issue/",
            data=sent,
            headers={"Cookie": f"sessionid={self.session}; csrftoken={self.TOKEN}"},
        )
        with contextlib.suppress(OSError):  # the server is killed
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    if answer.status == 200:
                        self.answered.add(paper)
            except urllib.error.HTTPError as error:
                self.refused = f"{error.code} {error.read()[:2000].decode(errors='replace')}"

    def check(self) -> None:
        issued = self.house.run("""
from casemgr.documents.models import Document
from casemgr.numbering.models import Counter, IssuedNumber
done = []
for paper in Document.objects.filter(kind='correction_notice').select_related('case', 'number'):
    events = list(paper.case.events.exclude(kind='received').values_list('kind', flat=True))
    what = (paper.pk, paper.state, paper.case.state, events)
    if paper.state == 'SIGNED':
        assert paper.number_id is None and not paper.file and paper.case.state == 'RECEIVED' and not events, what
    else:
        assert paper.number_id and paper.content() and paper.case.state != 'RECEIVED' and len(events) == 1, what
        done.append(paper.pk)
for counter in Counter.objects.all():
    same = dict(series=counter.series, year=counter.year, owner=counter.owner)
    numbers = sorted(IssuedNumber.objects.filter(**same).values_list('number', flat=True))
    assert numbers == list(range(1, counter.last + 1)), (counter.series, numbers)
print(json.dumps(done))
""")
        assert self.answered <= set(issued), "a paper was answered as issued and is not"

    def finish(self) -> None:
        process, port = self.house.start_web()
        for paper in self.waiting:
            self._issue(port, paper)
        self.house.kill(process)
        self.check()
        assert self.answered == set(self.waiting), getattr(self, "refused", self.house.tail())
        self.house.run("""
from datetime import timedelta
from pathlib import Path
from django.conf import settings
from django.utils import timezone
from casemgr.documents.models import Document
from casemgr.documents.orphans import remove_orphans
remove_orphans(timezone.now() + timedelta(seconds=5), age=timedelta(0))
root = Path(settings.MEDIA_ROOT)
files = {p.relative_to(root).as_posix() for p in root.rglob('*') if p.is_file()}
assert files == set(Document.objects.exclude(file='').values_list('file', flat=True)), files
""")


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


SCENARIOS: tuple[type[Scenario], ...] = (Issuing, Sweeping, Recomputing)
