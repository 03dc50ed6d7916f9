"""The docket of a day, to be printed and hung up in the office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from casemgr.documents.rendering import Cell, DocumentText, Section, Table, chinese_date, render_pdf
from casemgr.organisation.office import office_on
from casemgr.pages.dates import moment
from reconsideration.hearings.reading import place_of
from reconsideration.hearings.terms import SEAT_WORDS, Seat
from reconsideration.models import Hearing, PanelMember

HEAD = ("时间", "地点", "案号", "案由", "当事人", "听证人员", "方式")
WIDTHS = (1.5, 2, 2.4, 2.8, 3, 3.2, 1.2)


def hearings_on(user: Any, today: date, on: date) -> list[Hearing]:
    """Of the cases the person sees, planned for that day or held on it."""
    found = Hearing.objects.visible_to(user, today).filter(
        booking__cancelled_on=None,
        booking__starts_at__gte=moment(on),
        booking__starts_at__lt=moment(on + timedelta(days=1)),
    )
    found = found.select_related("case", "booking__room").prefetch_related("panel__user", "parties__participation")
    rows = list(found.order_by("booking__starts_at", "pk"))
    for row in rows:
        for party in row.parties.all():
            party.participation.case = row.case
    return rows


def docket_pdf(hearings: list[Hearing], on: date, today: date) -> bytes:
    head = tuple(Cell(text, label=True) for text in HEAD)
    body = [tuple(Cell(text) for text in _line(hearing)) for hearing in hearings]
    sections = [Section(blocks=(Table(rows=(head, *body), widths=WIDTHS, header_rows=1),))]
    if not body:
        sections = [Section(text="当日没有听证安排。")]
    sections.append(Section(text=f"制表日期：{chinese_date(today)}"))
    title = f"{chinese_date(on)}听证安排"
    office = office_on(today).office
    return render_pdf(
        DocumentText(title=title, issuer=office, sections=tuple(sections), seal_place=False, kind="figures")
    )


def _line(hearing: Hearing) -> tuple[str, ...]:
    parties = "；".join(
        row.participation.with_role for row in hearing.parties.all() if row.participation.left_on is None
    )
    return (
        f"{hearing.booking.begins}—{hearing.booking.ends}",
        place_of(hearing),
        hearing.case.number,
        hearing.case.title,
        parties,
        _panel(list(hearing.panel.all())),
        "公开" if hearing.is_open else "不公开",
    )


def _panel(panel: list[PanelMember]) -> str:
    order = list(Seat.values)
    rows = sorted(panel, key=lambda row: (order.index(row.seat), row.pk))
    return "；".join(f"{SEAT_WORDS[Seat(row.seat)]}{row.user.full_name}" for row in rows)
