"""The register's conditions: they live in the address, each shows as a chip that takes it away again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case, Participation
from casemgr.cases.procedure import STAGE_LABELS, Procedure, Text, procedures
from casemgr.cases.queries import CaseQuerySet
from casemgr.cases.worklist import QUEUES, unfinished
from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.roles import ROLES
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.requests import row_id
from casemgr.parties.merging import line_ids
from casemgr.parties.models import Party
from casemgr.parties.rows import party_rows

MY_OWN = "me"
SORTS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "newest": (gettext_lazy("Newest first"), ("-id",)),
    "due": (gettext_lazy("Nearest deadline first"), ("next_due_on", "-id")),
    "number": (gettext_lazy("By number"), ("-number_year", "-number_sequence", "-id")),
}
LABELS: dict[str, Text] = {
    "q": gettext_lazy("Search"),
    "procedure": gettext_lazy("Kind of case"),
    "stage": gettext_lazy("Stage"),
    "state": gettext_lazy("State"),
    "unit": gettext_lazy("Unit"),
    "handler": gettext_lazy("Handler"),
    "party": gettext_lazy("Party"),
    "due_before": gettext_lazy("Due by"),
    "queue": gettext_lazy("Deadline"),
}
MORE = ("state", "unit", "handler", "due_before")
Choices = list[tuple[str, Text]]


@dataclass(frozen=True)
class Chip:
    """One condition in words; `without` is the address of the list without it."""

    label: Text
    value: Text
    without: str


class CaseFilters:
    """What the address asks for. A condition that cannot be read is named in `problems` and matches nothing."""

    def __init__(self, params: QueryDict, user, today: date) -> None:
        self.user, self.today = user, today
        self._params = params
        self.values: dict[str, str] = {name: params.get(name, "").strip() for name in LABELS}
        self.sort = params.get("sort") if params.get("sort") in SORTS else "newest"
        self.problems: dict[str, Text] = {}
        self.due_before = self._day("due_before")
        for name in ("procedure", "stage", "state", "queue", "unit", "handler", "party"):
            if self.values[name] and not self._is_known(name):
                self.problems[name] = _("“%(value)s” is not a condition of this list.") % {"value": self.values[name]}

    @property
    def order(self) -> tuple[str, ...]:
        return SORTS[self.sort][1]

    @property
    def active(self) -> dict[str, str]:
        return {name: value for name, value in self.values.items() if value}

    @property
    def more_is_open(self) -> bool:
        return any(self.values[name] for name in MORE)

    def apply(self, cases: CaseQuerySet) -> CaseQuerySet:
        if self.problems:
            return cases.none()
        values = self.active
        for name in ("procedure", "stage", "state"):
            if name in values:
                cases = cases.filter(**{name: values[name]})
        if "unit" in values:
            cases = cases.filter(unit_id=int(values["unit"]))
        if "handler" in values:
            cases = cases.handled_by(self.user if values["handler"] == MY_OWN else int(values["handler"]))
        if "party" in values:
            cases = cases.filter(
                pk__in=Participation.objects.filter(party_id__in=line_ids([int(values["party"])])).values("case_id")
            )
        if "queue" in values:
            cases = unfinished(cases).filter(QUEUES[values["queue"]].condition(self.today))
        if self.due_before:
            cases = unfinished(cases).filter(next_due_on__lte=self.due_before)
        return cases.matching(values["q"]) if "q" in values else cases

    def chips(self) -> list[Chip]:
        return [
            Chip(LABELS[name], self._in_words(name, value), self.address(name)) for name, value in self.active.items()
        ]

    def address(self, *left_out: str) -> str:
        """The list's address with the present conditions, less those left out."""
        query = QueryDict(mutable=True)
        for name, value in {**self.active, "sort": self.sort}.items():
            if name not in left_out and (name, value) != ("sort", "newest"):
                query[name] = value
        return f"?{query.urlencode()}"

    # What the form offers

    @cached_property
    def own_procedures(self) -> list[Procedure]:
        visible = scope(self.user, self.today).procedures
        return [procedure for procedure in procedures() if procedure.code in visible]

    @cached_property
    def choices(self) -> Mapping[str, Choices]:
        """Choices of every selection, in one query (units and handlers)."""
        return {
            "procedure": [(procedure.code, procedure.name) for procedure in self.own_procedures],
            "stage": list(STAGE_LABELS.items()),
            "state": self._states(),
            "unit": self._people[0],
            "handler": [(MY_OWN, _("My own cases")), *self._people[1]],
            "sort": [(code, label) for code, (label, _order) in SORTS.items()],
        }

    def _states(self) -> Choices:
        chosen = [p for p in self.own_procedures if self.values["procedure"] in ("", p.code)]
        many = len(chosen) > 1
        return [(s.code, f"{p.name} · {s.label}" if many else s.label) for p in chosen for s in p.states]

    @cached_property
    def _people(self) -> tuple[Choices, Choices]:
        """Units at which somebody handles cases within the person's reach, and those people."""
        reach = scope(self.user, self.today)
        codes = [role.code for role in ROLES.values() if reach.procedures.intersection(role.procedures)]
        rows = (
            RoleAssignment.objects.in_force(self.today).filter(role__in=codes).order_by("unit__path", "user__username")
        )
        units, people = {}, {}
        for role, unit, name, person, full_name in rows.values_list(
            "role", "unit_id", "unit__name", "user_id", "user__full_name"
        ):
            if self._reaches(reach, role, unit):
                units[str(unit)], people[str(person)] = name, full_name
        return list(units.items()), list(people.items())

    @staticmethod
    def _reaches(reach, role: str, unit: int) -> bool:
        reached = (reach.unit_ids(procedure) for procedure in ROLES[role].procedures)
        return any(ids is ALL or unit in ids for ids in reached)

    # Words and checks

    def _day(self, name: str) -> date | None:
        text = self.values[name]
        try:
            day = parse_date(text) if text else None
        except ValueError:
            day = None
        if text and day is None:
            self.problems[name] = _("This is not a day of the calendar. Write it like 2026-11-23.")
        return day

    def _is_known(self, name: str) -> bool:
        value = self.values[name]
        if name == "procedure":
            return any(procedure.code == value for procedure in procedures())
        if name == "stage":
            return value in STAGE_LABELS
        if name == "queue":
            return value in QUEUES
        if name == "state":
            return any(state.code == value for procedure in procedures() for state in procedure.states)
        return row_id(value) is not None or (name == "handler" and value == MY_OWN)

    def _in_words(self, name: str, value: str) -> Text:
        if name in self.problems or name == "q":
            return value
        if name == "queue":
            return QUEUES[value].label
        if name == "party":
            return self._party_name(int(value))
        if name == "due_before":
            return value
        return next((label for code, label in self._labelled(name) if code == value), value)

    def _labelled(self, name: str) -> Iterable[tuple[str, Text]]:
        if name == "state":
            return [(state.code, state.label) for procedure in procedures() for state in procedure.states]
        return self.choices[name]

    def _party_name(self, pk: int) -> str:
        found = Party.objects.filter(pk=pk).first()
        return party_rows([found], self.user, self.today)[0].name if found else _("unknown")


def visible_cases(user, today: date) -> CaseQuerySet:
    return Case.objects.visible_to(user, today)
