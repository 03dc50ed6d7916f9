"""The demo's returns: months of table M-1 with a correction told later, and batches of the subsidy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from casemgr.actions.perform import perform
from mediation.actions.corrections import CORRECTABLE
from mediation.demo.places import AREA, town
from mediation.models import MediationCase, ReturnRow, TableReturn
from mediation.subsidy.rates import invented_entries
from mediation.tables.definition import definitions
from mediation.tables.freezing import Counted
from mediation.tables.months import Month, Rules

TABLE = "M-1"
REPORTING = (AREA, "150621104", "150621200")
BACK = 3
"""So many months before the running one."""


def months(today: date) -> list[Month]:
    """The last months that are over, the earliest first."""
    found = [Rules().month_of(today).before]
    while len(found) < BACK:
        found.append(found[-1].before)
    return found[::-1]


def submit(office: Mapping[str, Any], today: date) -> None:
    """The town's own office for its town, the bureau for two that have no log-in; the rest is overdue."""
    over = months(today)
    for month in over:
        on = min(Rules().last_day(month) + timedelta(days=3), today)
        for code in REPORTING:
            unit, is_own = town(code), code == AREA
            counted = Counted(definitions()[TABLE], unit.pk, month, on)
            if counted.refusals():
                continue
            said = {
                "table": TABLE, "unit": unit.pk, "year": month.year, "month": str(month.month),
                "is_zero": "on" if counted.is_zero else "",
                "warnings_noted": "已与台账核对，数字无误。" if counted.warnings() else "",
            }  # fmt: skip
            returned = perform("table.submit", None, said, office["town" if is_own else "guidance"], on)
            if month != over[-1] or not is_own:
                perform("table.accept", returned, {}, office["guidance" if is_own else "leader"], on)


def correct(office: Mapping[str, Any], today: date) -> None:
    """A household was forgotten in a dispute whose month is frozen: the next open month tells it."""
    of_town = ReturnRow.objects.filter(table__table=TABLE, table__unit=town(AREA), case__isnull=False)
    row = of_town.exclude(case__state="ARCHIVED").order_by("on", "pk").first()
    if row is None:
        return
    case = MediationCase.objects.get(pk=row.case_id)
    facts = case.facts
    said = {name: getattr(facts, name) for name in CORRECTABLE} | {"town": facts.town_id, "title": case.title}
    said |= {"people": facts.people + 2, "reason": "回访时得知另有一户两人也是当事人，见回访记录"}
    perform("mediation.correct_facts", case, said, office["mediator"], today)
    returned = TableReturn.objects.get(pk=row.table_id)
    perform("table.correct", returned, {"reason": "漏计一户两人，见回访记录"}, office["town"], today)


def pay(office: Mapping[str, Any], today: date) -> None:
    """A rate table, a batch that hangs out with masked names, and one of the running month, just computed."""
    span = months(today)
    first, last = Rules().first_day(span[0]), Rules().last_day(span[-1])
    perform("subsidy.set_rate", None, invented_entries(date(first.year, 1, 1)), office["guidance"], first)
    on = min(last + timedelta(days=5), today)
    entries = {"unit": town(AREA).pk, "first_on": first, "last_on": last}
    batch = perform("subsidy.compute", None, entries, office["town"], on)
    batch = perform("subsidy.submit", batch, {}, office["town"], on)
    batch = perform("subsidy.approve", batch, {"opinion": "经核对，同意。"}, office["guidance"], on)
    notice = {"notice_from": today - timedelta(days=2), "days": 5, "notice_place": "树林召镇人民政府公示栏"}
    if notice["notice_from"] >= on:
        perform("subsidy.publish", batch, notice, office["guidance"], notice["notice_from"])
    entries |= {"first_on": last + timedelta(days=1), "last_on": today}
    perform("subsidy.compute", None, entries, office["town"], today)
