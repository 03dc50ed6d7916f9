"""The nightly look: every case read anew; what differs from the kept marks is put right and told."""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions import outbox
from casemgr.indicators.models import SelfCheck
from casemgr.indicators.selfcheck import KEPT, TOLD
from casemgr.indicators.tables.facts import Base, bases
from casemgr.indicators.tables.keeping import each, is_built, rebuild
from casemgr.indicators.tables.models import KnownMark
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, schedule_daily, work
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.clock import today as clock_today

JOB = "check_official_tables"
CHECK_AT = time(4, 50)


def _text(data) -> str:
    return _(
        "Official tables, “%(name)s”: %(count)s marks were not kept as the register has them. They are put right."
    ) % {
        "name": bases()[data["base"]].name if data["base"] in bases() else data["base"],
        "count": data["count"],
    }


NOTICE = outbox.NoticeKind("table_differs", gettext_lazy("Official tables differed from the register"), _text, True)


def check(base: Base, today: date) -> SelfCheck:
    """Read every case of the base anew, a few hundred at a time under their locks; keep and tell what differed."""
    missing = surplus = 0
    cases: list[int] = []
    for ids, found in each(base, today):
        missing, surplus = missing + found[0], surplus + found[1]
        if any(found) and base.rows is None:
            cases += ids
    row = SelfCheck.objects.create(
        indicator=base.code,
        rows=KnownMark.objects.filter(base=base.code).count(),
        missing=missing,
        surplus=surplus,
        cases=cases[:KEPT],
    )
    if missing or surplus:
        held = RoleAssignment.objects.in_force(today).filter(role__in=TOLD, user__is_active=True)
        people = held.order_by("user_id").values_list("user_id", flat=True).distinct()
        outbox.tell(NOTICE.code, people, subject=row, base=base.code, count=missing + surplus)
    return row


@work(JOB, gettext_lazy("Official tables compared with the register"))
def run_check(job: Job) -> dict:
    """One base a chunk; one that is new or read otherwise is built instead."""
    today = clock_today()
    done, differing = list(job.checkpoint.get("done", ())), job.checkpoint.get("differing", 0)
    for code, base in bases().items():
        if code in done:
            continue
        if not is_built(base):
            rebuild(base, today)
        with chunk(job, checkpoint={"done": [*done, code], "differing": differing}):
            differing += not check(base, today).is_sound
        done.append(code)
    return {"bases": len(done), "differing": differing}


def connect() -> None:
    """Called from `OfficialTablesConfig.ready()`."""
    outbox.declare(NOTICE)
    schedule_daily(JOB, CHECK_AT)
