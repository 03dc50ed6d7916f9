"""`record_past_case` of mediation for many entries at once: the same forms judge them, one step writes them.

Nobody is asked whether a similar party is the same one: an entry of the lane has looked and means somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casemgr.actions import registry
from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.actions.models import PerformedKey
from casemgr.actions.perform import fingerprint_of
from casemgr.audit.bulk import create_with_history
from casemgr.audit.context import audited
from casemgr.cases.bulk import writing
from casemgr.cases.models import Case, Participation
from casemgr.cases.registration.past import FormOfBatch, PersonOfBatch
from casemgr.parties.bulk import PartyBatch
from mediation.registration.past import Described, describe, resolve_people
from mediation.registration.past_form import RecordPastDisputeForm
from mediation.registration.people import PersonForm

ACTION = "mediation.record_past_case"


class _PersonOfBatch(PersonOfBatch, PersonForm):
    pass


class _FormOfBatch(FormOfBatch, RecordPastDisputeForm):
    person_form = _PersonOfBatch
    remembered = ("unit", "town", "lead_handler")


@dataclass
class PastDisputeLane:
    """One batch of entries, inside one transaction: `expect` them, `add` each, `write`.

    `derives_all`: periods are derived for ended cases too, and an entry without number takes its committee's next one,
    as for disputes that casemgr saw from the first day.
    :raises Forbidden: the actor may not enter cases of the past.
    """

    actor: Any
    today: date
    derives_all: bool = False
    described: list[Described] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.action = registry.get(ACTION)
        if not self.action.is_permitted(None, self.actor, self.today):
            raise Forbidden(str(self.action.label))
        self.parties = PartyBatch(self.actor, self.today)
        self.form = _FormOfBatch({}, actor=self.actor, today=self.today, batch=self.parties)
        self.form.fields["number"].required = not self.derives_all

    def expect(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Read beforehand what the entries will ask of the registry."""
        people = [person for entry in entries for person in entry.get("people", ()) if isinstance(person, Mapping)]
        self.parties.expect_numbers(
            (person.get("identity_kind") or "", person["identity_number"])
            for person in people
            if person.get("identity_number")
        )

    def known_key(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys under which something was entered before."""
        found = PerformedKey.objects.filter(actor_id=self.actor.pk or 0, key__in=list(keys))
        return set(found.values_list("key", flat=True))

    def add(self, entry: Mapping[str, Any], key: str = "") -> None:
        """Judge one entry and keep it for `write`. :raises InvalidInput: why it is refused; nothing of it is kept."""
        self.form.fill_again(entry)
        with self.parties.entry():
            if not self.form.is_valid():
                raise InvalidInput(self.form)
            parts = resolve_people(self.form, self.parties.find_or_create)
            for part in parts:
                part.party.data_key()  # its snapshot needs one; made before the party is written, it goes with it
            happened = [row.cleaned_data for row in self.form.happened.filled]
            described = describe(
                self.form.cleaned_data, happened, parts, self.form.default_unit, derives=self.derives_all
            )
        if key:
            described.case.key, described.case.fingerprint = key, fingerprint_of(self.action, None, dict(entry))
        self.described.append(described)

    def write(self) -> list[Case]:
        """The cases of the kept entries, in their order."""
        values = {"actor_id": self.actor.pk, "actor_name": self.actor.full_name, "action": ACTION, "reason": ""}
        with audited(**values):
            self.parties.write()
            cases = writing.write([described.case for described in self.described], self.today, self._write_own_rows)
        self.described = []
        return cases

    def _write_own_rows(self, cases: list[tuple[Case, list[Participation]]]) -> None:
        """Mediators, agreements, and what they leave to be done, each kind in one step."""
        by_kind: dict[type, list[Any]] = {}
        for described, (case, _parts) in zip(self.described, cases, strict=True):
            for row in described.own_rows(case):
                by_kind.setdefault(type(row), []).append(row)
        for _kind, rows in sorted(by_kind.items(), key=lambda found: found[0].__name__):
            create_with_history(rows)
