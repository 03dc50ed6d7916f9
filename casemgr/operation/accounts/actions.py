"""What administrators do to units, users and roles: each a named action with history and a row in the access log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from axes.utils import reset as axes_reset
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext, EmptyForm, Guard
from casemgr.actions.errors import Refusal
from casemgr.audit.access import record_access
from casemgr.operation.accounts import forms
from casemgr.operation.accounts.passwords import temporary_password
from casemgr.operation.accounts.reach import ADMIN, administers, administers_user
from casemgr.operation.accounts.role_news import new_version_of, role_news
from casemgr.organisation import second_factor
from casemgr.organisation.accounts.sessions import end_sessions
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.tokens.ending import end_every_token
from casemgr.organisation.tokens.models import SystemAccount

no_open_units_below = Guard(
    code="units-below",
    article="",
    message=gettext_lazy("Units below it are still open. End them or move them first."),
    check=lambda unit, data, today: not unit.children.filter(ended_on__isnull=True).exists(),
)


def _another_administrator_remains(user: User, today: date) -> bool:
    """Whether somebody else could still administer the whole tree."""
    return (
        RoleAssignment.objects.in_force(today)
        .filter(role=ADMIN, unit__parent__isnull=True, user__is_active=True)
        .exclude(user=user)
        .exists()
    )


def _administers_all(user: User, today: date) -> bool:
    return user.role_assignments.in_force(today).filter(role=ADMIN, unit__parent__isnull=True).exists()


def _is_last_administrator(user: User, today: date) -> bool:
    return user.is_active and _administers_all(user, today) and not _another_administrator_remains(user, today)


LAST_ADMINISTRATOR = gettext_lazy(
    "This is the last administrator of the whole banner. Give the role to somebody else first."
)


class UnitAction(Action):
    """For administrators who reach the unit."""

    roles = (ADMIN,)
    model = Unit

    def is_permitted(self, subject: Unit | None, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and (subject is None or administers(actor, subject, today))


class CreateUnit(UnitAction):
    """Add a unit below one of the administrator's reach."""

    name, label, form, creates = "organisation.create_unit", gettext_lazy("Add unit"), forms.CreateUnitForm, True

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> Unit:
        unit = Unit(**data)
        unit.save()
        record_access(context.actor, "unit_created", unit, code=unit.code)
        return unit


class EditUnit(UnitAction):
    """Rename, reclassify or move a unit; its code stays."""

    name, label, form = "organisation.edit_unit", gettext_lazy("Change unit"), forms.EditUnitForm

    def execute(self, subject: Unit, data: Mapping, context: ActionContext) -> Unit:
        for field in ("name", "short_name", "kind", "parent", "started_on"):
            setattr(subject, field, data[field])
        subject.save()
        record_access(context.actor, "unit_changed", subject, code=subject.code)
        return subject


class EndUnit(UnitAction):
    """Close a unit after a reform. Roles held at it end with it; the successor's people reach its cases."""

    name, label, form = "organisation.end_unit", gettext_lazy("Close unit"), forms.EndUnitForm
    binding = True
    consequence = gettext_lazy("The unit takes no new cases. Roles held at it pass to the successor on the day after.")
    guards = (no_open_units_below,)

    def state_refusal(self, subject: Unit, today: date) -> Refusal | None:
        if subject.ended_on is None:
            return None
        return Refusal("unit-ended", _("The unit is already closed."))

    def execute(self, subject: Unit, data: Mapping, context: ActionContext) -> Unit:
        subject.ended_on, subject.successor = data["ended_on"], data["successor"]
        subject.save()
        self._pass_on_roles(subject, data["ended_on"])
        successor = subject.successor.code if subject.successor else ""
        record_access(context.actor, "unit_ended", subject, code=subject.code, successor=successor)
        return subject

    @staticmethod
    def _pass_on_roles(unit: Unit, last_day: date) -> None:
        first_day = last_day + timedelta(days=1)
        for held in unit.role_assignments.in_force(last_day):
            until_on = held.until_on
            held.until_on = last_day
            held.save()
            if unit.successor is None or (until_on is not None and until_on < first_day):
                continue
            heir, created = RoleAssignment.objects.get_or_create(
                user_id=held.user_id,
                role=held.role,
                unit=unit.successor,
                defaults={"from_on": first_day, "until_on": until_on},
            )
            if not created and heir.until_on is not None and (until_on is None or heir.until_on < until_on):
                heir.until_on = until_on
                heir.save()


class UserAction(Action):
    """For administrators who reach every role the person holds."""

    roles = (ADMIN,)
    model = User

    def is_permitted(self, subject: User | None, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and (
            subject is None or administers_user(actor, subject, today)
        )

    def news_lines(self, subject: User, since: datetime) -> list[str]:
        """Roles given or ended meanwhile."""
        return role_news(subject, since)


class CreateUser(UserAction):
    """Open an account with a temporary password; `temporary_password` on the result is shown once and kept nowhere."""

    name, label, form, creates = "organisation.create_user", gettext_lazy("Open account"), forms.CreateUserForm, True

    def execute(self, subject: None, data: Mapping, context: ActionContext) -> User:
        user = User(username=data["username"], full_name=data["full_name"], must_change_password=True)
        password = temporary_password()
        user.set_password(password)
        user.save()
        user.temporary_password = password
        record_access(context.actor, "user_created", user)
        return user


class RenameUser(UserAction):
    """Correct a person's name."""

    name, label, form = "organisation.rename_user", gettext_lazy("Change name"), forms.RenameUserForm

    def execute(self, subject: User, data: Mapping, context: ActionContext) -> User:
        subject.full_name = data["full_name"]
        subject.version += 1
        subject.save(update_fields=["full_name", "version"])
        return subject


def has_no_password(subject: User) -> Refusal | None:
    """Why nothing about a password can be done to the account of a system."""
    if not SystemAccount.objects.filter(user=subject).exists():
        return None
    return Refusal("system-account", _("This is the account of a system: it has no password, only tokens."))


class ResetPassword(UserAction):
    """Give a new temporary password, shown once; open sessions end, a lock is lifted."""

    name, label, form = "organisation.reset_password", gettext_lazy("New temporary password"), EmptyForm

    def state_refusal(self, subject: User, today: date) -> Refusal | None:
        return has_no_password(subject)

    def execute(self, subject: User, data: Mapping, context: ActionContext) -> User:
        password = temporary_password()
        subject.set_password(password)
        subject.must_change_password = True
        subject.save()
        axes_reset(username=subject.username)
        end_sessions(subject)
        subject.temporary_password = password
        record_access(context.actor, "password_reset", subject)
        return subject


class Unlock(UserAction):
    """Let a person log in again at once after too many failures."""

    name, label, form = "organisation.unlock", gettext_lazy("Unlock log-in"), EmptyForm

    def execute(self, subject: User, data: Mapping, context: ActionContext) -> User:
        axes_reset(username=subject.username)
        second_factor.unlock(subject)
        record_access(context.actor, "unlocked", subject)
        return subject


class SetActive(UserAction):
    """Close an account, or open it again. Nothing of the person's work is deleted."""

    name, label, form = "organisation.set_active", gettext_lazy("Close or open account"), forms.SetActiveForm
    guards = (
        Guard(
            code="last-administrator",
            article="",
            message=LAST_ADMINISTRATOR,
            check=lambda user, data, today: data["is_active"] or not _is_last_administrator(user, today),
            needs_data=True,
        ),
    )

    def is_permitted(self, subject: User, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and subject.pk != actor.pk

    def execute(self, subject: User, data: Mapping, context: ActionContext) -> User:
        subject.is_active = data["is_active"]
        subject.version += 1
        subject.save(update_fields=["is_active", "version"])
        kind = "account_opened" if subject.is_active else "account_closed"
        if not subject.is_active:
            end_every_token(subject)
            end_sessions(subject)
        record_access(context.actor, kind, subject, reason=data["reason"])
        return subject


class AssignRole(UserAction):
    """Give a role at a unit. Nobody gives roles to himself: what one may see is another's decision."""

    name, label, form = "organisation.assign_role", gettext_lazy("Give role"), forms.AssignRoleForm

    def is_permitted(self, subject: User, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and subject.pk != actor.pk

    def execute(self, subject: User, data: Mapping, context: ActionContext) -> User:
        # One row per person, role and unit: a role given again reopens it, its past is in the history.
        RoleAssignment.objects.update_or_create(
            user=subject,
            role=data["role"],
            unit=data["unit"],
            defaults={"from_on": data["from_on"] or context.today, "until_on": data["until_on"]},
        )
        new_version_of(subject)
        end_sessions(subject)
        record_access(context.actor, "role_given", subject, role=data["role"], unit=data["unit"].code)
        return subject


class EndRole(Action):
    """End a role on a day; it holds through that day."""

    name, label, form = "organisation.end_role", gettext_lazy("End role"), forms.EndRoleForm
    roles = (ADMIN,)
    model = RoleAssignment
    guards = (
        Guard(
            code="last-administrator",
            article="",
            message=LAST_ADMINISTRATOR,
            check=lambda held, data, today: (
                held.role != ADMIN or held.unit.parent_id is not None or not _is_last_administrator(held.user, today)
            ),
        ),
    )

    def is_permitted(self, subject: RoleAssignment, actor: User, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and administers(actor, subject.unit, today)

    def execute(self, subject: RoleAssignment, data: Mapping, context: ActionContext) -> RoleAssignment:
        subject.until_on = data["until_on"]
        subject.save()
        new_version_of(subject.user)
        # An administrator who gives up a role of their own goes on with the page that says so.
        if subject.user_id != context.actor.pk:
            end_sessions(subject.user)
        record_access(context.actor, "role_ended", subject.user, role=subject.role, unit=subject.unit.code)
        return subject


ACTIONS = (CreateUnit, EditUnit, EndUnit, CreateUser, RenameUser, ResetPassword, Unlock, SetActive, AssignRole, EndRole)
