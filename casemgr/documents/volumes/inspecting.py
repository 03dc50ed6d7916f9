"""What a party may see of the file, and the copy made of it: only what is open, nothing else gets into its bytes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, BinaryIO

from django.db.models import QuerySet

from casemgr.cases.models import Case, Participation
from casemgr.documents.uploads.models import Material
from casemgr.documents.volumes.contents import Content, contents
from casemgr.documents.volumes.making.assembling import copy_of, place
from casemgr.documents.volumes.models import Carrier, VolumeItem
from casemgr.documents.volumes.order import MAIN, Slot, order_of

Role = Participation.Role


@dataclass(frozen=True)
class Copied:
    """The copy as a temporary file; close it."""

    file: BinaryIO
    sha256: str
    size: int
    pages: int


def readers(case: Case, roles: Collection[str], today: date) -> QuerySet[Participation]:
    """Who may inspect: those in one of the roles, and agents of theirs while the power stands; never another side's.

    Reconsideration Law 2023, art. 47: applicant, third party and the agents they entrusted.
    """
    people = case.participations.filter(role__in=roles, left_on__isnull=True)
    known = people.select_related("represents").prefetch_related("mandates__principal")
    return people.filter(pk__in=[part.pk for part in known if _speaks_for_a_reader(part, roles, today)])


def _speaks_for_a_reader(part: Participation, roles: Collection[str], today: date) -> bool:
    if part.role not in (Role.AGENT, Role.STATUTORY_AGENT):
        return True
    if powers := part.mandates.all():
        return any(power.principal.role in roles and power.stands_on(today) for power in powers)
    return part.represents is None or part.represents.role in roles


def open_contents(case: Case) -> list[Content]:
    """Of the main volume, what lies in places declared open: not frozen yet, and in frozen volumes.

    A material that was marked secret after its volume was frozen is not open any more.
    """
    order = order_of(case)
    known = {slot.code: slot for slot in order.slots}
    rows = VolumeItem.objects.filter(volume__case_id=case.pk, volume__part=MAIN, volume__destroyed_on__isnull=True)
    frozen = [
        _again(item, known[item.slot]) for item in rows.order_by("volume__number", "sequence") if item.slot in known
    ]
    secret = {
        f"material:{pk}" for pk in Material.objects.filter(case_id=case.pk, is_secret=True).values_list("pk", flat=True)
    }
    found = [*frozen, *contents(case, MAIN)]
    return [one for one in found if one.slot.part == MAIN and one.slot.is_open and one.key not in secret]


def _again(item: VolumeItem, slot: Slot) -> Content:
    return Content(
        key=item.key,
        slot=slot,
        title=item.title,
        carrier=item.carrier,
        dated_on=item.dated_on,
        pages=item.last_page - item.first_page + 1,
        number_text=item.number_text,
        author=item.author,
        note=item.note,
        file=item.file,
        sha256=item.sha256,
        size=item.size,
        media_type=item.media_type,
    )


def make_copy(case: Case, chosen: list[Content], heading: list[tuple[str, str]]) -> Copied:
    """One PDF with a list of what it holds; a sheet stands for what lies on paper and was shown at the counter.

    :raises FileDamaged:
    """
    as_shown = [one if one.carrier == Carrier.ELECTRONIC else replace(one, pages=1) for one in chosen]
    placed = place(as_shown, 1, lambda done, total: None)
    made = copy_of(placed, heading, f"阅卷复制件 {case.number}")
    return Copied(made.file, made.sha256, made.size, made.pages)


def label_of(content: Content) -> str:
    """For the list to tick: what is no page of the system says on what it is kept."""
    if content.carrier == Carrier.ELECTRONIC:
        return content.title
    return f"{content.title}（{Carrier(content.carrier).label}）"


def named(found: list[Content]) -> list[dict[str, Any]]:
    return [{"key": one.key, "title": one.title, "sha256": one.sha256} for one in found]
