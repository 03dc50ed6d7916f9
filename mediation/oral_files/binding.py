"""Binding the sheets of oral agreements of one year into one file, a part at a time.

Each case keeps its own volume, frozen as any other; what is bound here is a copy in the order of the numbers, with
pages of its own, so that a year of small disputes is one file on the shelf.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casemgr.documents.rendering import chinese_date
from casemgr.documents.volumes.contents import Content, contents
from casemgr.documents.volumes.making import sheets
from casemgr.documents.volumes.making.assembling import Assembled, Placed, Sheets, assemble, place
from casemgr.documents.volumes.models import VolumeItem
from casemgr.documents.volumes.order import MAIN
from casemgr.documents.volumes.retention import keeping_of
from casemgr.organisation.models import Unit
from mediation.models import Agreement, MediationCase
from mediation.terms import AgreementForm
from mediation.volume import VOLUME

NAME = "人民调解口头协议合订卷"
PART_SIZE = 50
"""Cases in one part: what a folder holds."""
SLOT = "oral"


@dataclass(frozen=True)
class Binding:
    """One part of a committee's year. `number` counts from 1."""

    committee: Unit
    year: int
    number: int

    @property
    def title(self) -> str:
        return f"{NAME}〔{self.year}〕第{self.number}册"


def oral_cases(user: Any, today: date, year: int, committee: Unit | None = None) -> QuerySet[MediationCase]:
    """Ended in the year with an oral agreement in effect, in the order of their numbers."""
    oral = Agreement.objects.filter(form=AgreementForm.ORAL, status=Agreement.Status.EFFECTIVE)
    rows = MediationCase.objects.visible_to(user, today, in_emergency=False).filter(
        pk__in=oral.values("case"), closed_on__year=year
    )
    if committee is not None:
        rows = rows.filter(mediation_facts__committee=committee)
    return rows.order_by("number_year", "number_sequence", "id")


def part_of(binding: Binding, user: Any, today: date) -> list[MediationCase]:
    """The cases of this part."""
    first = (binding.number - 1) * PART_SIZE
    rows = oral_cases(user, today, binding.year, binding.committee).select_related("mediation_facts")
    return list(rows[first : first + PART_SIZE])


def sheets_of(case: MediationCase) -> list[Content]:
    """The signed register of the oral agreement, frozen already or not yet; empty when there is none."""
    frozen = VolumeItem.objects.filter(volume__case=case.pk, volume__part=MAIN, slot=SLOT).order_by(
        "volume", "sequence"
    )
    kept = [_content(item) for item in frozen]
    found = [*kept, *(content for content in contents(case, MAIN) if content.slot.code == SLOT)]
    return [dataclasses.replace(content, title=case.title, number_text=case.number) for content in found]


def _content(item: VolumeItem) -> Content:
    return Content(
        key=item.key,
        slot=VOLUME.slot(SLOT),
        title=item.title,
        carrier=item.carrier,
        dated_on=item.dated_on,
        pages=item.last_page - item.first_page + 1,
        author=item.author,
        note=item.note,
        file=item.file,
        sha256=item.sha256,
        size=item.size,
        media_type=item.media_type,
    )


def bind(
    binding: Binding,
    cases: Sequence[MediationCase],
    actor: Any,
    today: date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Assembled:
    """Cover, list, sheets, note and back cover. :raises FileDamaged: a stored sheet is not whole."""
    found = [(case, sheets_of(case)) for case in cases]
    lacking = [case.number for case, mine in found if not mine]
    placed = place([content for _case, mine in found for content in mine], 1, progress)

    def cover(placed: Sequence[Placed]) -> bytes:
        return sheets.cover(_cover(binding, cases, placed, actor, today))

    def note(placed: Sequence[Placed]) -> bytes:
        said = [f"本册共有口头协议案件{len(cases)}件，登记表{_pages(placed)}。"]
        if lacking:
            said.append(f"缺少口头协议登记表：{'、'.join(lacking)}。")
        return sheets.closing_note(binding.title, binding.committee.name, said, actor.full_name, today)

    def back() -> bytes:
        return sheets.back_cover(binding.title, "", binding.committee.name)

    return assemble(placed, Sheets(binding.title, cover, note, binding.committee.name, back), progress)


def _cover(
    binding: Binding, cases: Sequence[MediationCase], placed: Sequence[Placed], actor: Any, today: date
) -> sheets.CoverText:
    keeping = keeping_of(cases[0], date(binding.year, 12, 31))
    numbers = f"{cases[0].number}至{cases[-1].number}" if len(cases) > 1 else cases[0].number
    return sheets.CoverText(
        name=NAME,
        office=binding.committee.name,
        part=MAIN,
        number=1,
        case_number=numbers,
        title=binding.title,
        archive_number="",
        facts=(("件　　数", f"{len(cases)}件"), ("结案年度", f"{binding.year}年"), ("编制日期", chinese_date(today))),
        term=keeping.term,
        keep_until=keeping.until,
        pages=_pages(placed),
        compiler=actor.full_name,
        on=today,
    )


def _pages(placed: Sequence[Placed]) -> str:
    return f"{placed[-1].last if placed else 0}页"
