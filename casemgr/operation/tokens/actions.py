"""Tokens made and revoked, accounts of systems: named actions with history and a row in the access log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext, Guard
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.audit.access import record_access
from casemgr.operation.accounts.actions import UserAction
from casemgr.operation.accounts.reach import ADMIN, administers_user
from casemgr.operation.tokens import forms
from casemgr.organisation.models import User
from casemgr.organisation.tokens.models import ApiToken, SystemAccount

MOST_TOKENS = 30
"""Usable at the same time, per account; who logs in anew for every request is told to keep its token."""


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


TOO_MANY = gettext_lazy("The account has %(most)s tokens that are still good. Revoke one, or use one of them.")


class MakeToken(Action):
    """Base: the token is of the actor; its `secret` is on the result only."""

    model: ClassVar = ApiToken
    creates = True
    listed = False

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return bool(getattr(actor, "is_active", False) and actor.role_codes(today))

    def made(self, token: ApiToken, context: ActionContext) -> ApiToken:
        token.save()
        scopes = {"scopes": token.scopes, "until": timezone.localtime(token.expires_at).isoformat(timespec="minutes")}
        record_access(context.actor, "token_made", token.user, token=token.prefix, **scopes)
        return token


class CreateToken(MakeToken):
    """A token for the actor's own scripts, kept until its last day."""

    name, label, form = "token.create", gettext_lazy("Make a token"), forms.TokenForm

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> ApiToken:
        _demand_room(context.actor)
        values = {"name": data["name"], "scopes": data["scopes"], "expires_at": _end_of(data["expires_on"])}
        return self.made(ApiToken.make(context.actor, created_by=context.actor, **values), context)


class LogInToken(MakeToken):
    """A token for hours, for a program whose user gave name and password. The caller has checked both."""

    name, label, form = "token.log_in", gettext_lazy("Log in through the API"), forms.LogInTokenForm

    def is_permitted(self, subject: None, actor, today: date) -> bool:
        return getattr(actor, "is_active", False)

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> ApiToken:
        _forget_old_log_ins(context.actor)
        expires_at = timezone.now().replace(microsecond=0) + timedelta(hours=settings.API_LOG_IN_HOURS)
        values = {"name": data["name"], "scopes": data["scopes"], "expires_at": expires_at, "by_log_in": True}
        return self.made(ApiToken.make(context.actor, created_by=context.actor, **values), context)


def _demand_room(user: User) -> None:
    if user.api_tokens.usable(timezone.now()).filter(by_log_in=False).count() >= MOST_TOKENS:
        raise GuardRefused(refusals=[Refusal("too-many-tokens", TOO_MANY % {"most": MOST_TOKENS})])


def _forget_old_log_ins(user: User) -> None:
    """A program that logs in anew and anew ends its own oldest token, not its user's work."""
    usable = user.api_tokens.usable(timezone.now()).filter(by_log_in=True).order_by("-id")
    for token in usable[MOST_TOKENS - 1 :]:
        token.revoked_at = timezone.now()
        token.revoke_reason = _("Replaced by newer log-ins")
        token.version += 1
        token.save()


class RevokeToken(Action):
    """The token stops at once. Everybody revokes their own, administrators all in their reach."""

    name, label, form = "token.revoke", gettext_lazy("Revoke"), forms.RevokeForm
    model: ClassVar = ApiToken
    listed = False

    def is_visible(self, subject: ApiToken, actor, today: date) -> bool:
        is_keeper = ADMIN in actor.role_codes(today) and administers_user(actor, subject.user, today)
        return subject.user_id == actor.pk or is_keeper

    def is_permitted(self, subject: ApiToken, actor, today: date) -> bool:
        return self.is_visible(subject, actor, today)

    def state_refusal(self, subject: ApiToken, today: date) -> Refusal | None:
        if subject.revoked_at is None:
            return None
        return Refusal("revoked", _("This token is revoked already."))

    def execute(self, subject: ApiToken, data: Mapping, context: ActionContext) -> ApiToken:
        subject.revoked_at = timezone.now()
        subject.revoke_reason = data["reason"]
        subject.version += 1
        subject.save()
        record_access(context.actor, "token_revoked", subject.user, reason=data["reason"], token=subject.prefix)
        return subject


class CreateSystem(UserAction):
    """An account for another system: no password, no log-in; its roles are given like a person's."""

    name, label, creates = "system.create", gettext_lazy("Add a system"), True
    form = forms.SystemAccountForm
    listed = False

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> SystemAccount:
        user = User(username=data["username"], full_name=data["full_name"])
        user.set_unusable_password()
        user.save()
        account = SystemAccount(user=user, purpose=data["purpose"], contact=data["contact"])
        account.save()
        record_access(context.actor, "system_made", user, purpose=data["purpose"])
        return account


class CreateSystemToken(MakeToken):
    """A token for a system of the administrator's reach."""

    name, label, form = "system.create_token", gettext_lazy("Make a token for the system"), forms.TokenForm
    model: ClassVar = SystemAccount
    creates = False
    guards = (
        Guard(
            "system-closed",
            "",
            gettext_lazy("The account of this system is closed. Open it first."),
            lambda account, data, today: account.user.is_active,
        ),
        # Else who administers one unit could hold a token that reaches what somebody else gives the account later.
        Guard(
            "system-without-role",
            "",
            gettext_lazy("The system has no role yet. Give it its roles first, then make the token."),
            lambda account, data, today: bool(account.user.role_codes(today)),
        ),
    )

    def is_visible(self, subject: SystemAccount, actor, today: date) -> bool:
        return administers_user(actor, subject.user, today)

    def is_permitted(self, subject: SystemAccount, actor, today: date) -> bool:
        return ADMIN in actor.role_codes(today) and administers_user(actor, subject.user, today)

    def execute(self, subject: SystemAccount, data: Mapping, context: ActionContext) -> SystemAccount:
        _demand_room(subject.user)
        values = {"name": data["name"], "scopes": data["scopes"], "expires_at": _end_of(data["expires_on"])}
        subject.new_token = self.made(ApiToken.make(subject.user, created_by=context.actor, **values), context)
        return subject


ACTIONS = (CreateToken, LogInToken, RevokeToken, CreateSystem, CreateSystemToken)
