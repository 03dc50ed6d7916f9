"""Papers issued over HTTP by a web server that is killed."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request

from tests.long.scenarios.base import Scenario


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
rows = Document.objects.values_list('file', 'word_file', 'text_file')
named = {name for row in rows for name in row if name}
assert files == named, (sorted(files - named), sorted(named - files))
""")
