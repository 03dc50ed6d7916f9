"""The demo's backlog: self-checks, the base of 30 September, and how it is cleared up to the day.

Of fifty items thirty-four are cleared by then: fifteen are missing to 98 per cent and one may stay open, but a court
has stopped two. So the board shows what decides the year.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from casemgr.actions.perform import perform
from casemgr.calendar.current import current_calendar
from casemgr.documents.rendering import DocumentText, Section, render_pdf
from casemgr.organisation.models import Unit
from litigation.backlog.letters.escalation import pressed_items
from litigation.backlog.reminders import REPORTING
from litigation.backlog.states import BacklogState
from litigation.demo.items import BASE, FATES, ItemPlan, plans
from litigation.demo.people import name_by
from litigation.models import BacklogItem, BacklogYear, ClearingRound, UnitLetter

OWN = "150621-ZRJ"
"""Whose liaison the demo's department is: it enters its own items."""
SOONEST = 21
"""Days after the base was taken before the board tells anything."""
LATE_UNITS = 4
"""Units that have not handed in the third quarter's return."""
EARLY_UNITS = 9


def walks(office: Mapping[str, Any], today: date, seed: int) -> list[Iterator[date]]:
    """What happens to each item, and around them; nothing if the year's plan is there already."""
    taken_on = date(today.year, 9, 30)
    if today < taken_on + timedelta(days=SOONEST):
        taken_on = taken_on.replace(year=today.year - 1)
    if BacklogYear.objects.filter(year=taken_on.year).exists():
        return []
    course = _Course(office, taken_on, min(today, date(taken_on.year, 12, 31)), random.Random(f"demo-backlog-{seed}"))
    found = plans(course.chance, taken_on)
    return [course.year(), *(course.item(plan) for plan in found), course.base(), course.returns(found),
            course.round(), course.letter()]  # fmt: skip


def working(day: date) -> date:
    """The day itself, or the next on which offices work."""
    calendar = current_calendar()
    return day if calendar.is_working(day) else calendar.add_working_days(day, 1)


class _Course:
    """The year day by day: every method is a walk that yields the day of its next step."""

    def __init__(self, office: Mapping[str, Any], taken_on: date, until: date, chance: random.Random) -> None:
        self.office, self.taken_on, self.until, self.chance = office, taken_on, until, chance

    def after(self, days: int) -> date:
        """A working day so many days after the base was taken."""
        return working(self.taken_on + timedelta(days=days))

    def year(self) -> Iterator[date]:
        yield working(date(self.taken_on.year, 3, 2))
        sent = {
            "year": self.taken_on.year, "self_check_until": self.taken_on, "target": "98",
            "target_on": date(self.taken_on.year, 12, 31),
            "basis": f"达拉特旗党政机关执行法院生效裁判专项行动方案（{self.taken_on.year}）",
        }  # fmt: skip
        perform("backlog.set_year", None, sent, self.office["liaison"], date(self.taken_on.year, 3, 2))

    def base(self) -> Iterator[date]:
        yield self.taken_on
        year = BacklogYear.objects.get(year=self.taken_on.year)
        perform("backlog.take_snapshot", year, {"on": self.taken_on}, self.office["liaison"], self.taken_on)

    def item(self, plan: ItemPlan) -> Iterator[date]:
        """One item from the self-check to where it stands."""
        chance = random.Random(f"{plan.court_number}{plan.duty}")
        entered = self.entered_on(plan, chance)
        yield entered
        actor = self.office["department" if plan.unit == OWN else "liaison"]
        pk = perform("backlog.enter", None, plan.entries(), actor, entered).pk
        item = _Item(pk, self.office, actor)
        if plan.fate == "candidate":
            return
        verified = working(entered + timedelta(days=chance.randint(2, 7)))
        yield verified
        if plan.fate == "dropped":
            item.act("drop", verified, by="liaison", on=verified, reason="法院已出具履行完毕证明，不属于积案。")
            return
        item.act("verify", verified, by="liaison", on=verified, is_effective=True, has_duty=True, is_overdue=True,
                 finding="已核对裁判文书、送达回证和付款凭证，期限已过，尚未履行。")  # fmt: skip
        yield from getattr(self, f"_{plan.fate}")(item, plan, chance)

    def round(self) -> Iterator[date]:
        """A first batch of ten: debts a single grant pays."""
        yield (day := self.after(6))
        year = BacklogYear.objects.get(year=self.taken_on.year)
        items = BacklogItem.objects.filter(snapshots__year=year, amount_yuan__isnull=False).order_by(
            "amount_yuan", "pk"
        )
        chosen = list(items.values_list("pk", flat=True)[:10])
        sent = {
            "year": year.pk, "name": "第一批集中化解（小额款项）", "first_on": day, "last_on": self.after(45),
            "items": chosen, "sub_target": 9,
        }  # fmt: skip
        pk = perform("round.open", None, sent, self.office["liaison"], day).pk
        yield (day := self.after(9))
        decisions = (
            "一、财政局对十件小额款项统一审核，10月底前拨付到位。\n"
            "二、各责任单位收到款项后五个工作日内支付，并提请销号。\n三、司法局每周通报进度。"
        )
        self.in_round(pk, "record_meeting", day, held_on=day, decisions=decisions)
        yield (day := self.after(20))
        funds = {"asked_yuan": "268000.00", "granted_yuan": "240000.00", "funds_paper": f"达财预函〔{day.year}〕37号"}
        self.in_round(pk, "record_funds", day, **funds)

    def in_round(self, pk: int, step: str, day: date, **data: Any) -> None:
        perform(f"round.{step}", ClearingRound.objects.get(pk=pk), data, self.office["liaison"], day)

    def letter(self) -> Iterator[date]:
        """A supervision letter to the unit with most open items, sent and not answered yet; a slip as proof."""
        yield (day := self.before(6))
        year = BacklogYear.objects.get(year=self.taken_on.year)
        pressed = pressed_items(year, day)
        if not pressed:
            return
        unit = max(pressed, key=lambda one: (len(pressed[one]), one.path))
        sent = {
            "year": year.pk, "unit": unit.pk, "matter": "backlog", "kind": "letter",
            "answer_by": working(day + timedelta(days=9)),
        }  # fmt: skip
        pk = perform("unit_letter.draft", None, sent, self.office["liaison"], day).pk
        perform("unit_letter.approve", UnitLetter.objects.get(pk=pk), {}, self.office["leader"], day)
        how = {"sent_how": "公文交换平台"}
        perform("unit_letter.send", UnitLetter.objects.get(pk=pk), how, self.office["liaison"], day)
        yield (day := self.before(2))
        item = BacklogItem.objects.filter(state=BacklogState.CLAIMED).order_by("pk").first()
        if item is not None:
            slip = SimpleUploadedFile("财政支付凭证.pdf", _slip(item))
            files = MultiValueDict({"files": [slip]})
            perform("backlog.add_proof", item, {}, self.office["liaison"], day, files=files)

    def entered_on(self, plan: ItemPlan, chance: random.Random) -> date:
        if plan.fate in BASE:
            return self.after(-chance.randint(22, 80))
        if plan.fate == "candidate":
            return self.before(chance.randint(1, 5))
        return max(self.after(chance.randint(6, 18)), working(plan.perform_due_on + timedelta(days=3)))

    def before(self, days: int) -> date:
        """A working day so many days before the walk's last."""
        day = self.until - timedelta(days=days)
        calendar = current_calendar()
        return day if calendar.is_working(day) else calendar.add_working_days(day, -1)

    # what becomes of an item

    def _planned(self, item: _Item, plan: ItemPlan, chance: random.Random, by: int = 8) -> Iterator[date]:
        day = self.after(chance.randint(1, by))
        yield day
        text = "已与权利人协商，列入本年预算分期支付。" if plan.amount else "由分管负责人牵头，重新调查后依法作出处理。"
        until = self.taken_on + timedelta(days=chance.choice((31, 45, 61, 75)))
        item.act("plan", day, leader=name_by(chance), finish_on=until, text=text)

    def _cleared(self, item: _Item, plan: ItemPlan, chance: random.Random) -> Iterator[date]:
        """The sooner the lower its place: many in October, fewer after it."""
        span = (self.until - self.taken_on).days - 16
        share = (plan.place + 1) / FATES["cleared"]
        performed = self.after(9 + int(max(span, 0) * share**1.3))
        if (performed - self.taken_on).days > 12:
            yield from self._planned(item, plan, chance)
            if plan.amount and (performed - self.taken_on).days > 18:
                yield (day := self.after(14))
                part = (plan.amount * chance.randint(2, 6) / 10).quantize(Decimal(100))
                item.act("add_measure", day, on=day, kind="payment", amount_yuan=part, text="财政拨付第一笔款项。")
        claimed = current_calendar().add_working_days(performed, 1)
        yield claimed
        item.act("claim", claimed, performed_on=performed, proof=plan.proof)
        cleared = current_calendar().add_working_days(claimed, chance.randint(1, 2))
        yield cleared
        item.act("clear", cleared, by="liaison", on=cleared, reason="凭证与裁判文书一致，义务全部履行。")

    def _claimed(self, item: _Item, plan: ItemPlan, chance: random.Random) -> Iterator[date]:
        yield from self._planned(item, plan, chance)
        yield (day := self.before(2 + plan.place * 2))
        item.act("claim", day, performed_on=current_calendar().add_working_days(day, -1), proof=plan.proof)

    def _working(self, item: _Item, plan: ItemPlan, chance: random.Random) -> Iterator[date]:
        yield from self._planned(item, plan, chance)
        yield (day := self.after(16))
        item.act("add_measure", day, on=day, kind="meeting", text="召开协调会，明确资金来源和付款时间。")
        if plan.amount:
            yield (day := self.after(19))
            part = (plan.amount * chance.randint(3, 7) / 10).quantize(Decimal(100))
            item.act("add_measure", day, on=day, kind="payment", amount_yuan=part, text="已支付第一笔，余款待拨。")
            yield (day := self.after(34))
            item.act("add_measure", day, on=day, kind="funds", text="向财政局申请追加预算，待审批。")

    def _waiting(self, item: _Item, plan: ItemPlan, chance: random.Random) -> Iterator[date]:
        yield from ()

    def _paused(self, item: _Item, plan: ItemPlan, chance: random.Random) -> Iterator[date]:
        yield from self._planned(item, plan, chance)
        yield (day := self.after(12 + plan.place * 5))
        paper = (
            f"（{day.year}）内行申{214 + plan.place}号行政裁定书，{day:%Y-%m-%d}",
            f"（{day.year}）内0621执{1873 + plan.place}号执行裁定书，{day:%Y-%m-%d}",
        )[plan.place % 2]
        reason = ("再审裁定中止原判决的执行。", "案外人提出异议，法院裁定中止执行。")[plan.place % 2]
        item.act("pause", day, by="liaison", on=day, reason=reason, court_paper=paper)

    def _reopened(self, item: _Item, plan: ItemPlan, chance: random.Random) -> Iterator[date]:
        performed = self.after(10)
        yield (day := self.after(12))
        item.act("claim", day, performed_on=performed, proof=plan.proof)
        yield (day := self.after(14))
        item.act("clear", day, by="liaison", on=day, reason="凭证齐全。")
        yield (day := self.after(19))
        reason = "权利人来信：汇款被退回，至今未到账。核实属实。"
        item.act("reopen", day, by="liaison", on=day, reason=reason, performed_yuan="0")

    def _written_off(self, item: _Item, plan: ItemPlan, chance: random.Random) -> Iterator[date]:
        yield (day := self.after(18))
        paper = f"（{day.year}）内06行再7号行政判决书，{day:%Y-%m-%d}"
        item.act("write_off", day, by="liaison", on=day, court_paper=paper, reason="再审判决撤销原判决。")

    _since = _waiting

    # self-checks

    def returns(self, found: list[ItemPlan]) -> Iterator[date]:
        """The third quarter of nearly everybody, with many zero reports; the fourth of the quick ones."""
        units = list(Unit.objects.filter(kind__in=REPORTING, ended_on__isnull=True).order_by("path"))
        told: dict[str, int] = {}
        for plan in found:
            if plan.fate in BASE:
                for code in (plan.unit, *plan.joint):
                    told[code] = told.get(code, 0) + 1
        silent = [unit for unit in units if unit.code not in told]
        late = {unit.pk for unit in self.chance.sample(silent, min(LATE_UNITS, len(silent)))}
        yield (day := self.after(-5))
        for unit in units:
            if unit.pk not in late:
                self._hand_in(unit, 3, told.get(unit.code, 0), day)
        early = self.chance.sample([unit for unit in silent if unit.pk not in late], EARLY_UNITS)
        yield (day := self.after(50))
        for unit in early:
            self._hand_in(unit, 4, 0, day)

    def _hand_in(self, unit: Unit, quarter: int, left: int, day: date) -> None:
        own = left + (self.chance.randint(0, 6) if left or self.chance.random() < 0.3 else 0)
        sent = {
            "unit": unit.pk, "year": self.taken_on.year, "quarter": quarter, "own_cases": own, "unperformed": left,
            "signed_by": name_by(self.chance), "submitted_on": day, "note": "" if own else "零报告",
        }  # fmt: skip
        actor = self.office["department" if unit.code == OWN else "liaison"]
        perform("backlog.submit_return", None, sent, actor, day)


def _slip(item: BacklogItem) -> bytes:
    """A transfer slip as a PDF."""
    lines = (
        f"付款单位：{item.unit.name}", f"收款人：{item.creditor}", f"金额：{item.amount_yuan or Decimal(0):f}元",
        f"用途：{item.court_number}{item.duty}",
    )  # fmt: skip
    section = Section(text="\n".join(lines))
    return render_pdf(DocumentText(title="财政直接支付凭证", sections=(section,), kind="record", seal_place=False))


class _Item:
    """An item under the hands of those who act on it."""

    def __init__(self, pk: int, office: Mapping[str, Any], own: Any) -> None:
        self.pk, self.office, self.own = pk, office, own

    def act(self, name: str, today: date, /, by: str = "", **data: Any) -> None:
        """A step by the unit itself, or by the holder of the role named."""
        actor = self.office[by] if by else self.own
        perform(f"backlog.{name}", BacklogItem.objects.get(pk=self.pk), data, actor, today)


__all__ = ["walks"]
