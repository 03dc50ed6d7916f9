"""Conditions of who may mediate, and of beginning at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from mediation.course.impartiality import namesakes
from mediation.course.people import current_mediators, names, parties_of
from mediation.guards.consents import standing_refusals
from mediation.models import CaseMediator, MediationCase
from mediation.organisations.engaged import not_engaged

Data = Mapping[str, Any] | None


def _names_in(data: Data) -> list[str]:
    people = [data.get("lead"), *(data.get("others") or ()), data.get("recorder"), data.get("person")]
    found = [person.full_name for person in people if person is not None]
    return [*found, *(data.get("other_names") or ())]


def _namesakes_are_explained(case: MediationCase, data: Data, today: date) -> bool:
    return not namesakes(case, _names_in(data)) or data.get("has_relation") in ("namesake", "yes")


namesake_is_explained = Guard(
    "namesake",
    gettext_lazy("Rules on online mediation, article 13"),
    gettext_lazy(
        "A mediator has the name of a party or agent of this case. Choose another mediator; "
        "if it is only a namesake, say so."
    ),
    _namesakes_are_explained,
    field="has_relation",
    needs_data=True,
    detail=lambda case, data, today: "、".join(namesakes(case, _names_in(data))),
)


def _strangers(case: MediationCase, data: Data) -> list[str]:
    """Chosen as mediators, but engaged by no committee on that day; a recorder need not be a mediator."""
    users = [data.get("lead"), *(data.get("others") or ())]
    names_only = list(data.get("other_names") or ())
    leaves = data.get("leaves")
    if (leaves.role if leaves is not None else data.get("role")) != CaseMediator.Role.RECORDER:
        users.append(data.get("person"))
        names_only += [data["person_name"]] if data.get("person_name") else []
    return not_engaged(case.unit, [user for user in users if user is not None], names_only, data["on"])


# People's Mediation Law, art. 13 and 14: mediators are the committee's members and those it hires
mediators_are_engaged = Guard(
    "not-engaged",
    "13、14",
    gettext_lazy(
        "Only members of the committee and mediators it has hired may mediate, and the register names these on that "
        "day as neither. Choose somebody the register holds, or have the engagement (or the account of the mediator) "
        "entered there first:"
    ),
    lambda case, data, today: not _strangers(case, data),
    needs_data=True,
    detail=lambda case, data, today: "、".join(_strangers(case, data)),
)


def _relation_is_accepted(case: MediationCase, data: Data, today: date) -> bool:
    return data.get("has_relation") != "yes" or bool(data.get("parties_agree"))


# Provisions on invited mediation, art. 15(2); Rules on online mediation, art. 13(2)
relation_is_accepted = Guard(
    "conflict-of-interest",
    gettext_lazy("Provisions on invited mediation, article 15; Rules on online mediation, article 13"),
    gettext_lazy(
        "Whoever has a relation to a party must not mediate unless all parties, told of it, agree. "
        "Choose another mediator, or record the parties' agreement."
    ),
    _relation_is_accepted,
    field="has_relation",
    needs_data=True,
)


# People's Mediation Law, art. 17
nobody_refuses = Guard(
    "mediation-refused",
    "17",
    gettext_lazy(
        "A party clearly refuses mediation: it must not be held. Terminate, and tell the parties of the other ways."
    ),
    lambda case, data, today: not standing_refusals(case, today, counts_that_day=True),
)


def untold(case: MediationCase, on: date | None) -> list[Any]:
    """Parties to whom rights and duties had not been told by that day."""
    told = {
        fact.party_id
        for fact in events.facts_of(case)
        if fact.kind == "rights_told" and fact.occurred_on and (on is None or fact.occurred_on <= on)
    }
    return [part for part in parties_of(case) if part.party_id not in told]


# People's Mediation Law, art. 23, 24; Rules on online mediation, art. 17; Provisions on invited mediation, art. 14(3)
rights_are_told = Guard(
    "rights-not-told",
    "23、24",
    gettext_lazy("Tell every party its rights and duties before the first session; still to be told:"),
    lambda case, data, today: not untold(case, (data or {}).get("on")),
    detail=lambda case, data, today: names(untold(case, (data or {}).get("on"))),
)


def _is_led(case: MediationCase, data: Data, today: date) -> bool:
    return any(mediator.role == "lead" for mediator in current_mediators(case))


# People's Mediation Law, art. 19
a_mediator_leads = Guard(
    "no-mediator",
    "19",
    gettext_lazy("Nobody mediates yet: the parties choose a mediator, or the committee designates one."),
    _is_led,
)


def _not_yet_named(case: MediationCase, data: Data, today: date) -> bool:
    return not current_mediators(case)


none_named_yet = Guard(
    "mediators-named",
    "19",
    gettext_lazy("The mediators are chosen already: add one, or replace one with the reason."),
    _not_yet_named,
)


def mediator_label(mediator: Any) -> str:
    return _("%(name)s, %(role)s") % {"name": mediator.name, "role": mediator.get_role_display()}
