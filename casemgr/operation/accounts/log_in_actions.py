"""What administrators do about how people log in: second factors, sessions, passwords; and the rule per role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.outbox import tell
from casemgr.audit.access import record_access
from casemgr.operation.accounts.actions import UserAction, has_no_password
from casemgr.operation.accounts.forms import ReasonField
from casemgr.operation.accounts.reach import ADMIN
from casemgr.organisation import second_factor
from casemgr.organisation.accounts.models import SecondFactorRule
from casemgr.organisation.accounts.sessions import end_sessions
from casemgr.organisation.models import User
from casemgr.organisation.roles import ROLES
from casemgr.organisation.scope import ALL, scope
from casemgr.organisation.tokens.ending import end_log_in_tokens
from casemgr.pages.forms import ContextForm, DateField


class ResetFactorForm(ContextForm):
    reason = ReasonField(
        help_text=gettext_lazy("Kept in the access log and told to the person: “telephone lost, came in person”.")
    )


class AskedOfOthers(UserAction):
    """Nobody does it to their own account here: one's own has its page, which asks for a code."""

    def is_permitted(self, subject: User | None, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and (subject is None or subject.pk != actor.pk)


class ResetSecondFactor(AskedOfOthers):
    """Take a lost second factor away. Convince yourself first that it is that person who asks."""

    name, label, form = "organisation.reset_second_factor", gettext_lazy("Take away second factor"), ResetFactorForm
    guards = (
        Guard(
            code="no-factor",
            article="",
            message=gettext_lazy("This person has no second factor."),
            check=lambda user, data, today: second_factor.is_enrolled(user),
        ),
    )

    def execute(self, subject: User, data: Mapping, context: ActionContext) -> User:
        second_factor.remove(subject)
        ended = end_sessions(subject) + end_log_in_tokens(subject)
        record_access(context.actor, "factor_reset", subject, reason=data["reason"], sessions_ended=ended)
        tell("factor_reset", [subject.pk], name=context.actor.full_name, reason=data["reason"])
        return subject


class EndSessions(AskedOfOthers):
    """Log a person out everywhere, programs that logged in with the password as well."""

    name, label = "organisation.end_sessions", gettext_lazy("End all log-ins")

    def execute(self, subject: User, data: Mapping, context: ActionContext) -> User:
        ended = end_sessions(subject) + end_log_in_tokens(subject)
        record_access(context.actor, "sessions_ended", subject, sessions_ended=ended)
        tell("sessions_ended", [subject.pk], name=context.actor.full_name)
        return subject


class AskForNewPassword(AskedOfOthers):
    """The person keeps the password until the next page they open, which asks for a new one."""

    name, label = "organisation.ask_new_password", gettext_lazy("Ask for a new password")

    def state_refusal(self, subject: User, today: date) -> Refusal | None:
        return has_no_password(subject)

    def execute(self, subject: User, data: Mapping, context: ActionContext) -> User:
        subject.must_change_password = True
        subject.save(update_fields=["must_change_password"])
        record_access(context.actor, "password_change_asked", subject)
        return subject


class RuleForm(ContextForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    required_from = DateField(
        label=gettext_lazy("Required from"),
        required=False,
        help_text=gettext_lazy("Empty: each holder of the role decides. Asked for at log-in from that day on."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(code, role.label) for code, role in ROLES.items()]


class SetSecondFactorRule(Action):
    """From which day holders of a role need a second factor; for administrators of the whole banner."""

    name, label, form = "organisation.set_second_factor_rule", gettext_lazy("Second factor by role"), RuleForm
    roles, creates = (ADMIN,), True

    def is_permitted(self, subject: None, actor: User, today: date) -> bool:
        return scope(actor, today).units_of_role((ADMIN,)) is ALL

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> SecondFactorRule:
        return set_rule(data["role"], data["required_from"], context.actor)


def set_rule(role: str, required_from: date | None, actor: User | None) -> SecondFactorRule:
    """Keep one role's rule with history and a row in the access log."""
    rule = SecondFactorRule.objects.select_for_update().filter(role=role).first() or SecondFactorRule(role=role)
    if rule.pk is None or rule.required_from != required_from:
        rule.version += 0 if rule.pk is None else 1
        rule.required_from = required_from
        rule.save()
        day = required_from.isoformat() if required_from else ""
        record_access(actor, "factor_rule_changed", rule, role=role, required_from=day)
    return rule


ACTIONS = (ResetSecondFactor, EndSessions, AskForNewPassword, SetSecondFactorRule)
