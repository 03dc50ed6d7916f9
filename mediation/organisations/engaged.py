"""Who of a committee's people is a mediator by the register (People's Mediation Law, art. 13, 14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casemgr.organisation.models import Unit, User
from mediation.models import Engagement
from mediation.organisations.sealing import sealing_committee


def not_engaged(unit: Unit, users: Iterable[User], names: Iterable[str], day: date) -> list[str]:
    """Names of those whom no committee engages on the day, by the register; empty while it holds nobody of the unit's.

    The mediator of another committee may help in a joint mediation. Where the register knows no account of a mediator
    the name decides.
    """
    committee = sealing_committee(unit)
    users, names = list(users), list(names)
    if not (users or names) or committee is None:
        return []
    if not Engagement.objects.filter(committee=committee, from_on__lte=day).exists():
        return []
    wanted = [*names, *(user.full_name for user in users)]
    engaged = Engagement.objects.in_force(day)
    accounts = set(engaged.filter(mediator__user__in=users).values_list("mediator__user_id", flat=True))
    by_name = engaged.filter(mediator__name__in=wanted).values_list("mediator__name", "mediator__user_id")
    known, without_account = set(), set()
    for name, user_id in by_name:
        known.add(name)
        if user_id is None:
            without_account.add(name)
    found = [user.full_name for user in users if user.pk not in accounts and user.full_name not in without_account]
    return [*found, *(name for name in names if name not in known)]
