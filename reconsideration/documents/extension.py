"""延期通知书: reason and the new last day, at most thirty days more (art. 62(1))."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.calendar.current import current_calendar
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from casemgr.documents.rendering import chinese_date
from casemgr.timelimits.arithmetic import calendar_days, compute
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile
from reconsideration.documents.trial_notice import (
    LAW,
    ApprovedForm,
    addressees,
    approved,
    cause_of,
    everybody,
    introduction,
    needs_cause,
)
from reconsideration.states import UNDER_TRIAL
from reconsideration.stop_guards import decision_deadline
from reconsideration.timelimits.laws import EXTENSION_CAP

BASIS = {
    False: ("第六十二条第一款", "行政复议机构的负责人"),
    True: ("第三十一条第一款", "行政复议机关的负责人"),
}
"""Article and who approves, by whether the law of 2017 governs (2023, art. 62(1); 2017, art. 31(1))."""


class ExtensionForm(ApprovedForm):
    """What the officer types on the paper; issuing it hands the same to the action `reconsideration.extend`."""

    days = forms.IntegerField(
        label=_("Days"), required=False, min_value=1, max_value=EXTENSION_CAP,
        help_text=_("All extensions together are at most 30 days (article 62(1))."),
    )  # fmt: skip
    field_order = ("days", "cause", "approved_by")


def new_last_day(case: Case, days: int) -> date | None:
    """The day after the extension; None when it leans on a calendar that is not published."""
    running = decision_deadline(case)
    if running is None or running.nominal_on is None:
        return None
    found = compute(calendar_days(days), running.nominal_on, current_calendar())
    return found.due if found.calendar_status == CalendarStatus.PUBLISHED else None


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    days = int(data.get("days") or 0)
    until = new_last_day(case, days) if days else None
    article, approver = BASIS[case.law_version == "2017"]
    till = f"，延长至{chinese_date(until)}" if until else ""
    return Composed(
        (
            Part("introduction", (introduction(file, authority=organs.authority_name(today)),)),
            Part(
                "decision",
                (
                    f"{wording.EXTENSION_CAUSE.say({'原因': cause_of(data)})}根据{LAW}{article}的规定，"
                    f"经{approver}批准，本案作出行政复议决定的期限延长{days}日{till}。",
                    wording.CLOSING.say(),
                )
                if days
                else (),
            ),
        ),
        addressee=addressees(case),
    )


def requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if not data.get("days"):
        found.append(Missing("days", _("Enter by how many days the period is extended."), "62(1)", "days"))
    if case.law_version == "2017" and not data.get("approved_by"):
        message = _("Under the law of 2017 the head of the authority approves: enter who did.")
        found.append(Missing("approval", message, "31(1)", "approved_by"))
    return [*found, *needs_cause(data, "62(1)")]


EXTENSION_NOTICE = DocumentKind(
    code="extension_notice",
    name=_("Extension notice"),
    title="行政复议延期通知书",
    issuer=organs.OFFICE,
    compose=compose,
    states=UNDER_TRIAL,
    series=series.EXTENSION,
    form=ExtensionForm,
    passages=wording.EXTENSION,
    issue_action="reconsideration.extend",
    issue_data=lambda document: approved(document, "days", "cause"),
    recipients=everybody,
    requires=requires,
)
