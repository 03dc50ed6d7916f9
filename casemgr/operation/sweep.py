"""The nightly work on statutory periods: what the law lets happen by itself happens, dated on its own day."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.assessment.nightly import NIGHTLY as ASSESSMENT
from casemgr.cases import deadlines
from casemgr.cases.calendar_changes import compute_published
from casemgr.cases.models import Case, Deadline
from casemgr.cases.people.reminders import tell_due
from casemgr.cases.procedure import procedures
from casemgr.cases.recomputation import running
from casemgr.cases.referrals import clocks
from casemgr.cases.referrals.reminding import remind_of_referrals
from casemgr.cases.referrals.returning import return_late
from casemgr.documents.services import complete_due
from casemgr.notices.reminders import remind
from casemgr.timelimits.rules import ExpiryOf, Rule

log = logging.getLogger(__name__)


@dataclass
class SweepReport:
    """What one sweep did. `expired` counts the running deadlines whose day has passed, done or not.

    `postponed`: cases left for the next sweep, because the calendar changed and they are not computed again yet.
    """

    on: str
    deemed_accepted: int = 0
    expired: int = 0
    services_completed: int = 0
    reminders: int = 0
    postponed: int = 0
    referrals_moved: int = 0
    referrals_returned: int = 0
    errors: list[dict] = field(default_factory=list)

    def as_dict(self) -> dict:
        return asdict(self)


def sweep(on: date) -> SweepReport:
    """Do what is due by the beginning of `on`. Idempotent; one case's failure stops no other."""
    report = SweepReport(on=on.isoformat())
    compute_published(on)
    running.resume(on)
    report.services_completed = complete_due(on)
    for rule_codes, laws, action in _expiry_actions():
        pending = running.pending_cases()
        for case_id in _cases_with_expired(rule_codes, on, laws=laws):
            if case_id in pending:
                report.postponed += 1
            elif _perform_on_expiry(case_id, action, on, report) and action.endswith(".deem_accept"):
                report.deemed_accepted += 1
    for case_id in (*_cases_with_expired(_chained_bases(), on, newly=True), *_cases_with_expired(_lapsing(), on)):
        _derive_again(case_id, on, report)
    report.referrals_moved = _referral_days(report)
    report.referrals_returned = _referrals_late(on, report)
    report.reminders = remind(on) + tell_due(on) + remind_of_referrals(on) + _told_beside(on, report)
    report.expired = Deadline.objects.filter(status=Deadline.Status.OPEN, due_on__lt=on).count()
    return report


def _told_beside(on: date, report: SweepReport) -> int:
    """What is told of beside statutory periods: plans and reports, and a procedure's `extra["nightly"]`.

    Each is `(on)` → how many were told.
    """
    told = 0
    theirs = [(procedure.code, tell) for procedure in procedures() for tell in procedure.extra.get("nightly", ())]
    for owner, tell in (*(("assessment", tell) for tell in ASSESSMENT), *theirs):
        try:
            told += tell(on)
        except Exception as error:
            log.exception("sweep: what %s tells by night failed", owner)
            report.errors.append({"case": "", "action": owner, "reason": type(error).__name__})
    return told


def _referral_days(report: SweepReport) -> int:
    """A referral's last day also hangs on the decision of the case it came from, which moves with the case."""
    try:
        return clocks.compute_again()
    except Exception as error:
        log.exception("sweep: the days of referrals could not be computed")
        report.errors.append({"case": "", "action": "referral.days", "reason": type(error).__name__})
        return 0


def _referrals_late(on: date, report: SweepReport) -> int:
    done = return_late(on)
    report.errors += [{"case": number, "action": step, "reason": reason} for number, step, reason in done.errors]
    return done.count


def _expiry_actions() -> Iterator[tuple[list[str], list[str], str]]:
    """Each action the rules name, with the rules whose expiry performs it, and the texts under which it does.

    Silence accepts under the law of 2023; under the law of 2017 an application counted as accepted from its receipt.
    """
    by_action: dict[str, list[Rule]] = {}
    for procedure in procedures():
        for rule in procedure.rules:
            if rule.expiry_action:
                by_action.setdefault(rule.expiry_action, []).append(rule)
    for action, rules in by_action.items():
        yield sorted({rule.code for rule in rules}), sorted({rule.version_code for rule in rules}), action


def _lapsing() -> list[str]:
    return sorted({rule.code for procedure in procedures() for rule in procedure.rules if rule.lapses})


def _chained_bases() -> list[str]:
    return sorted(
        {
            code
            for procedure in procedures()
            for rule in procedure.rules
            if isinstance(rule.starts_on, ExpiryOf)
            for code in rule.starts_on.codes
        }
    )


def _cases_with_expired(codes: list[str], on: date, *, laws: list[str] | None = None, newly: bool = False) -> list[int]:
    """Cases with a running deadline of these rules that ended before `on` and rests on a published calendar.

    `newly`: only those from whose expiry nothing has been derived yet.
    """
    rows = Deadline.objects.filter(status=Deadline.Status.OPEN, due_on__lt=on, rule__in=codes)
    if laws is not None:
        rows = rows.filter(law__in=laws)
    if newly:
        followers = {
            rule.code for procedure in procedures() for rule in procedure.rules if isinstance(rule.starts_on, ExpiryOf)
        }
        rows = rows.exclude(case__deadlines__rule__in=followers)
    else:
        rows = rows.filter(calendar_status="published")
    return list(rows.order_by("case_id").values_list("case_id", flat=True).distinct())


def _perform_on_expiry(case_id: int, action: str, on: date, report: SweepReport) -> bool:
    case = Case.objects.get(pk=case_id).typed()
    try:
        with transaction.atomic():
            Case.objects.select_for_update(of=("self",)).get(pk=case_id)
            if running.is_pending(case):  # the calendar changed since the cases were listed
                report.postponed += 1
                return False
            perform(action, case, {}, system_actor, on)
    except ActionError as refusal:
        report.errors.append({"case": case.number, "action": action, "reason": str(refusal.message)})
        return False
    except Exception as error:
        log.exception("sweep: %s on case %s failed", action, case_id)
        report.errors.append({"case": case.number, "action": action, "reason": type(error).__name__})
        return False
    return True


def _derive_again(case_id: int, on: date, report: SweepReport) -> None:
    """Periods that begin when another expired come into being with the passing of a day, not with an event."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        deadlines.derive_again(case, on)
