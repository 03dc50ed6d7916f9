"""How a suit of the demo's past years went: its steps, with days in which every period is kept."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casemgr.calendar.current import current_calendar
from litigation.demo.matters import Loss, posts_of
from litigation.demo.people import name_by
from litigation.demo.stories import GOVERNMENT, HEARD, Step, step
from litigation.terms import LossReason

COURSES: Mapping[str, int] = {
    "rejected": 34, "lost": 19, "upheld": 12, "dismissed": 9, "withdrawn": 9, "changed": 6, "mediated": 4,
    "enforced": 3, "reversed": 2, "remanded": 1, "round_ended": 1,
}  # fmt: skip
"""How many of a hundred suits end so."""
LOST = ("lost", "enforced", "round_ended")
OF_MONEY = ("mediated", "enforced", "round_ended")
"""Courses in which a sum is owed."""
FULL = 110
"""Working days before today from which on every session is told from its summons on; older ones by how they went."""
EXCUSED = ("duty", "unproved")
"""Absences of which the agency says why, before the session: with papers, and without."""
LAWYER = "内蒙古蒙秀律师事务所律师"


@dataclass(frozen=True)
class Told:
    """What the steps of one suit need to know of it."""

    agencies: tuple[str, ...]
    received: int
    received_on: date
    amount: str
    loss: Loss | None
    reason: str
    absence: str
    """Of the first agency's head: empty, he or she came; else `duty`, `unproved`, `lawyer` or `left`."""


def steps_of(course: str, told: Told, chance: random.Random) -> tuple[Step, ...]:
    """From the assignment to the end."""
    return tuple(_Course(told, chance).walk(course))


class _Course:
    def __init__(self, told: Told, chance: random.Random) -> None:
        self.told, self.chance = told, chance

    def walk(self, course: str) -> Iterator[Step]:
        yield step(self._few(1, 2), "assign")
        yield step(self._within_fifteen_days(), "answer")
        yield from getattr(self, f"_{course}")()

    def _few(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def _within_fifteen_days(self) -> int:
        """Working days after the assignment, in time over holidays too (art. 67(1)); without evidence in time, late."""
        calendar = current_calendar()
        if self.told.reason == LossReason.NO_EVIDENCE:
            return 14
        last, wanted = self.told.received_on + timedelta(days=14), self._few(4, 7)
        while wanted > 0 and calendar.add_working_days(self.told.received_on, wanted + 2) > last:
            wanted -= 1
        return wanted

    # sessions

    def _heard(self, absence: str = "") -> Iterator[Step]:
        if self.told.received > FULL and absence not in EXCUSED:
            others = self._others(absence)
            yield step(self._few(18, 30), "heard", heads=self._heads(absence), left=absence == "left", **others)
            return
        ahead = self._few(11, 16)
        yield step(self._few(4, 9), "plan", days=ahead, calls_head=self.chance.random() < 0.2)
        first = self._few(2, 4)
        if absence in EXCUSED:
            yield step(first, "excuse", reason="赴旗外参加重大项目会议。", of=self.told.agencies[0],
                       has_papers=absence == "duty")  # fmt: skip
        for place, (agency, head) in enumerate(self._heads(absence).items()):
            yield step(0 if place or absence else first, "head", of=agency, **head)
        if absence == "lawyer":
            first = 0
        yield step(ahead - first, "hold", report=HEARD, **self._others(absence))

    def _heads(self, absence: str) -> dict[str, dict[str, Any]]:
        """Who came, by agency."""
        found = {}
        for place, agency in enumerate(self.told.agencies):
            if absence and absence != "left" and not place:
                continue
            principal, deputy = posts_of(agency)
            is_principal = self.chance.random() < (0.1 if agency == GOVERNMENT else 0.25)
            names = random.Random(f"{agency} {0 if is_principal else self.chance.randint(1, 2)}")
            found[agency] = {
                "name": name_by(names), "post": principal if is_principal else deputy,
                "category": "principal" if is_principal else "deputy",
            }  # fmt: skip
        return found

    def _others(self, absence: str) -> dict[str, str]:
        lawyers = LAWYER if absence == "lawyer" or self.chance.random() < 0.4 else ""
        return {"lawyers": lawyers, "staff": "" if absence == "lawyer" else f"法规股{name_by(self.chance)}"}

    def _judged(self, outcome: str, text: str, fee: str = "50", *, again: bool = False) -> Iterator[Step]:
        """`again`: a second judgment of the suit, before which every head came and which did not take long."""
        yield from self._heard("" if again else self.told.absence)
        yield step(self._few(10, 18 if again else 45), "judge", outcome=outcome, text=text, fee=fee)
        yield step(self._few(2, 5), "serve")

    # courses

    def _rejected(self) -> Iterator[Step]:
        yield from self._judged("claim_rejected", "驳回原告的诉讼请求。", fee="")
        yield step(14, "pass_night")

    def _dismissed(self) -> Iterator[Step]:
        text = self.chance.choice(("起诉超过法定期限，驳回起诉。", "被诉行为对原告权利义务不产生实际影响，驳回起诉。"))
        yield step(self._few(15, 40), "rule", matter="dismissed", text=text)
        yield step(self._few(2, 4), "serve")
        yield step(12, "pass_night")

    def _withdrawn(self) -> Iterator[Step]:
        yield step(self._few(6, 25), "rule", matter="withdrawn", outcome="withdrawn", text="准许原告撤回起诉。")
        yield step(self._few(2, 4), "serve")

    def _changed(self) -> Iterator[Step]:
        yield step(self._few(4, 9), "change_act", text="自行纠正原行政行为，重新作出决定并送达原告。")
        yield step(self._few(4, 9), "rule", matter="withdrawn", outcome="withdrawn_changed", text="准许原告撤回起诉。")
        yield step(self._few(2, 4), "serve")

    def _lost(self) -> Iterator[Step]:
        yield from self._condemned()
        loss = self.told.loss
        if not loss.duty:
            yield step(2, "nothing")
            return
        yield step(2, "owe", amount=self.told.amount if loss.pays else "", **loss.duty)
        proof = "财政支付凭证" if loss.pays else "新行政行为及送达回证"
        yield step(self._few(4, 9), "pay", amount=self.told.amount if loss.pays else "", proof=proof)

    def _condemned(self) -> Iterator[Step]:
        """Lost in first instance, the reasons examined, and let go."""
        loss = self.told.loss
        yield from self._judged(loss.outcome, loss.text)
        yield step(3, "consider", will_appeal=False, reason="认定事实和适用法律无误，经集体讨论决定不上诉。")
        yield step(11, "pass_night")
        yield step(1, "analyse", reasons=(self.told.reason,), article=loss.article, flaw=loss.flaw, lesson=loss.lesson)

    def _mediated(self) -> Iterator[Step]:
        yield step(3, "negotiate", offer=f"一次性给付{self.told.amount}元，双方再无争议。")
        yield step(self._few(6, 12), "agree", terms=f"给付{self.told.amount}元，十五日内付清。")
        yield step(2, "mediate", text=f"被告于十五日内给付原告{self.told.amount}元。")
        yield step(2, "serve")
        yield step(1, "owe", kind="pay", text="调解书确定的款项", amount=self.told.amount, days=15)
        yield step(self._few(3, 7), "pay", amount=self.told.amount)

    def _enforced(self) -> Iterator[Step]:
        yield from self._to_the_bailiff()
        yield step(12, "step", kind="payment", text="法院扣划", amount=self.told.amount)
        yield step(5, "step", kind="closed", text="结案通知书")

    def _round_ended(self) -> Iterator[Step]:
        yield from self._to_the_bailiff()
        yield step(60, "step", kind="ended_round", text="终结本次执行程序裁定书")

    def _to_the_bailiff(self) -> Iterator[Step]:
        yield from self._condemned()
        yield step(2, "owe", amount=self.told.amount, **self.told.loss.duty)
        yield step(60, "execute")
        yield step(4, "step", kind="notice")

    def _upheld(self) -> Iterator[Step]:
        yield from self._appealed()
        if self.chance.random() < 0.5:  # the other half the court decides on the papers (art. 86)
            yield from self._heard()
        yield step(self._few(10, 18), "judge", outcome="upheld", text="驳回上诉，维持原判。")
        yield step(4, "serve")
        yield step(1, "pass_night")
        yield step(1, "nothing")

    def _reversed(self) -> Iterator[Step]:
        yield from self._appealed()
        yield from self._judged("confirmed_illegal", "撤销原判，确认被诉行政行为违法。", again=True)
        yield step(1, "pass_night")
        yield step(1, "nothing")
        yield step(
            2, "analyse", reasons=(LossReason.PROCEDURE,), article="行政诉讼法第74条第1款第2项",
            flaw="送达方式不合法，一审未予审查。", lesson="送达以直接送达为先，逐项留存回证。",
        )  # fmt: skip

    def _remanded(self) -> Iterator[Step]:
        yield from self._appealed()
        yield step(self._few(20, 35), "judge", outcome="remanded", text="原判认定事实不清，撤销原判，发回重审。")
        yield step(4, "serve")
        yield step(8, "again")
        yield from self._judged("claim_rejected", "驳回原告的诉讼请求。", fee="", again=True)
        yield step(14, "pass_night")

    def _appealed(self) -> Iterator[Step]:
        yield from self._judged("claim_rejected", "驳回原告的诉讼请求。", fee="")
        yield step(4, "appeal")
        yield step(self._few(8, 14), "second")
        yield step(5, "answer_appeal")


__all__ = ["COURSES", "LOST", "OF_MONEY", "Told", "steps_of"]
