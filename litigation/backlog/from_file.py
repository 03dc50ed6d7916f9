"""From an obligation of a file to its backlog item and back: what the file knows is not typed again."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.cases.models import Case, Participation
from litigation.backlog.states import GONE
from litigation.models import BacklogItem, Obligation
from litigation.obligations import is_civil, paid_of

Kind = BacklogItem.RulingKind


def obligations_seen(user: Any, today: date) -> Any:
    """Obligations of the files within the person's reach."""
    cases = Case.objects.visible_to(user, today).filter(procedure="litigation").order_by().values("pk")
    rows = Obligation.objects.filter(ruling__in_instance__case__in=cases)
    return rows.select_related("ruling__in_instance__case", "debtor__party", "creditor")


def items_of_file(case: Case, user: Any, today: date) -> list[BacklogItem]:
    """The file's items the person may see, those that never were one left out; read once for the whole page."""
    if "_backlog_items" not in case.__dict__:
        rows = BacklogItem.objects.visible_to(user, today).filter(case_id=case.pk).exclude(state=GONE[1])
        case._backlog_items = list(rows.select_related("number").order_by("pk"))
    return case._backlog_items


def item_for(obligation: Obligation, items: list[BacklogItem]) -> BacklogItem | None:
    """The item of the obligation: the living one before one that was written off."""
    own = [item for item in items if item.obligation_id == obligation.pk]
    return next((item for item in own if item.state not in GONE), own[-1] if own else None)


def facts_of(one: Obligation) -> dict[str, Any]:
    """What an item of the obligation begins with; what the file does not say stays open."""
    ruling, case = one.ruling, one.ruling.in_instance.case
    found = {
        "obligation": one.pk,
        "unit": one.debtor.party.unit_id,
        "joint_units": _others(one),
        "ruling_kind": _kind(one),
        "court_number": ruling.number or ruling.in_instance.court_number,
        "court": ruling.in_instance.court,
        "outcome": str(ruling.get_outcome_display()) if ruling.outcome else "",
        "creditor": one.creditor.name if one.creditor is not None else _applicants(case),
        "effective_on": ruling.effective_on,
        "perform_due_on": one.due_on,
        "duty": one.text,
        "amount_yuan": one.amount_yuan,
        "performed_yuan": paid_of(one) if one.amount_yuan is not None else None,
        "file_number": case.number,
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _kind(one: Obligation) -> str:
    if is_civil(one.ruling):
        return Kind.CIVIL
    number = one.ruling.number or one.ruling.in_instance.court_number
    return Kind.COMPENSATION if "行赔" in number else Kind.ADMINISTRATIVE


def _others(one: Obligation) -> list[int]:
    """Units that owe the same debt jointly."""
    if not one.is_joint:
        return []
    same = Obligation.objects.filter(ruling=one.ruling, debt=one.debt, instalment=one.instalment, is_joint=True)
    units = same.exclude(pk=one.pk).values_list("debtor__party__unit_id", flat=True)
    return sorted({pk for pk in units if pk is not None and pk != one.debtor.party.unit_id})


def _applicants(case: Case) -> str:
    return "、".join(
        case.participations.filter(role=Participation.Role.APPLICANT).order_by("order").values_list("name", flat=True)
    )


__all__ = ["facts_of", "item_for", "items_of_file", "obligations_seen"]
