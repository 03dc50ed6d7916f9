"""The nightly self-check: every roll-up against a recount of the register; a difference is reported and put right."""

from __future__ import annotations

from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions import outbox
from casemgr.cases.models import Case
from casemgr.cases.procedure import Text, procedures
from casemgr.indicators.definition import COLUMNS, Indicator, indicators, kept
from casemgr.indicators.models import SelfCheck
from casemgr.indicators.rollup import counted_rows, is_built, keep_all_facts, keepers, kept_rows, rebuild, refresh
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, schedule_daily, work
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.clock import today

JOB = "check_indicators"
CHECK_AT = time(4, 30)
KEPT = 100
TOLD = ("admin", "auditor")
CASE_ID = COLUMNS.index("case_id")


def name_of(code: str) -> Text:
    """Of a figure; or of a procedure whose facts are kept for its figures."""
    names: dict[str, Text] = {one.code: one.name for one in procedures()}
    return {**names, **{key: one.name for key, one in indicators().items()}}.get(code, code)


def _text(data) -> str:
    return _("“%(name)s”: %(count)s rows were not counted as the register has them. They are put right.") % {
        "name": name_of(data["indicator"]),
        "count": data["count"],
    }


NOTICE = outbox.NoticeKind("indicator_differs", gettext_lazy("A figure differed from its recount"), _text, True)


def suspects(indicator: Indicator) -> set[int]:
    """Cases on which roll-up and register did not agree when they were compared, in the database, without a lock."""
    should, have = counted_rows(indicator), kept_rows(indicator)
    return {row[CASE_ID] for row in should.difference(have)} | {row[CASE_ID] for row in have.difference(should)}


def check(indicator: Indicator) -> SelfCheck:
    """Compare, look again at each suspect under its lock, put it right, and keep what was found.

    What somebody changed during the comparison agrees under the lock and is no finding.
    """
    missing = surplus = 0
    cases = []
    for case_id in sorted(suspects(indicator)):
        with transaction.atomic():
            Case.objects.select_for_update(of=("self",)).get(pk=case_id)
            found = refresh([case_id], [indicator])
        if any(found):
            cases.append(case_id)
            missing, surplus = missing + found[0], surplus + found[1]
    return _found(indicator.code, kept_rows(indicator).count(), missing, surplus, cases)


def check_facts(procedure: str) -> SelfCheck:
    """Compare what a procedure keeps of its cases for its figures with their entries, and put it right."""
    count, differed = keep_all_facts(procedure)
    return _found(procedure, count, len(differed), 0, sorted(differed))


def _found(name: str, rows: int, missing: int, surplus: int, cases: list[int]) -> SelfCheck:
    row = SelfCheck.objects.create(indicator=name, rows=rows, missing=missing, surplus=surplus, cases=cases[:KEPT])
    if cases:
        held = RoleAssignment.objects.in_force(today()).filter(role__in=TOLD, user__is_active=True)
        people = held.order_by("user_id").values_list("user_id", flat=True).distinct()
        outbox.tell(NOTICE.code, people, subject=row, indicator=name, count=missing + surplus)
    return row


@work(JOB, gettext_lazy("Figures compared with a recount"))
def run_check(job: Job) -> dict:
    """One indicator a chunk; one that is new or counts something else is built instead."""
    done, differing = list(job.checkpoint.get("done", ())), job.checkpoint.get("differing", 0)
    for procedure in keepers():
        if (name := f"facts:{procedure}") not in done:
            with chunk(job, checkpoint={"done": [*done, name], "differing": differing}):
                differing += not check_facts(procedure).is_sound
            done.append(name)
    for code, indicator in kept().items():
        if code in done:
            continue
        if not is_built(indicator):
            rebuild(indicator)
        with chunk(job, checkpoint={"done": [*done, code], "differing": differing}):
            differing += not check(indicator).is_sound
        done.append(code)
    return {"indicators": len(kept()), "differing": differing}


def connect() -> None:
    """Called from `IndicatorsConfig.ready()`."""
    outbox.declare(NOTICE)
    schedule_daily(JOB, CHECK_AT)
