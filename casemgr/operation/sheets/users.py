"""A list of people judged row by row: who is new, who is known, what is wrong. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from casemgr.operation.accounts.forms import CreateUserForm
from casemgr.operation.accounts.reach import administers, administers_user
from casemgr.operation.sheets.reading import Rows
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.organisation.places import fits, kinds_for
from casemgr.organisation.roles import ROLES
from casemgr.parties.identity import is_phone, normalise_phone

NAME, LOGIN, UNIT, ROLE, PHONE = "姓名", "登录名", "单位", "角色", "电话"
COLUMNS = (NAME, LOGIN, UNIT, ROLE, PHONE)
REQUIRED = (NAME, LOGIN, UNIT, ROLE)
LIMIT = 300
"""Rows of one list: each new account costs a slow password digest."""
CREATED, UPDATED, UNCHANGED, REJECTED = "created", "updated", "unchanged", "rejected"


@dataclass(frozen=True)
class Fault:
    """What is wrong in which column."""

    column: str
    reason: str


@dataclass
class Planned:
    """One row and what would come of it. `roles`: those that are not held yet."""

    number: int
    full_name: str
    username: str
    phone: str
    unit: Unit | None = None
    roles: list[str] = field(default_factory=list)
    status: str = REJECTED
    faults: list[Fault] = field(default_factory=list)

    @property
    def role_names(self) -> list[str]:
        return [str(ROLES[role].label) for role in self.roles]


def role_words() -> dict[str, str]:
    """The words of the column 角色, and the codes."""
    with translation.override("zh-hans"):
        return {str(role.label): code for code, role in ROLES.items()} | {code: code for code in ROLES}


def plan(rows: Rows, actor: User, today: date) -> list[Planned]:
    """Every row in its order. A person may have several rows, one for each unit at which a role is held."""
    known = _Known(rows, today)
    seen: dict[str, str] = {}
    given: set[tuple[str, str, int]] = set()
    return [_judge(number, row, actor, today, known, seen, given) for number, row in rows]


class _Known:
    """What the rows are compared with, read once."""

    def __init__(self, rows: Rows, today: date) -> None:
        self.units: dict[str, list[Unit]] = {}
        for unit in Unit.objects.filter(ended_on__isnull=True):
            for name in {unit.code, unit.name, unit.short_name} - {""}:
                self.units.setdefault(name, []).append(unit)
        names = {row.get(LOGIN, "").lower() for _number, row in rows}
        self.users = {user.username.lower(): user for user in _users_named(names)}
        held = RoleAssignment.objects.in_force(today).filter(user__in=self.users.values())
        self.held = set(held.values_list("user_id", "role", "unit_id"))
        self.words = role_words()


def _users_named(names: Iterable[str]) -> list[User]:
    from django.db.models.functions import Lower

    return list(User.objects.annotate(lower=Lower("username")).filter(lower__in=names))


def _judge(
    number: int, row: dict, actor: User, today: date, known: _Known, seen: dict[str, str], given: set
) -> Planned:
    found = Planned(number, row.get(NAME, ""), row.get(LOGIN, ""), normalise_phone(row.get(PHONE, "")))
    found.faults += [Fault(column, _("This cell must be filled in.")) for column in REQUIRED if not row.get(column)]
    if found.phone and not is_phone(found.phone):
        found.faults.append(Fault(PHONE, _("This is no telephone number.")))
    user = known.users.get(found.username.lower())
    _judge_person(found, user, actor, today, seen)
    roles = _judge_roles(found, row, actor, today, known)
    if found.faults:
        return found
    seen[found.username.lower()] = found.full_name
    is_known = user is not None or any(key[0] == found.username.lower() for key in given)
    for role in roles:
        key = (found.username.lower(), role, found.unit.pk)
        if key not in given and not (user and (user.pk, role, found.unit.pk) in known.held):
            found.roles.append(role)
        given.add(key)
    found.status = (UPDATED if found.roles else UNCHANGED) if is_known else CREATED
    return found


def _judge_person(found: Planned, user: User | None, actor: User, today: date, seen: dict[str, str]) -> None:
    def wrong(column: str, reason: str) -> None:
        found.faults.append(Fault(column, reason))

    if len(found.full_name) > 50:
        wrong(NAME, _("Too long, or with a character that is not allowed."))
    if found.username:
        try:
            CreateUserForm.base_fields["username"].clean(found.username)
        except ValidationError as error:
            wrong(LOGIN, " ".join(error.messages))
    if seen.get(found.username.lower(), found.full_name) != found.full_name:
        wrong(LOGIN, _("A row above gives this user name to somebody else."))
    if user is None:
        return
    if user.full_name != found.full_name:
        wrong(LOGIN, _("This user name belongs to somebody else. Choose another."))
    elif not user.is_active:
        wrong(LOGIN, _("This account is closed. Open it again on its page."))
    elif user.pk == actor.pk:
        wrong(LOGIN, _("Nobody gives roles to himself."))
    elif not administers_user(actor, user, today):
        wrong(LOGIN, _("This account is kept by another administrator."))


def _judge_roles(found: Planned, row: dict, actor: User, today: date, known: _Known) -> list[str]:
    """The codes of the row's roles, with unit and fit checked."""
    named = row.get(UNIT, "")
    units = known.units.get(named, [])
    if named and len(units) != 1:
        reason = _("There is no such unit.") if not units else _("Several units are called so; write the code.")
        found.faults.append(Fault(UNIT, reason))
    elif units:
        found.unit = units[0]
        if not administers(actor, found.unit, today):
            found.faults.append(Fault(UNIT, _("This unit is kept by another administrator.")))
    roles = []
    for word in dict.fromkeys(part.strip() for part in row.get(ROLE, "").split("、") if part.strip()):
        role = known.words.get(word)
        if role is None:
            words = "、".join(name for name in known.words if name not in ROLES)
            found.faults.append(Fault(ROLE, _("“%(word)s” is not one of: %(words)s") % {"word": word, "words": words}))
        elif found.unit is not None and not fits(role, found.unit):
            kinds = "、".join(kinds_for(role))
            message = _("“%(role)s” is not held at such a unit, but at: %(kinds)s")
            found.faults.append(Fault(ROLE, message % {"role": word, "kinds": kinds}))
        else:
            roles.append(role)
    return roles
