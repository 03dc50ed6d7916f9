"""Putting a case's volumes together outside any transaction; `volumes.freeze` then keeps them, or says what changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from casemgr.actions.errors import GuardRefused
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.documents.rendering import chinese_date
from casemgr.documents.volumes import storage
from casemgr.documents.volumes.completeness import lacks
from casemgr.documents.volumes.contents import Content, contents, fingerprint
from casemgr.documents.volumes.making import sheets
from casemgr.documents.volumes.making.assembling import Placed, Progress, Sheets, assemble, place
from casemgr.documents.volumes.models import Carrier, Part, Volume
from casemgr.documents.volumes.order import order_of
from casemgr.documents.volumes.retention import Keeping, keeping_of

TRIES = 3
CHANGED = "contents-changed"


@dataclass
class Prepared:
    """One volume as it would be frozen; its bytes are stored already."""

    part: str
    number: int
    title: str
    first_page: int
    file: str
    sha256: str
    size: int
    pages: int
    keeping: Keeping
    closed_on: date
    placed: list[Placed] = field(default_factory=list)
    lacks: list[dict[str, str]] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    """Where bytes that were rendered for the volume are kept, by key of the content."""

    def discard(self) -> None:
        for name in (self.file, *self.made.values()):
            storage.remove(name)


@dataclass
class PreparedFile:
    """Everything of one case that is to be frozen, and what it was made from."""

    case_id: int
    fingerprint: str
    archive_number: str
    volumes: list[Prepared] = field(default_factory=list)

    def discard(self) -> None:
        for one in self.volumes:
            one.discard()


def state_of(case: Case) -> tuple[list[Content], list[dict[str, str]], str]:
    """What would be frozen now, what is lacking with its reason, and the fingerprint of both."""
    found = contents(case)
    missing = [{"code": lack.need.code, "title": lack.need.title, "reason": lack.reason} for lack in lacks(case, found)]
    return found, missing, fingerprint(found, missing)


def prepare(case: Case, actor: Any, today: date, *, archive_number: str = "", progress: Progress) -> PreparedFile:
    """:raises FileDamaged: a stored file is not the one whose digest is kept."""
    found, missing, print_ = state_of(case)
    prepared = PreparedFile(case.pk, print_, archive_number)
    total = len(found) * 2
    try:
        for part in Part.values:
            mine = [content for content in found if content.slot.part == part]
            if not mine:
                continue
            before = 0 if part == Part.MAIN else total - len(mine) * 2
            prepared.volumes.append(
                _volume(case, part, mine, missing if part == Part.MAIN else [], actor, today, archive_number,
                        lambda done, _all, before=before: progress(before + done, total))
            )  # fmt: skip
    except BaseException:
        prepared.discard()
        raise
    return prepared


def _volume(
    case: Case,
    part: str,
    found: list[Content],
    missing: list[dict[str, str]],
    actor: Any,
    today: date,
    archive_number: str,
    progress: Progress,
) -> Prepared:
    order = order_of(case)
    last = Volume.objects.filter(case_id=case.pk, part=part).order_by("-number").first()
    number, first_page = (last.number + 1, last.last_page + 1) if last else (1, 1)
    closed_on = case.closed_on or today
    keeping = keeping_of(case, closed_on)
    name = sheets.volume_name(order.name, part, number)
    office = order.office(case, today)

    def cover(placed: list[Placed]) -> bytes:
        return sheets.cover(
            sheets.CoverText(
                name=order.name,
                office=office,
                part=part,
                number=number,
                case_number=case.number,
                title=case.title,
                archive_number=archive_number,
                facts=(*order.facts(case), ("结案日期", chinese_date(closed_on))),
                term=keeping.term,
                keep_until=keeping.until,
                pages=_pages_in_words(placed, first_page),
                compiler=actor.full_name,
                on=today,
            )
        )

    def note(placed: list[Placed]) -> bytes:
        return sheets.closing_note(name, case.number, _said(placed, missing, first_page), actor.full_name, today)

    placed = place(found, first_page, progress)
    back = partial(sheets.back_cover, name, case.number, office) if order.has_back_cover else None
    assembled = assemble(placed, Sheets(name, cover, note, case.number, back), progress)
    with assembled.file as file:
        stored = storage.keep(file, storage.VOLUMES, today.year, "pdf")
    prepared = Prepared(
        part=part,
        number=number,
        title=f"{name} {case.number}",
        first_page=first_page,
        file=stored,
        sha256=assembled.sha256,
        size=assembled.size,
        pages=assembled.pages,
        keeping=keeping,
        closed_on=closed_on,
        placed=placed,
        lacks=missing,
    )
    try:
        _keep_made(prepared, today.year)
    except BaseException:
        prepared.discard()
        raise
    return prepared


def _keep_made(prepared: Prepared, year: int) -> None:
    """What was rendered for this volume and lies nowhere else, such as an approval sheet, is kept by the volume."""
    for one in prepared.placed:
        if one.content.make and one.made:
            prepared.made[one.content.key] = storage.keep(io.BytesIO(one.made), storage.ITEMS, year, "pdf")


def _pages_in_words(placed: list[Placed], first_page: int) -> str:
    last = placed[-1].last if placed else first_page - 1
    return f"{last - first_page + 1}页（第{first_page}页至第{last}页）"


def _said(placed: list[Placed], missing: list[dict[str, str]], first_page: int) -> list[str]:
    """The note at the end of the volume."""
    said = [f"本卷共有文件材料{len(placed)}件，{_pages_in_words(placed, first_page)}。"]
    for carrier in (Carrier.PAPER, Carrier.DISC, Carrier.INERT):
        mine = [one for one in placed if one.carrier == carrier]
        if mine:
            names = "；".join(f"{one.content.title}（第{one.pages}页）" for one in mine)
            said.append(f"{sheets.CARRIER_WORDS[carrier]}{len(mine)}件：{names}。")
    for lack in missing:
        said.append(f"缺少：{lack['title']}。原因：{lack['reason']}")
    if first_page > 1:
        said.append("本卷为补充卷，页号接续前卷编写。")
    return said


def keep_volumes(
    case: Case,
    actor: Any,
    today: date,
    *,
    archive_number: str = "",
    progress: Progress = lambda done, total: None,
    freezing: Callable[[Callable[[], Any]], Any] = lambda freeze: freeze(),
) -> list[Volume]:
    """Put together and freeze what the case has that is not frozen yet, by the action `volumes.freeze`.

    When the file changed meanwhile it is put together anew. `freezing` runs the last step, a job's chunk.

    :raises ActionError: what `volumes.freeze` refuses.
    """
    for attempt in range(1, TRIES + 1):
        case = Case.objects.get(pk=case.pk).typed()
        prepared = prepare(case, actor, today, archive_number=archive_number, progress=progress)
        try:
            freezing(partial(perform, "volumes.freeze", case, {"prepared": prepared}, actor, today))
        except GuardRefused as error:
            prepared.discard()
            if attempt == TRIES or not any(refusal.code == CHANGED for refusal in error.refusals):
                raise
        except BaseException:
            prepared.discard()
            raise
        else:
            break
    numbers = {(one.part, one.number) for one in prepared.volumes}
    rows = Volume.objects.filter(case_id=case.pk).order_by("-part", "number")
    return [volume for volume in rows if (volume.part, volume.number) in numbers]
