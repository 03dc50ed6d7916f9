"""The demo office: a log-in per role, and each procedure's lawful cases, made by the actions users take."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from casemgr.assessment import demo as assessment
from casemgr.audit.context import audited
from casemgr.boards.alerts import evaluating
from casemgr.cases.procedure import procedures
from casemgr.organisation.models import RoleAssignment, Unit, User

# role → (full name, code of the unit it is held at)
PEOPLE: dict[str, tuple[str, str]] = {
    "mediator": ("刘根喜", "150621100"),
    "committee": ("乌云其木格", "150621100"),
    "town": ("张建平", "150621100"),
    "guidance": ("萨仁高娃", "150621"),
    "officer": ("李志强", "150621-SFJ-FY"),
    "head": ("陈海龙", "150621-SFJ-FY"),
    "authority": ("高秀兰", "150621"),
    "panel": ("周那仁", "150621-SFJ-FY"),
    "archive": ("王桂花", "150621-SFJ"),
    "liaison": ("赵永胜", "150621-SFJ"),
    "department": ("白志刚", "150621-ZRJ"),
    "finance": ("吴淑芬", "150621-CZJ"),
    "leader": ("云巴特尔", "150621"),
    "auditor": ("杨文军", "150621"),
    "admin": ("苏日娜", "150621"),
}


@dataclass(frozen=True)
class DemoOffice:
    """The people of the demo, by role."""

    users: Mapping[str, User]

    def __getitem__(self, role: str) -> User:
        return self.users[role]


MANY = 1000
"""Above so many, the number asked for is that of all cases, mixed as a banner's are; up to it, of each procedure."""
Loader = Callable[[DemoOffice, date, int, int], int]
"""`(office, today, cases, seed)` → how many cases were made. A procedure offers it as `extra["demo"]`."""


@transaction.atomic
def create_people(password: str) -> DemoOffice:
    """One log-in per role; those that exist keep their password and roles."""
    hashed = make_password(password)  # once: argon2 is slow on purpose
    users = {}
    with audited(action="demo", reason="demo office"):
        for role, (full_name, unit_code) in PEOPLE.items():
            user, is_new = User.objects.get_or_create(
                username=role, defaults={"full_name": full_name, "password": hashed, "must_change_password": False}
            )
            if is_new:
                RoleAssignment.objects.create(user=user, role=role, unit=Unit.objects.get(code=unit_code))
            users[role] = user
    return DemoOffice(users)


def load_demo(today: date, cases: int, seed: int) -> dict[str, int]:
    """Make the people, the cases, the year's plan with a sheet and reports, and the alerts that a night would raise.

    The number of cases per procedure.

    `cases`: how many of each procedure; above `MANY`, how many in all, by each procedure's `extra["demo_share"]`.
    """
    office = create_people(os.environ.get("DEMO_PASSWORD") or "dalad-demo")
    made = {}
    for procedure in procedures():
        if loader := procedure.extra.get("demo"):
            share = procedure.extra["demo_share"] if cases > MANY else 1
            made[procedure.code] = loader(office, today, round(cases * share), seed)
    assessment.load(office, today)
    evaluating.evaluate(today)
    return made


def load_real_cases(today: date) -> dict[str, int]:
    """The published cases each procedure carries, entered as far as their facts reach."""
    office = create_people(os.environ.get("DEMO_PASSWORD") or "dalad-demo")
    loaders = [(p.code, p.extra["demo_real"]) for p in procedures() if "demo_real" in p.extra]
    return {code: loader(office, today) for code, loader in loaders}
