"""The ledger of the backlog (积案台账): read in through the backlog's own steps, and written out again."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.ledgers.case_rows import problems_of, refuse_if_different
from casemgr.ledgers.definition import UNCHANGED, Created, Ledger
from casemgr.ledgers.readers import BATCH, Reader
from casemgr.organisation.models import Unit
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.approximations import told
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from litigation.backlog.forms import GONE
from litigation.backlog.past import RecordPastItem
from litigation.court_numbers import key_of
from litigation.models import PROCEDURE, BacklogItem

UNIT, NUMBER, KIND, DUTY = "责任单位", "法院案号", "裁判类型", "应履行内容"
COLUMNS = (
    UNIT, NUMBER, KIND, "裁判结果", "生效日期", "履行期满日", DUTY, "金额", "已履行金额", "包案领导", "化解措施",
    "完成时限", "销号日期", "销号依据", "备注",
)  # fmt: skip
K = BacklogItem.RulingKind
KINDS = {"行政": K.ADMINISTRATIVE, "行政赔偿": K.COMPENSATION, "民事": K.CIVIL, "劳动": K.LABOUR, "执行": K.EXECUTION,
         "其他": K.OTHER}  # fmt: skip
AMOUNTS = {"金额": "amount_yuan", "已履行金额": "performed_yuan"}
TEXTS = {NUMBER: "court_number", "裁判结果": "outcome", DUTY: "duty", "包案领导": "leader", "化解措施": "measure",
         "销号依据": "proof", "备注": "note"}  # fmt: skip
DAYS = {"生效日期": "effective_on", "履行期满日": "perform_due_on", "完成时限": "finish_on", "销号日期": "cleared_on"}
FIELDS = {name: column for column, name in (AMOUNTS | TEXTS | DAYS | {UNIT: "unit", KIND: "ruling_kind"}).items()}
NOT_WRITTEN = "台账未记载"
JOINED = "；"
"""Between the measures of one item in its cell."""


def load(row: Row, actor: Any, today: date) -> str:
    """One row as an item. Number and duty tell it from all others; one registered with other content is refused."""
    if (item := _known(cells.text(row, NUMBER), cells.text(row, DUTY))) is not None:
        refuse_if_different(row, row_of(item), _compared(item), _plain)
        return UNCHANGED
    try:
        made = perform(RecordPastItem.name, None, _entries(row, today), actor, today)
    except InvalidInput as error:
        raise RowRefused(problems_of(error, lambda name: FIELDS.get(name, ""))) from error
    return Created(BacklogItem.objects.get(pk=made.pk))  # verified and cleared in the same step


def _known(number: str, duty: str) -> BacklogItem | None:
    found = BacklogItem.objects.filter(court_key=key_of(number), duty=duty).exclude(state__in=GONE)
    return _with_content(found).order_by("pk").first()


def _entries(row: Row, today: date) -> dict[str, Any]:
    """The form of `backlog.record_past_item`. :raises RowRefused: naming the cell that cannot be read."""
    names = cells.several(row, UNIT)
    units = [_unit(name, today) for name in names]
    days = {name: cells.day_or_month(row, column) for column, name in DAYS.items()}
    return {
        "unit": units[0] if units else None,
        "joint_units": units[1:],
        "ruling_kind": cells.word(row, KIND, KINDS),
        "creditor": NOT_WRITTEN,
        "is_another": "on",
        **{name: cells.text(row, column) for column, name in (TEXTS | AMOUNTS).items()},
        **{name: _day_of(name, written, today) for name, written in days.items()},
        "known_to_month": " ".join(
            _as_told(name, written) for name, written in days.items() if written and not cells.is_exact(written)
        ),
    }


def _as_told(name: str, written: str) -> str:
    """A month by the column's name alone; words that tell it only about stand behind it."""
    found = told(written)
    return f"{name}={''.join(written.split())}" if found is not None and found.written else name


def _unit(name: str, today: date) -> int:
    """The unit of this name in the register of organisations. :raises RowRefused: there is none today."""
    found = Unit.objects.filter(Q(name=name) | Q(short_name=name), ended_on__isnull=True).order_by("-kind", "pk")
    exact = [unit for unit in found if unit.name == name] or list(found)
    if len(exact) != 1:
        message = _("“%(name)s” is no unit of the register. Write its name as it stands there.") % {"name": name}
        raise RowRefused([Problem(UNIT, message)])
    return exact[0].pk


def _day_of(name: str, written: str, today: date) -> str:
    """The day; of a month its first for the effect, and for what ends in it its last, but no day to come of today's."""
    if not written or cells.is_exact(written):
        return written
    if (found := told(written)) is None or found.on is None:
        message = _("“%(value)s” is not a day. Write it like 2026-11-23.") % {"value": written}
        raise RowRefused([Problem(FIELDS[name], message)])
    if name == "effective_on":
        return found.on.isoformat()
    last = found.on.replace(day=monthrange(found.on.year, found.on.month)[1])
    is_running = name == "cleared_on" and (last.year, last.month) == (today.year, today.month)
    return (today if is_running else last).isoformat()


def _compared(item: BacklogItem) -> list[str]:
    """What is cleared is performed in full, whatever the ledger says of its amount."""
    same = (NUMBER, DUTY, *(("已履行金额",) if item.cleared_on else ()))
    return [column for column in COLUMNS if column not in same]


def _plain(column: str, row: Row) -> str:
    """A cell as the register would write it out."""
    if column in DAYS:
        return cells.day_or_month(row, column)
    text = cells.text(row, column)
    if column == UNIT:
        return "、".join(cells.several(row, column))
    if column in AMOUNTS:
        try:
            return f"{Decimal(text.replace(',', '')):.2f}"
        except InvalidOperation:
            return text
    return text


def rows(year: int, reader: Reader) -> Iterator[Mapping[str, Any]]:
    """The stock of a year: items whose term had ended by its end and that were not cleared before it began."""
    found = BacklogItem.objects.exclude(state__in=GONE).filter(
        Q(cleared_on__isnull=True) | Q(cleared_on__year__gte=year), perform_due_on__year__lte=year
    )
    if reader.user is not None:
        found = found.visible_to(reader.user, reader.today)
    ordered = _with_content(found).order_by("perform_due_on", "court_key", "duty", "pk")
    return (row_of(item) for item in ordered.iterator(chunk_size=BATCH))


def _with_content(found: Any) -> Any:
    return found.select_related("unit").prefetch_related("joint_units__unit", "measures")


def row_of(item: BacklogItem) -> dict[str, str]:
    """An item in the ledger's columns; what is not known stays empty."""
    joint = sorted(item.joint_units.all(), key=lambda one: one.pk)
    measures = sorted(item.measures.all(), key=lambda one: (one.on, one.pk))
    return {
        UNIT: "、".join([item.unit.name, *(one.unit.name for one in joint)]),
        NUMBER: item.court_number,
        KIND: next(word for word, code in KINDS.items() if code == item.ruling_kind),
        "裁判结果": item.outcome,
        DUTY: item.duty,
        "金额": "" if item.amount_yuan is None else f"{item.amount_yuan:.2f}",
        "已履行金额": f"{item.performed_yuan:.2f}" if item.performed_yuan or item.amount_yuan is not None else "",
        "包案领导": item.leader,
        "化解措施": JOINED.join(one.text for one in measures)[:500],
        "销号依据": item.proof if item.cleared_on else "",
        "备注": item.note,
        **{column: _written(item, name) for column, name in DAYS.items()},
    }


def _written(item: BacklogItem, name: str) -> str:
    """The day as exactly as it is known, in the words of the source."""
    day = getattr(item, name)
    if day is None:
        return ""
    for known in item.known_to_month:
        column, _mark, words = known.partition("=")
        if column == name:
            return words or f"{day:%Y-%m}"
    return day.isoformat()


LEDGER = Ledger(
    code="backlog",
    label=gettext_lazy("Backlog"),
    columns=COLUMNS,
    load=load,
    rows=rows,
    action=RecordPastItem.name,
    required=(UNIT, NUMBER, KIND, "生效日期", "履行期满日", DUTY),
    words={KIND: tuple(KINDS)},
    procedure=PROCEDURE,
    key=(NUMBER, DUTY),
    reader=lambda today: lambda row: _entries(row, today),
    take_back="backlog.take_back",
)

__all__ = ["LEDGER"]
