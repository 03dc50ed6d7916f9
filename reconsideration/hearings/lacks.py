"""What a hearing still lacks: before its day as a warning, and of what forbids holding it the refusal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from casemgr.cases.models import Deadline
from casemgr.pages.dates import long_date
from reconsideration.hearings.notice_days import NoticeDays, notice_days
from reconsideration.hearings.script import open_steps
from reconsideration.hearings.terms import Seat
from reconsideration.models import Hearing, HearingParty, PanelMember

DECISION_RULES = ("R-DEC",)


@dataclass(frozen=True)
class Lack:
    """`forbids_holding`: without it the hearing is not held lawfully; else it is a warning."""

    code: str
    text: str
    article: str = ""
    forbids_holding: bool = True
    is_late: bool = False
    """Whether it should have been there by now: pages mark it."""


def lacks_of(hearing: Hearing, today: date) -> list[Lack]:
    """Reads rows that are not loaded yet."""
    parties = list(hearing.parties.select_related("participation"))
    return lacks(hearing, parties, list(hearing.panel.select_related("user")), today)


def lacks(hearing: Hearing, parties: Sequence[HearingParty], panel: Sequence[PanelMember], today: date) -> list[Lack]:
    """Everything, what the law asks first; on the hearing's day also what its record lacks."""
    if not hearing.is_running:
        return []
    days = notice_days(hearing.on, hearing.case.law_version)
    for row in parties:
        row.participation.case = hearing.case  # which word its role has is the procedure's
    parties = [row for row in parties if row.participation.left_on is None]
    found = [*_of_panel(panel), *_of_notice(parties, days, today), *_of_heads(parties, hearing, today)]
    if hearing.on <= today:
        found += [*_of_attendance(parties), *_of_record(hearing, parties, panel)]
    return found


def _of_panel(panel: Sequence[PanelMember]) -> Iterable[Lack]:
    seats = [one.seat for one in panel]
    if seats.count(Seat.PRESIDING) != 1 or seats.count(Seat.RECORDER) != 1 or seats.count(Seat.OFFICER) < 2:
        text = _("The panel needs a presiding officer, at least two hearing officers and a recorder.")
        yield Lack("hearing-panel", text, "50(3)")
    if silent := [one.user.full_name for one in panel if one.declared_on is None]:
        text = _("Has not declared whether an interest is involved: %(names)s.")
        yield Lack("hearing-undeclared", text % {"names": "、".join(silent)}, "50(3)")
    if doubtful := [one.user.full_name for one in panel if one.is_doubtful]:
        text = _("Declared an interest: %(names)s. The head of the office decides, or another person takes the seat.")
        yield Lack("hearing-interest", text % {"names": "、".join(doubtful)}, "50(3)", is_late=True)


def _of_notice(parties: Sequence[HearingParty], days: NoticeDays | None, today: date) -> Iterable[Lack]:
    if days is None:
        return
    for row in parties:
        if row.waived_on is not None:
            continue
        how, name = days.judge(row.notified_on), row.participation.with_role
        if how == "missing":
            text = _("%(name)s: the notice is not served. Its last day is %(day)s.")
            yield Lack("hearing-notice", text % {"name": name, "day": long_date(days.strict)}, "51(1)",
                       is_late=today > days.strict)  # fmt: skip
        elif how == "late":
            text = _(
                "%(name)s: served on %(day)s, less than five working days before. Fix a new day, or get the waiver."
            )
            yield Lack("hearing-notice", text % {"name": name, "day": long_date(row.notified_on)}, "51(1)",
                       is_late=True)  # fmt: skip
        elif how == "gap":
            text = _("%(name)s: served on %(day)s, which leaves only four clear working days. Better have it waived.")
            yield Lack("hearing-notice-gap", text % {"name": name, "day": long_date(row.notified_on)}, "51(1)",
                       forbids_holding=False)  # fmt: skip


def _of_heads(parties: Sequence[HearingParty], hearing: Hearing, today: date) -> Iterable[Lack]:
    missing = [row.participation.name for row in parties if row.is_head_missing and row.came is None]
    if missing:
        text = _("No head is named, nor a reason and who comes instead: %(names)s.")
        yield Lack("hearing-head", text % {"names": "、".join(missing)}, "51(3)", is_late=hearing.on <= today)


def _of_attendance(parties: Sequence[HearingParty]) -> Iterable[Lack]:
    if unknown := [row.participation.name for row in parties if row.came is None]:
        text = _("Record who came: %(names)s.")
        yield Lack("hearing-attendance", text % {"names": "、".join(unknown)})
    applicants = [row for row in parties if row.is_applicant]
    if applicants and all(row.came is False for row in applicants):
        if all(row.gave_up for row in applicants):
            text = _("Every applicant stayed away without reason. If it is not held, record the right as given up.")
            yield Lack("hearing-given-up", text, "51(2)", forbids_holding=False)
        else:
            text = _("No applicant came, and there is a good reason: adjourn the hearing.")
            yield Lack("hearing-excused", text, "51(2)")


def _of_record(hearing: Hearing, parties: Sequence[HearingParty], panel: Sequence[PanelMember]) -> Iterable[Lack]:
    if left := open_steps(hearing, parties):
        text = _("The record lacks: %(steps)s.")
        yield Lack("hearing-record", text % {"steps": "、".join(str(step.label) for step in left)}, "50(3)")
    unsigned = [row.participation.name for row in parties if row.came and not (row.signed_on or row.refused_to_sign)]
    unsigned += [one.user.full_name for one in panel if one.signed_on is None]
    if unsigned:
        text = _("Neither signed nor refused to sign the record: %(names)s.")
        yield Lack("hearing-signatures", text % {"names": "、".join(unsigned)}, "50(3)")


def of_periods(hearing: Hearing, deadlines: Iterable[Deadline], today: date) -> list[Lack]:
    """Whether the day leaves time to decide (R-DEC); a hearing stops no clock (dossier §7)."""
    running = (row.due_on for row in deadlines if row.rule in DECISION_RULES and row.is_running and row.due_on)
    return of_decision(hearing, min(running, default=None))


def of_decision(hearing: Hearing, due: date | None) -> list[Lack]:
    """The same where the day of the decision is known already."""
    if not hearing.is_running or due is None or hearing.on < due:
        return []
    text = _("The decision is due on %(day)s: the hearing stops no period. Choose an earlier day or extend in time.")
    return [Lack("hearing-after-decision", text % {"day": long_date(due)}, "62", forbids_holding=False, is_late=True)]
