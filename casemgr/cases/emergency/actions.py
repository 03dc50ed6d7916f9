"""Opening a case in an emergency, and judging it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.actions.outbox import NoticeKind, tell
from casemgr.audit.access import record_access
from casemgr.cases.emergency import policy
from casemgr.cases.models import Case, CaseAccess, CaseRecusal, EmergencyAccess
from casemgr.organisation.models import User
from casemgr.organisation.scope import scope
from casemgr.pages.forms import ContextForm

OUTCOME, VERDICT = EmergencyAccess.Outcome, EmergencyAccess.Verdict
NOTICES = (
    NoticeKind(
        "emergency_opened",
        gettext_lazy("Case opened in an emergency"),
        lambda data: _("%(name)s opened %(case)s in an emergency: %(reason)s") % data,
        is_urgent=True,
    ),
    NoticeKind(
        "emergency_missed",
        gettext_lazy("Emergency opening tried in vain"),
        lambda data: _("%(name)s tried to open a case in an emergency, and none was opened.") % data,
        is_urgent=True,
    ),
    NoticeKind(
        "emergency_judged",
        gettext_lazy("Emergency opening judged"),
        lambda data: (
            (
                _("Your emergency opening of %(number)s was found justified.")
                if data["verdict"] == VERDICT.JUSTIFIED
                else _("Your emergency opening of %(number)s was found not justified; the access has ended.")
            )
            % {"number": data["number"]}
        ),
        is_urgent=True,
    ),
)


class EmergencyForm(ContextForm):
    number = forms.CharField(label=gettext_lazy("Case number"), max_length=80)
    category = forms.ChoiceField(
        label=gettext_lazy("Kind of emergency"),
        choices=[("", gettext_lazy("Please choose")), *EmergencyAccess.Category.choices],
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you need the case now"), max_length=500, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least = settings.EMERGENCY_REASON_LENGTH
        self.fields["reason"].help_text = ngettext(
            "At least %(count)s character; the case's office and the auditors read it.",
            "At least %(count)s characters; the case's office and the auditors read it.",
            least,
        ) % {"count": least}

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if len("".join(reason.split())) < settings.EMERGENCY_REASON_LENGTH:
            raise forms.ValidationError(_("Say more about the emergency: what has to be done, by when, for whom."))
        return reason

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and Case.objects.visible_to(self.actor, self.today).filter(number=data["number"]).exists():
            self.add_error("number", _("You see this case already: look it up in the list of cases."))
        return data


class OpenInEmergency(Action):
    """Break the glass: the person alone sees the case for some hours. An attempt in vain is kept as well."""

    name = "cases.open_in_emergency"
    label = gettext_lazy("Open a case in an emergency")
    consequence = gettext_lazy(
        "The opening is recorded with your name and reason; the case's office and the auditors are told at once, "
        "and an auditor judges afterwards whether it was justified."
    )
    creates: ClassVar[bool] = True
    form = EmergencyForm

    def is_permitted(self, subject: None, actor: User, today: date) -> bool:
        return not getattr(actor, "is_system", False) and policy.may_open(actor, today)

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> EmergencyAccess:
        now, actor = timezone.now(), context.actor
        User.objects.select_for_update(of=("self",)).get(pk=actor.pk)  # attempts of one person wait for each other
        if policy.is_closed_for(actor, now):
            message = _("Too many attempts in vain today. Ask the head of the office or an administrator.")
            raise GuardRefused(refusals=[Refusal("emergency-closed", message)])
        attempt = EmergencyAccess(
            user=actor, number=data["number"], category=data["category"], reason=data["reason"], opened_at=now
        )
        case = Case.objects.select_for_update(of=("self",)).filter(number=data["number"]).order_by("pk").first()
        role = policy.opening_role(actor, case, context.today) if case is not None else None
        if case is not None and CaseRecusal.objects.filter(case=case, user=actor).exists():
            return self._in_vain(attempt, OUTCOME.RECUSED, context)
        if case is None or role is None:
            return self._in_vain(attempt, OUTCOME.NOTHING, context)
        attempt.case, attempt.outcome = case, OUTCOME.OPENED
        attempt.until_at = now + timedelta(hours=settings.EMERGENCY_HOURS)
        attempt.save()
        CaseAccess.objects.update_or_create(
            case=case, user=actor, defaults={"unit": role.unit, "until_at": attempt.until_at, "reason": data["reason"]}
        )
        record_access(actor, "emergency_opened", case, reason=data["reason"], category=data["category"])
        told = policy.people_to_tell(case, context.today)
        words = {"name": actor.full_name, "case": case.number, "reason": data["reason"]}
        tell("emergency_opened", told, subject=case, once=f"emergency:{attempt.pk}", **words)
        return attempt

    @staticmethod
    def _in_vain(attempt: EmergencyAccess, outcome: str, context: ActionContext) -> EmergencyAccess:
        attempt.outcome = outcome
        attempt.save()
        record_access(context.actor, "emergency_missed", attempt, reason=attempt.reason, outcome=outcome)
        told = policy.auditors_of_all(context.today)
        tell("emergency_missed", told, subject=attempt, name=context.actor.full_name)
        return attempt


class JudgeForm(ContextForm):
    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), choices=VERDICT.choices[1:], widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Reason of the verdict"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


def judged_by(actor: User, attempt: EmergencyAccess, today: date) -> bool:
    """Whether it is the auditor's to judge: their reach covers the case's unit; attempts in vain are everybody's."""
    reach = scope(actor, today)
    if attempt.case is None:
        return reach.has_role("auditor")
    return reach.has_role("auditor", procedure=attempt.case.procedure, unit=attempt.case.unit_id)


class JudgeEmergency(Action):
    """An auditor says afterwards whether the opening was justified; if not, it ends at once."""

    name = "cases.judge_emergency"
    label = gettext_lazy("Judge an emergency opening")
    model: ClassVar = EmergencyAccess
    roles = ("auditor",)
    form = JudgeForm

    def is_visible(self, subject: EmergencyAccess, actor: User, today: date) -> bool:
        return judged_by(actor, subject, today)

    def is_permitted(self, subject: EmergencyAccess, actor: User, today: date) -> bool:
        """Nobody judges their own."""
        return judged_by(actor, subject, today) and subject.user_id != actor.pk

    def state_refusal(self, subject: EmergencyAccess, today: date) -> Refusal | None:
        return Refusal("judged", _("This opening is judged already.")) if subject.verdict else None

    def execute(self, subject: EmergencyAccess, data: Mapping[str, Any], context: ActionContext) -> EmergencyAccess:
        now = timezone.now()
        subject.verdict, subject.verdict_note = data["verdict"], data["note"]
        subject.judged_by, subject.judged_at = context.actor, now
        if data["verdict"] == VERDICT.UNJUSTIFIED:
            self._end(subject, now)
        subject.version += 1
        subject.save()
        record_access(context.actor, "emergency_judged", subject, reason=data["note"], verdict=data["verdict"])
        tell("emergency_judged", [subject.user_id], verdict=data["verdict"], number=subject.number)
        return subject

    @staticmethod
    def _end(attempt: EmergencyAccess, now) -> None:
        for grant in CaseAccess.objects.filter(case=attempt.case, user=attempt.user, until_at__gt=now):
            grant.until_at = now
            grant.save()
        if attempt.until_at is not None and attempt.until_at > now:
            attempt.until_at = now

    @classmethod
    def reason_of(cls, data: Mapping) -> str:
        return str(data.get("note") or "")


ACTIONS = (OpenInEmergency, JudgeEmergency)
