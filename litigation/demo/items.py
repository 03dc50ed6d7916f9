"""Which rulings the demo's units have not performed: kinds, amounts and numbers in a banner's mix, by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from casemgr.organisation.models import Unit
from litigation.demo.people import FIRMS, name_by

FATES: Mapping[str, int] = {
    "cleared": 34, "claimed": 3, "working": 7, "waiting": 3, "paused": 2, "reopened": 1, "written_off": 1,
    "since": 2, "candidate": 2, "dropped": 1,
}  # fmt: skip
"""What becomes of the items; those of `BASE` are in the year's base, one of them written off afterwards."""
BASE = ("cleared", "claimed", "working", "waiting", "paused", "reopened", "written_off")

PAYING = (
    "150621100", "150621101", "150621102", "150621103", "150621105", "150621107", "150621400",
    "150621-ZJJ", "150621-JYJ", "150621-SLJ", "150621-JTJ", "150621-WJW", "150621-WLJ", "150621-JGF",
)  # fmt: skip
ACTING = ("150621-ZRJ", "150621-GAJ", "150621-RSJ", "150621-SCJ", "150621-ZFJ", "150621-LCJ", "150621-NMJ")


@dataclass(frozen=True)
class Kind:
    """A kind of ruling: whom it binds, its number, what it asks, and between which sums."""

    ruling_kind: str
    units: tuple[str, ...]
    number: str
    outcome: str
    duties: tuple[str, ...]
    sums: tuple[int, int] | None = None
    of_firms: bool = False
    proof: str = "财政支付凭证及收款收据"


KINDS: tuple[tuple[Kind, int], ...] = (
    (Kind("civil", PAYING, "（{year}）内0621民初{serial}号", "判决支付工程款",
          ("支付村道硬化工程款", "支付校舍维修工程款", "支付管网改造工程款", "支付农田水利工程尾款"),
          (60_000, 900_000), of_firms=True), 15),
    (Kind("civil", PAYING, "（{year}）内0621民初{serial}号", "判决支付货款或租金",
          ("支付办公用品货款", "支付宣传制作费", "支付设备租赁费"), (6_000, 68_000), of_firms=True), 12),
    (Kind("administrative", (*ACTING[:1], *PAYING[:7]), "（{year}）内06行初{serial}号", "判决给付补偿",
          ("支付地上附着物补偿款", "支付草牧场征占用补偿款"), (18_000, 260_000)), 8),
    (Kind("administrative", ACTING, "（{year}）内0621行初{serial}号", "撤销并责令重新作出",
          ("对申请事项重新作出处理", "重新作出行政处理决定", "重新答复信息公开申请"),
          proof="新行政行为及送达回证"), 9),
    (Kind("labour", PAYING[:11], "（{year}）内0621民初{serial}号", "判决支付劳动报酬",
          ("支付经济补偿金", "支付拖欠工资", "支付未签劳动合同二倍工资差额"), (9_000, 76_000)), 7),
    (Kind("compensation", ("150621-GAJ", "150621-ZFJ", "150621103"), "（{year}）内0621行赔初{serial}号", "判决行政赔偿",
          ("支付行政赔偿金",), (4_000, 48_000)), 3),
    (Kind("execution", ("150621-ZJJ", "150621-JYJ", "150621400"), "（{year}）内0621执{serial}号", "协助执行到期债权",
          ("向申请执行人支付到期工程款",), (80_000, 400_000), of_firms=True, proof="执行法院结案通知书"), 2),
)  # fmt: skip


@dataclass(frozen=True)
class ItemPlan:
    """One item: what is entered of it, and what becomes of it. `place`: the how many'th of its fate."""

    fate: str
    place: int
    unit: str
    kind: Kind
    court_number: str
    creditor: str
    duty: str
    amount: Decimal | None
    effective_on: date
    perform_due_on: date
    joint: tuple[str, ...] = ()

    @property
    def proof(self) -> str:
        return self.kind.proof

    def entries(self) -> dict[str, Any]:
        """The form, filled in."""
        units = dict(Unit.objects.filter(code__in=(self.unit, *self.joint)).values_list("code", "pk"))
        return {
            "unit": units[self.unit],
            "joint_units": [units[code] for code in self.joint],
            "ruling_kind": self.kind.ruling_kind,
            "court_number": self.court_number,
            "court": "鄂尔多斯市中级人民法院" if "内06行" in self.court_number else "达拉特旗人民法院",
            "outcome": self.kind.outcome,
            "creditor": self.creditor,
            "effective_on": self.effective_on,
            "perform_due_on": self.perform_due_on,
            "duty": self.duty,
            "amount_yuan": self.amount,
        }


def plans(chance: random.Random, taken_on: date) -> list[ItemPlan]:
    """All items of the year, in no order of their fates; no number twice."""
    kinds, weights = zip(*KINDS, strict=True)
    serials: set[int] = set()
    found = []
    for fate, place in _fates():
        kind = chance.choices(kinds, weights)[0]
        while (serial := chance.randint(20, 3900)) in serials:
            pass
        serials.add(serial)
        unit = "150621-ZRJ" if fate == "candidate" and place == 0 else chance.choice(kind.units)
        if fate in ("reopened", "claimed") and kind.sums is None:
            kind = kinds[1]
            unit = chance.choice(kind.units)
        due = taken_on - timedelta(days=chance.randint(100, 560))
        if fate == "since":
            due = taken_on + timedelta(days=chance.randint(3, 12))
        effective = due - timedelta(days=chance.choice((15, 30, 30, 60)))
        found.append(
            ItemPlan(
                fate, place, unit, kind,
                kind.number.format(year=effective.year, serial=serial // 10 if "行" in kind.number else serial),
                chance.choice(FIRMS) if kind.of_firms else name_by(chance),
                chance.choice(kind.duties),
                Decimal(round(chance.randint(*kind.sums), -2)) if kind.sums else None,
                effective, due,
                joint=("150621-CZJ",) if fate == "working" and place == 0 else (),
            )
        )  # fmt: skip
    chance.shuffle(found)
    return _told_apart(found)


def _fates() -> Iterator[tuple[str, int]]:
    for fate, many in FATES.items():
        yield from ((fate, place) for place in range(many))


def _told_apart(found: list[ItemPlan]) -> list[ItemPlan]:
    """Numbers that came twice are made different: a number is one item."""
    known: set[str] = set()
    for index, plan in enumerate(found):
        number, step = plan.court_number, 0
        while number in known:
            step += 1
            number = plan.court_number.replace("号", "") + f"{step}号"
        known.add(number)
        found[index] = plan if number == plan.court_number else replace(plan, court_number=number)
    return found


__all__ = ["BASE", "FATES", "ItemPlan", "plans"]
