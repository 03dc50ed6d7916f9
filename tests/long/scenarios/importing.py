"""A ledger of the past read in by `import_ledger`, which is killed."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from reconsideration.demo.people import resident_number
from tests.long.scenarios.base import EVIDENCE_IS_SOUND, Scenario

ROWS = 600
"""Of one file, more than one chunk; twenty rounds and the measured first one read in some twelve thousand."""
RETURNING = 40
"""Every so many rows the same applicant comes again, in this file and in the next ones."""


class Importing(Scenario):
    """Each round another file of the office's old ledger; a person of one row is also the person of a later row."""

    def set_up(self) -> None:
        """The first file is read in whole: how long that takes says when to kill."""
        self.files: list[Path] = []
        self.prepare()
        began = time.monotonic()
        assert self._load(self.files[0])["created"] == ROWS
        took = time.monotonic() - began
        self.window = (0.3 * took, 0.95 * took)

    def prepare(self) -> None:
        number = len(self.files)
        path = self.house.folder / f"ledger-{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = [self._row(number * ROWS + line) for line in range(ROWS)]
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        self.files.append(path)

    @staticmethod
    def _row(serial: int) -> dict[str, str]:
        received = date(2024, 1, 2) + timedelta(days=serial % 300)
        who = serial % RETURNING if serial % 5 == 0 else 1000 + serial
        return {
            "案号": f"达政复字〔2024〕{serial + 1}号",
            "收到日期": received.isoformat(),
            "申请方式": "邮寄",
            "申请人": f"申请人{who:05d}".translate(str.maketrans("0123456789", "零一二三四五六七八九")),
            "申请人证件号码": resident_number(who % 999 + 1, date(1960, 1, 1) + timedelta(days=who), "M"),
            "被申请人": "达拉特旗市场监督管理局",
            "行政行为": "行政处罚决定书",
            "行政行为文号": f"达市监处罚字〔2024〕{serial + 1}号",
            "行政行为日期": (received - timedelta(days=20)).isoformat(),
            "受理日期": (received + timedelta(days=4)).isoformat(),
            "决定文书号": f"达政复决字〔2024〕{serial + 1}号",
            "决定日期": (received + timedelta(days=50)).isoformat(),
            "结案方式": "维持",
            "送达日期": (received + timedelta(days=53)).isoformat(),
            "归档日期": (received + timedelta(days=150)).isoformat(),
        }

    def act(self) -> subprocess.Popen:
        return self.house.start(sys.executable, "manage.py", "import_ledger", "reconsideration", str(self.files[-1]))

    def check(self) -> None:
        """A row is in the register with all that belongs to it, or nothing of it is there."""
        self.house.run(
            """
from django.db.models import Count
from casemgr.cases.models import Act, Case, Event, Participation
from casemgr.parties.models import Party
from reconsideration.models import ReconsiderationFacts
cases = set(Case.objects.values_list('pk', flat=True))
assert len(set(Case.objects.values_list('number', flat=True))) == len(cases)
assert set(ReconsiderationFacts.objects.values_list('case_id', flat=True)) == cases
whole = ['accepted', 'archived', 'decided', 'decision_served', 'received']
kinds = {pk: [] for pk in cases}
for pk, kind in Event.objects.filter(kind__in=whole).values_list('case_id', 'kind'):
    kinds[pk].append(kind)
assert all(sorted(found) == whole for found in kinds.values()), [pk for pk in cases if sorted(kinds[pk]) != whole]
roles = {pk: [] for pk in cases}
for pk, role in Participation.objects.values_list('case_id', 'role'):
    roles[pk].append(role)
assert all(sorted(found) == ['applicant', 'respondent'] for found in roles.values())
assert not Case.objects.exclude(state='ARCHIVED').exists()
assert not Act.objects.filter(cases__isnull=True).exists()
people = Party.objects.filter(kind='person')
assert not people.filter(participations__isnull=True).exists()
doubled = people.exclude(identity_index='').values('identity_index').annotate(n=Count('pk')).filter(n__gt=1)
assert not doubled.exists()
assert all(person.open_number() for person in people.order_by('-pk')[:20])
"""
            + EVIDENCE_IS_SOUND
        )

    def finish(self) -> None:
        """Every file once more, and all of them again: nothing is doubled, nothing is missing."""
        created = unchanged = 0
        for path in self.files:
            report = self._load(path)
            assert (report["rows"], report["rejected"]) == (ROWS, 0), report
            created, unchanged = created + report["created"], unchanged + report["unchanged"]
        assert created + unchanged == ROWS * len(self.files)
        assert self._load(self.files[-1])["unchanged"] == ROWS
        self.check()
        assert self.house.run("from casemgr.cases.models import Case; print(Case.objects.count())") == (
            ROWS * len(self.files)
        )

    def _load(self, path: Path) -> dict:
        return self.house.run(
            "from django.core.management import call_command\n"
            f"call_command('import_ledger', 'reconsideration', {str(path)!r}, json=True)"
        )
