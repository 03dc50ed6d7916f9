"""Order and completeness of a case's volumes, as each procedure declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casemgr.actions.errors import Refusal
from casemgr.cases.models import Case
from casemgr.cases.procedure import Text
from casemgr.organisation.office import office_on

MAIN, INTERNAL = "main", "internal"
PART_NAMES: Mapping[str, str] = {MAIN: "正卷", INTERNAL: "副卷"}


@dataclass(frozen=True)
class Slot:
    """One place in the lawful order. `title` is printed; `documents` and `materials` are the codes of what lies there.

    `given_by`: only materials brought by somebody in one of these roles; a slot named before another takes them first.
    `is_open`: parties may inspect it; what nobody declared open stays closed.
    """

    code: str
    title: str
    part: str = MAIN
    documents: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    given_by: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class Need:
    """Something the volume must hold. `where` says where to get it; `code` is stable and unique within the case.

    It is met by anything that lies in the slot, or by `documents` alone where these are named. With a `party` only
    what this participant brought to the slot meets it, or one of the `documents`, which then speak of everybody.
    """

    code: str
    slot: str
    title: str
    where: Text
    documents: tuple[str, ...] = ()
    party: int | None = None


@dataclass(frozen=True)
class VolumeOrder:
    """What a procedure declares. Not listed kinds go to `others` (or to `internal_others` when secret).

    `archive_action` closes the case; `facts` are the lines of the cover beside those every case has. `office` names on
    the cover whose file it is, where that is not the office itself; `gates` are reasons of the procedure's own not to
    freeze, such as a record nobody signed.
    """

    name: str
    slots: tuple[Slot, ...]
    others: str
    internal_others: str
    approvals: str
    services: str
    needs: Callable[[Case], Iterable[Need]]
    archive_action: str = ""
    facts: Callable[[Case], Iterable[tuple[str, str]]] = lambda case: ()
    inspection: Inspection | None = None
    office: Callable[[Case, date], str] = lambda case, on: office_on(on).office
    gates: Callable[[Case], Iterable[Refusal]] = lambda case: ()
    has_back_cover: bool = False
    _places: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def slot(self, code: str) -> Slot:
        """:raises KeyError: the procedure has no such place."""
        return self.slots[self.place(code)]

    def place(self, code: str) -> int:
        if not self._places:
            self._places.update({slot.code: number for number, slot in enumerate(self.slots)})
        return self._places[code]

    def of_document(self, kind: str) -> Slot:
        return next((slot for slot in self.slots if kind in slot.documents), None) or self.slot(self.others)

    def of_material(self, kind: str, role: str, *, is_secret: bool) -> Slot:
        if is_secret:
            return self.slot(self.internal_others)
        for slot in self.slots:
            if kind in slot.materials and (not slot.given_by or role in slot.given_by):
                return slot
        return self.slot(self.others)


@dataclass(frozen=True)
class Inspection:
    """Who may look into the file under which law, and what must be withheld on which ground."""

    law: str
    roles: tuple[str, ...]
    grounds: tuple[tuple[str, Text], ...]


_orders: dict[str, VolumeOrder] = {}


def register_order(procedure: str, order: VolumeOrder) -> None:
    """Called from the procedure's AppConfig.ready()."""
    _orders[procedure] = order


def order_of(case: Case) -> VolumeOrder:
    """:raises KeyError: the procedure keeps no volumes."""
    return _orders[case.procedure]


def orders() -> Mapping[str, VolumeOrder]:
    return dict(_orders)
