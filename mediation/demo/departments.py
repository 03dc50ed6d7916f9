"""The demo's administrative mediations: a department's liaison enters them, one is the dispute of a case as well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from casemgr.actions.perform import perform
from mediation.demo.places import AREA, town
from mediation.models import AdministrativeMediation, MediationCase


def enter(office: Mapping[str, Any], today: date, case: MediationCase | None) -> None:
    """One agreed, one failed with advice, one still going on. `case` is the dispute that went on after the failure."""
    organ = town("150621-ZRJ")

    def record(days: int, subject: str, parties: str, **told: Any) -> AdministrativeMediation:
        on = today - timedelta(days=days)
        entries = {
            "organ": organ.pk, "matter": "land", "subject_text": subject, "parties": parties, "people": 2,
            "town": town(AREA).pk, "begun_on": on, **told,
        }  # fmt: skip
        return perform("administrative.enter", None, entries, office["department"], on)

    def end(record: AdministrativeMediation, days: int, result: str, **told: Any) -> None:
        on = today - timedelta(days=days)
        perform("administrative.enter_result", record, {"result": result, "on": on, **told}, office["department"], on)

    fence = record(75, "两户草牧场围栏移位，边界相差约十二亩。", "那仁满都拉、巴音·孟和")
    end(fence, 58, "failed", next_step="可向树林召镇人民调解委员会申请调解，或申请旗人民政府处理。")
    road = record(30, "宅基地前出路被邻户堆土堵占，双方对界址各执一词。", "郭占奎、武二小")
    end(road, 21, "agreed", agreement_number=f"达自然资调〔{today.year}〕6号")
    record(
        6,
        "取土坑回填后地面下沉，影响耕种。",
        "东海子村村民委员会、达拉特旗通达土方有限公司",
        people=9,
        amount_yuan="26000",
    )
    if case is not None:
        told = {"record": str(fence), "note": "同一片草牧场"}
        perform(
            "mediation.link_administrative",
            case,
            told,
            office["mediator"],
            max(case.opened_on, today - timedelta(days=20)),
        )
