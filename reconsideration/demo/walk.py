"""The way of one case through the office, step by step, each on its day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casemgr.actions.models import PerformedKey
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.matters import Matter as Kind
from casemgr.cases.models import Case
from casemgr.parties.models import Party
from reconsideration.demo.aftermath import Aftermath
from reconsideration.demo.clerk import Clerk, Days
from reconsideration.demo.matters import MATTERS, Matter, told
from reconsideration.demo.papers import OwnPapers
from reconsideration.demo.people import birthday, invented_name
from reconsideration.demo.stops import SpecialCourse
from reconsideration.demo.stories import STORIES, Story

REGULATION_2026 = date(2026, 7, 1)
Walk = Iterator[date]
"""Yields the day of the next step, and does it when taken up again."""


@dataclass
class Plan:
    """A story with its days, its people and its key; `earlier` are the plans made before it."""

    number: int
    story: Story
    days: Days
    key: str
    chance: random.Random
    earlier: list[Plan]

    def __post_init__(self) -> None:
        self.matter: Matter = MATTERS[self.story.matter]
        self.received = self._received()
        origin = self.earlier[self.story.repeats] if self.story.repeats is not None else None
        if origin is not None:
            self.acted, self.act_number, self.people = origin.acted, origin.act_number, origin.people
        else:
            self.acted = Days.at_work(self.received - timedelta(days=self.story.filed_after))
            serial = self.chance.randrange(12, 480)
            series = self.matter.series
            self.act_number = f"{series}〔{self.acted.year}〕{serial}号" if series else ""
            self.people = self._people()
        self.origin = origin

    def case_number(self) -> str:
        """The number the case was given when it was registered."""
        return Case.objects.get(pk=PerformedKey.objects.get(key=self.key).subject_id).number

    def _received(self) -> date:
        if self.story.accepted:
            return Days.after(self.days.ago(self.story.accepted), -self.story.accept_gap)
        return self.days.back(self.story.received)

    def _people(self) -> list[dict[str, Any]]:
        base = self.number * 10 + self.chance.randrange(3) + 101
        rows = [p.row(base + i, birthday(self.chance)) for i, p in enumerate(self.story.people)]
        if self.number >= len(STORIES):
            for row in rows:
                row["name"] = (
                    invented_name(self.chance) if row["kind"] == "person" else f"{row['name'][:-1]}{self.number}部"
                )
        return rows

    def entries(self, office) -> dict[str, Any]:
        """The registration form, filled in."""
        matter, story = self.matter, self.story
        is_omission = matter.kind == Kind.OMISSION
        entries = {
            "act_title": matter.act,
            "act_number": self.act_number,
            "acted_on": None if is_omission else self.acted,
            "matter": matter.kind,
            "area": matter.area,
            "amount_yuan": matter.amount,
            "application_method": story.method,
            "received_on": self.received,
            "requests": told(matter.requests, self.acted),
            "reasons": told(matter.reasons, self.acted),
            "was_told_remedies": "true",
            "lead_handler": office[story.handler].pk,
            "people": self.people,
            "respondents": [{"known_party": Party.objects.get(name=matter.agency, kind=Party.Kind.AGENCY).pk}],
            **matter.more,
        }
        if is_omission:
            entries["title"] = f"认为{matter.agency}不履行{matter.act}"
            entries["duty_requested_on"] = self.received - timedelta(days=115)
        else:
            on_the_spot = entries.setdefault("known_ground", "signed") == "on_the_spot"
            entries["known_on"] = self.acted if on_the_spot else Days.after(self.acted, story.known_after)
        if story.method in ("post", "online"):
            entries["sent_on"] = self.received - timedelta(days=2 if story.method == "post" else 0)
        if story.method == "oral":
            entries["oral_record"] = (
                "申请人到复议接待室口头提出申请，工作人员当场记录："
                + told(matter.requests + matter.reasons, self.acted)
                + "以上笔录已向申请人宣读，申请人核对无误后签名。"
            )
        if self.origin is not None:
            entries["same_act_checked"] = "on"
        return entries


class Walker(SpecialCourse, OwnPapers, Aftermath):
    """Walks one plan. The names of the steps are those of `Story.until`."""

    def __init__(self, plan: Plan, office) -> None:
        self.plan, self.story, self.office = plan, plan.story, office
        self.clerk = Clerk(office, plan.received)
        self.at = plan.received

    def on(self, gap: int) -> date:
        """Move `gap` working days on."""
        self.at = Days.after(self.at, gap) if gap else self.at
        self.clerk.day = self.at
        return self.at

    def upto(self, step: str) -> bool:
        return self.story.until == step

    def walk(self) -> Walk:
        yield from self.intake()
        if self.clerk.case.state == "ACCEPTED" and not self.upto("accepted"):
            yield from self.trial()
        if self.clerk.case.state == "IN_REVIEW" and not (self.upto("reply") or self.upto("opinions")):
            yield from (self.special() or self.decision)()
        if self.clerk.case.state == "SERVED" and not self.upto("decision_served"):
            yield from self.afterwards()

    def intake(self) -> Walk:
        clerk, story = self.clerk, self.story
        yield self.at
        clerk.register(self.plan.entries(self.office), self.plan.key)
        clerk.serve(
            clerk.paper(
                "receipt", materials="行政复议申请书，2份\n申请人身份证明，1份\n行政行为复印件，1份\n证据材料，1份"
            )
        )
        self.bring_application()
        if self.upto("received"):
            return
        if self.upto("void"):
            yield self.on(1)
            clerk.act("head", "reconsideration.void", clerk.case, reason="同一申请网上提交后又寄来纸质件，重复登记。")
            return
        if story.deemed:
            yield from self.silence()
            return
        if story.correction:
            yield from self.correction()
            return
        if story.refusal[0]:
            yield from self.refusal()
            return
        yield self.on(max(1, story.accept_gap - 1))
        if self.upto("not_handled") and self.at < REGULATION_2026:
            return
        if self.upto("not_handled"):
            number = self.plan.origin.case_number()
            clerk.paper(
                "not_handled_notice",
                earlier_number=number,
                reasons="本次申请的请求和理由与前案相同，没有新的事实和理由",
            )
            return
        clerk.examine()
        yield self.on(story.accept_gap - max(1, story.accept_gap - 1))
        track = "simplified" if story.simplified else "ordinary"
        clerk.step("head", "accept", track=track, simplified_ground=story.simplified)

    def silence(self) -> Walk:
        """Nobody acts, and the law does."""
        due = self.clerk.due("R-ACC")
        self.at = self.clerk.day = due.due_on + timedelta(days=1)
        yield self.at
        if due.calendar_status == CalendarStatus.PUBLISHED:
            self.clerk.act("system", "reconsideration.deem_accept", self.clerk.case)

    def correction(self) -> Walk:
        clerk = self.clerk
        yield self.on(2)
        notice = clerk.paper("correction_notice", items=self.story.correction)
        yield self.on(1)
        clerk.serve(notice, by_post=True)
        if self.upto("correction_served"):
            return
        if self.upto("abandoned"):
            yield self.on(12)
            if clerk.due("R-CORR-2").calendar_status != CalendarStatus.PUBLISHED:
                return
            clerk.step("officer", "abandon", note="期限届满未提交补正材料，电话联系两次，申请人表示不再申请。")
            return
        yield self.on(6)
        clerk.step("officer", "corrected")

    def refusal(self) -> Walk:
        clerk, (ground, reasons, organ) = self.clerk, self.story.refusal
        yield self.on(2)
        clerk.examine(failed=int(ground), note=reasons[:280])
        paper = clerk.submit(clerk.draft("refusal", ground=ground, reasons=reasons, competent_organ=organ))
        yield self.on(1)
        paper = clerk.sign(clerk.review(paper))
        yield self.on(1)
        paper = clerk.issue(paper)
        yield self.on(2)
        clerk.serve(paper, by_post=True)
        if self.upto("archived"):
            yield self.on(20)
            self.archive(paper)

    def trial(self) -> Walk:
        clerk, story = self.clerk, self.story
        yield self.on(story.copy_gap - 1)
        if not story.simplified or self.at < REGULATION_2026:
            clerk.assign_second()
        notice = clerk.paper("acceptance_notice")
        yield self.on(1)
        clerk.serve(notice, by_post=story.by_post)
        if clerk.parties("third_party"):
            clerk.serve(clerk.paper("third_party_notice"))
        self.word()
        copy = clerk.paper("reply_notice")
        yield self.on(1)
        clerk.serve(copy)
        if self.upto("copy_served"):
            return
        respondent = clerk.parties("respondent")[0]
        if story.no_reply:
            due = clerk.due("R-REPLY", "R-REPLY-S")
            self.at = clerk.day = Days.after(due.due_on, 1)
            yield self.at
            if due.calendar_status != CalendarStatus.PUBLISHED:
                return
            clerk.step("officer", "reply_missing", party=respondent.pk)
        else:
            yield self.on(story.reply_gap)
            count = self.plan.chance.randrange(5, 24)
            clerk.step("officer", "reply_received", party=respondent.pk, evidence_count=count)
            self.bring_reply(respondent)
        if self.upto("reply") or story.simplified:
            return
        yield self.on(story.opinion_gap)
        matter = self.plan.matter
        for number, party in enumerate(clerk.parties("applicant")):
            channel = "phone" if number == 0 and story.by_post else "in_person"
            content = matter.opinion if number == 0 else "同意另一申请人的意见，没有补充。"
            clerk.step(
                "officer", "hear_opinion", party=party.pk, channel=channel, content=content, wants_mediation="false"
            )
            self.bring_record(party, content)
        for party in clerk.parties("third_party"):
            content = matter.decision.third_party if matter.decision else "请求维持。"
            clerk.step(
                "officer", "hear_opinion", party=party.pk, channel="phone", content=content, wants_mediation="true"
            )

    def decision(self) -> Walk:
        clerk, story = self.clerk, self.story
        yield self.on(story.draft_gap)
        paper = clerk.draft("decision", **self.wording())
        yield self.on(1)
        paper = clerk.submit(paper)
        if self.upto("drafted"):
            return
        yield self.on(1)
        paper = clerk.review(paper, "事实清楚，适用依据正确，拟同意。")
        yield self.on(1)
        paper = clerk.sign(paper)
        if self.upto("signed"):
            return
        yield self.on(1)
        paper = clerk.issue(paper)
        if self.upto("issued"):
            clerk.serve(paper, on_its_way=True)
            return
        yield self.on(2)
        clerk.serve(paper, by_post=story.by_post)
        self.decided = paper
        yield from self.put_right(paper)

    def wording(self) -> dict[str, Any]:
        """The decision's own form."""
        text, acted = self.plan.matter.decision, self.plan.acted
        entries: dict[str, Any] = {
            "outcome": text.outcome,
            "grounds": list(text.grounds),
            "facts_found": told(text.facts, acted),
            "evidence": text.evidence.replace(*reversed(self.story.slip)) if self.story.slip[0] else text.evidence,
            "reasoning": text.reasoning,
            "approval": "head",
            **text.more,
        }
        if text.reply and not self.story.no_reply:
            entries["reply_summary"] = text.reply
        if text.third_party and self.clerk.parties("third_party"):
            entries["third_party_statement"] = text.third_party
        if "performance_duty" in text.more:
            entries["performance_due_on"] = self.at + timedelta(days=45)
        return entries

    def afterwards(self) -> Walk:
        clerk, story = self.clerk, self.story
        if self.upto("sued"):
            yield self.on(6)
            number = self.plan.chance.randrange(11, 90)
            clerk.step("officer", "record_suit", party=clerk.parties("applicant")[0].pk,
                       court_number=f"（{self.at.year}）内06行初{number}号")  # fmt: skip
            return
        if story.performs:
            yield self.on(2)
            if self.upto("performing"):
                yield from self.supervised()
                return
            facts = clerk.case.facts
            clerk.step("officer", "open_performance", duty=facts.performance_duty, due_on=facts.performance_due_on)
            yield self.on(9)
            clerk.step("head", "accept_proof", proof="被申请人已向申请人支付，提交银行转账回单一份。")
            return
        yield self.on(22)
        if clerk.case.facts.redo_is_ordered:
            duty = "按照行政复议决定重新作出行政行为"
            clerk.step("officer", "open_performance", duty=duty, due_on=None)
            clerk.step("officer", "record_new_act", party=clerk.parties("respondent")[0].pk, title="答复书",
                       served_on=clerk.day, compared="different")  # fmt: skip
            clerk.step("head", "accept_proof", proof="被申请人重新作出的答复书一份，已送达申请人。")
        self.archive(self.decided)

    def archive(self, paper) -> None:
        clerk = self.clerk
        clerk.act("officer", "document.file", type(paper).objects.get(pk=paper.pk))
        number = f"达复档{self.at.year}-{clerk.case.number_sequence:03d}"
        clerk.put_together(number=number)
        clerk.step("archive", "archive", archive_number=number, note="案卷一册，正卷、副卷齐全。")
