"""Tables M-2 (committees, mediators, studios, training) and M-3 (committees of trades): stocks of the last day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.indicators.tables.definition import Check, Column, Measure, Value
from mediation.models import Committee, Engagement, StudioPeriod, Training
from mediation.tables.definition import Committees, Definition, Row, Span, is_asked
from mediation.tables.m1 import BODY_OF
from mediation.tables.m1 import rows as dispute_rows
from mediation.terms import CommitteeBody

MAJORITY = "汉族"
HIGHER = ("college", "bachelor", "master")
ELDER, YOUNG = 60, 40
_BODIES = _("Committees by body")
_PEOPLE = _("Mediators")


def _same(wanted: str) -> Callable[[Any], Value]:
    return lambda tags: int(wanted in tags)


def _columns() -> Iterator[Column]:
    yield Column("committees", _("Committees in all"), _same("committee"), Measure.BODIES)
    for code, label in CommitteeBody.choices:
        yield Column(f"body_{code}", label, _same(f"body:{code}"), Measure.BODIES, _BODIES)
    yield Column("founded", _("Set up in the year"), _same("founded"), Measure.BODIES)
    yield Column("ended", _("Ended in the year"), _same("ended"), Measure.BODIES)
    yield Column("mediators", _("Mediators in all"), _same("mediator"), Measure.PEOPLE)
    for code, label in (
        ("woman", _("Women")),
        ("minority", _("Smaller nationalities")),
        ("higher", _("Junior college or more")),
        ("party", _("Party members")),
        ("full_time", _("Full time")),
        ("part_time", _("Part time")),
        ("young", _("Under forty")),
        ("elder", _("Sixty and over")),
        ("long", _("Five years and more")),
    ):
        yield Column(code, label, _same(code), Measure.PEOPLE, _PEOPLE)
    yield Column("studios", _("Studios at work"), _same("studio"), Measure.BODIES)
    yield Column("trained", _("Trained, person-times"), _same("trained"), Measure.TIMES)


COLUMNS = tuple(
    Column(one.code, one.label, one.of, one.measure, one.group, number, one.part)
    for number, one in enumerate(_columns(), 1)
)


def _row(committee: int, on: Any, tags: set[str], words: str) -> Row:
    return Row(committee, on, {one.code: 1 for one in COLUMNS if one.of(tags)}, None, words)


def organisation_rows(span: Span, committees: Committees) -> Iterator[Row]:
    """As it stands on the last day; set up, ended and trained in the year up to it."""
    last = min(span.last, span.as_of)
    year = last.replace(month=1, day=1)
    for committee in Committee.objects.select_related("unit").order_by("unit__path"):
        if is_asked(committee.unit_id, committees) and (tags := _committee_tags(committee, year, last)):
            yield _row(committee.unit_id, last, tags, str(committee))
    yield from _mediators(last, committees)
    for period in StudioPeriod.objects.covering(last).select_related("studio__committee").order_by("pk"):
        if is_asked(period.studio.committee.unit_id, committees):
            yield _row(period.studio.committee.unit_id, last, {"studio"}, str(period.studio))
    yield from _training(year, last, committees)


def _committee_tags(committee: Committee, year: Any, last: Any) -> set[str]:
    tags: set[str] = set()
    if committee.founded_on <= last and (committee.ended_on is None or committee.ended_on > last):
        tags |= {"committee", f"body:{BODY_OF[committee.kind].value}"}
    if year <= committee.founded_on <= last:
        tags.add("founded")
    if committee.ended_on and year <= committee.ended_on <= last:
        tags.add("ended")
    return tags


def _mediators(last: Any, committees: Committees) -> Iterator[Row]:
    """Each person once, at the committee of the earliest engagement that lasts."""
    seen: set[int] = set()
    rows = Engagement.objects.in_force(last).select_related("mediator", "committee").order_by("from_on", "pk")
    for row in rows:
        if row.mediator_id in seen:
            continue
        seen.add(row.mediator_id)
        if is_asked(row.committee.unit_id, committees):
            yield _row(row.committee.unit_id, row.from_on, _mediator_tags(row, last), row.mediator.name)


def _mediator_tags(row: Engagement, last: Any) -> set[str]:
    person = row.mediator
    tags = {"mediator", "full_time" if row.is_full_time else "part_time"}
    age = last.year - person.birth_year if person.birth_year else None
    tests = {
        "woman": person.sex == "F",
        "minority": person.ethnicity != MAJORITY,
        "higher": person.education in HIGHER,
        "party": bool(person.is_party_member),
        "young": age is not None and age < YOUNG,
        "elder": age is not None and age >= ELDER,
        "long": (row.from_on.year + 5, row.from_on.month, row.from_on.day) <= (last.year, last.month, last.day),
    }
    return tags | {code for code, holds in tests.items() if holds}


def _training(year: Any, last: Any, committees: Committees) -> Iterator[Row]:
    first: dict[int, int] = {}
    for mediator, unit in Engagement.objects.order_by("from_on", "pk").values_list("mediator_id", "committee__unit_id"):
        first.setdefault(mediator, unit)
    for one in Training.objects.filter(held_on__range=(year, last)).select_related("mediator").order_by("held_on"):
        unit = first.get(one.mediator_id)
        if unit is not None and is_asked(unit, committees):
            yield _row(unit, one.held_on, {"trained"}, f"{one.mediator} {one.subject}")


M2 = Definition(
    code="M-2",
    name=_("Organisations and mediators (M-2)"),
    formula=_(
        "As it stands on the last day of the period. Each mediator counts once, at the committee that engaged them "
        "first. Set up, ended and trained count from 1 January."
    ),
    columns=COLUMNS,
    rows=organisation_rows,
    checks=(
        Check("bodies", _("The six bodies together must give the committees in all."),
              lambda v: sum(v[f"body_{code}"] for code in CommitteeBody.values) == v["committees"]),
        Check("time", _("Full time and part time together must give the mediators in all."),
              lambda v: v["full_time"] + v["part_time"] == v["mediators"]),
    ),
    counts_whole=True,
    missing=_("Certificates of mediators are not kept in the register yet."),
)  # fmt: skip

TRADE_COLUMNS = (
    Column("organisations", _("Committees of trades"), lambda v: v.get("organisations", 0), Measure.BODIES, number=1),
    Column("mediators", _("Mediators"), lambda v: v.get("mediators", 0), Measure.PEOPLE, number=2),
    Column("total", pgettext_lazy("table", "Cases"), lambda v: v.get("total", 0), number=3),
    Column("success", _("Mediated with success"), lambda v: v.get("success", 0), number=4),
    Column("amount", _("Amount concerned"), lambda v: v.get("amount", Decimal("0.00")), Measure.MONEY, number=5),
)


def trade_rows(span: Span, committees: Committees) -> Iterator[Row]:
    """Only committees of a trade or profession: what they are on the last day, what they mediated in the span."""
    trades = {row.unit_id: row for row in Committee.objects.filter(kind=Committee.Kind.TRADE).select_related("unit")}
    asked = {pk for pk in trades if is_asked(pk, committees)}
    last = min(span.last, span.as_of)
    for row in organisation_rows(span, asked):
        values = {"organisations": row.values.get("committees", 0), "mediators": row.values.get("mediators", 0)}
        if any(values.values()):
            yield Row(row.committee, last, {k: v for k, v in values.items() if v}, None, row.words)
    codes = ("total", "success", "amount")
    for row in dispute_rows(span, asked):
        if row.values.get("total"):
            values = {code: row.values[code] for code in codes if code in row.values}
            yield Row(row.committee, row.on, values, row.case, row.words)


M3 = Definition(
    code="M-3",
    name=_("Committees of trades and professions (M-3)"),
    formula=_("Committees and mediators on the last day of the period; cases closed in it, as in table M-1."),
    columns=TRADE_COLUMNS,
    rows=trade_rows,
    reads_disputes=True,
    counts_whole=True,
)
