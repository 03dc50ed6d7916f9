"""A review begins by itself once a year, is decided line by line, and signed as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.actions.perform import perform
from casemgr.audit.access import record_access
from casemgr.operation.access_review.forms import DecideForm, SignForm
from casemgr.operation.access_review.lines import case_lines, role_lines
from casemgr.operation.access_review.models import AccessReview, AccessReviewLine
from casemgr.operation.access_review.people import REVIEWERS, auditors, may_review, reviewed_units, reviewers
from casemgr.organisation.models import Unit, User
from casemgr.organisation.roles import SYSTEM
from casemgr.pages.forms import ContextForm

DAYS_TO_SIGN = 30
KIND, VERDICT = AccessReviewLine.Kind, AccessReviewLine.Verdict
NOTICES = (
    NoticeKind(
        "access_review_begun",
        gettext_lazy("Yearly review of access"),
        lambda data: _("Review who has access at %(unit)s, and sign it by %(day)s.") % data,
    ),
    NoticeKind(
        "access_review_due",
        gettext_lazy("Yearly review of access is not signed"),
        lambda data: _("The review of access at %(unit)s is not signed; its last day is %(day)s.") % data,
        is_urgent=True,
    ),
    NoticeKind(
        "access_review_signed",
        gettext_lazy("Yearly review of access signed"),
        lambda data: _("%(name)s signed the review of access at %(unit)s.") % data,
    ),
)


class BeginForm(ContextForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = reviewed_units(self.actor, self.today)


class BeginReview(Action):
    """List the unit's roles and opened cases as they are now; the schedule begins the yearly ones as SYSTEM."""

    name = "access_review.begin"
    label = gettext_lazy("Begin a review of access")
    creates: ClassVar[bool] = True
    roles = (*REVIEWERS, SYSTEM)
    form = BeginForm

    def guard_refusals(self, subject: None, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or not AccessReview.objects.filter(unit=data["unit"], status="open").exists():
            return []
        return [Refusal("review-open", _("A review of this unit is open: sign it first."), field="unit")]

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> AccessReview:
        unit, today = data["unit"], context.today
        review = AccessReview(unit=unit, opened_on=today, due_on=today + timedelta(days=DAYS_TO_SIGN))
        review.save()
        for line in (*role_lines(review, today), *case_lines(review, today)):
            line.save()
        day = review.due_on.isoformat()
        once = f"access-review:{review.pk}:begun"
        tell("access_review_begun", reviewers(unit, today), subject=review, once=once, unit=str(unit), day=day)
        return review


class ReviewAction(Action):
    """On one review: for those who review its unit."""

    model: ClassVar = AccessReview
    roles = REVIEWERS

    def is_visible(self, subject: AccessReview, actor: User, today: date) -> bool:
        return may_review(actor, subject.unit, today)

    def is_permitted(self, subject: AccessReview, actor: User, today: date) -> bool:
        return may_review(actor, subject.unit, today)

    def state_refusal(self, subject: AccessReview, today: date) -> Refusal | None:
        if subject.status == AccessReview.Status.SIGNED:
            return Refusal("review-signed", _("The review is signed: nothing in it changes any more."))
        return None


class DecideLines(ReviewAction):
    """Confirm or revoke lines, each with its reason; nobody decides on their own."""

    name = "access_review.decide"
    label = gettext_lazy("Confirm or revoke")
    form = DecideForm

    def execute(self, subject: AccessReview, data: Mapping[str, Any], context: ActionContext) -> AccessReview:
        for line, verdict, reason in context.form.decisions():
            line.verdict, line.reason = verdict, reason
            line.decided_by, line.decided_at = context.actor, timezone.now()
            line.save()
            if verdict == VERDICT.REVOKE:
                self._revoke(line, reason, context)
        subject.version += 1
        subject.save()
        return subject

    @staticmethod
    def _revoke(line: AccessReviewLine, reason: str, context: ActionContext) -> None:
        if line.assignment is not None:
            last_day = max(context.today - timedelta(days=1), line.assignment.from_on or date.min)
            data = {"until_on": last_day.isoformat(), "reason": reason}
            perform("organisation.end_role", line.assignment, data, context.actor, context.today)
        elif line.grant is not None:
            line.grant.until_on = context.today - timedelta(days=1)
            if line.grant.user_id:
                line.grant.until_at = timezone.now()
            line.grant.save()
            record_access(context.actor, "case_access_ended", line.grant.case, reason=reason)


class SignReview(ReviewAction):
    """Sign the whole with one's own password; the next review is due in a year."""

    name = "access_review.sign"
    label = gettext_lazy("Sign the review")
    consequence = gettext_lazy("The review is kept as it stands now and never changes again.")
    binding = True
    form = SignForm

    def guard_refusals(self, subject: AccessReview, data: Mapping | None, today: date) -> list[Refusal]:
        waiting = [line for line in subject.lines.filter(verdict="") if not has_ended(line, today)]
        if not waiting:
            return []
        names = "、".join(dict.fromkeys(line.name for line in waiting[:5]))
        message = _("%(count)s lines are not decided yet (%(names)s). One's own roles are decided by another reviewer.")
        return [Refusal("undecided", message % {"count": len(waiting), "names": names})]

    def execute(self, subject: AccessReview, data: Mapping[str, Any], context: ActionContext) -> AccessReview:
        for line in subject.lines.filter(verdict=""):
            line.verdict = VERDICT.GONE
            line.save()
        subject.status = AccessReview.Status.SIGNED
        subject.signed_by, subject.signed_at = context.actor, timezone.now()
        subject.statement = data["statement"]
        subject.next_on = a_year_after(context.today)
        subject.digest = digest_of(subject)
        subject.version += 1
        subject.save()
        record_access(context.actor, "access_review_signed", subject, digest=subject.digest)
        names = {"name": context.actor.full_name, "unit": str(subject.unit)}
        tell("access_review_signed", auditors(subject.unit, context.today), subject=subject, **names)
        return subject


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def has_ended(line: AccessReviewLine, today: date) -> bool:
    """Whether what the line lists has ended by itself or by somebody else since the review began."""
    if line.kind == KIND.ROLE:
        held = line.assignment
        return held is None or (held.until_on is not None and held.until_on < today)
    grant = line.grant
    if grant is None:
        return True
    if grant.user_id:
        return grant.until_at is None or grant.until_at <= timezone.now()
    return grant.until_on is not None and grant.until_on < today


def digest_of(review: AccessReview) -> str:
    """SHA-256 over what the signature vouches for: unit, days, signer, and every line with its verdict."""
    lines = [
        [line.kind, line.name, line.what, _day(line.until_on), line.findings, line.verdict, line.reason,
         line.decided_by_id]
        for line in review.lines.order_by("pk")
    ]  # fmt: skip
    content = [review.unit.code, _day(review.opened_on), review.signed_by_id, review.statement, lines]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


ACTIONS = (BeginReview, DecideLines, SignReview)
