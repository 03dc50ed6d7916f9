"""The demo's organisations: committees of every town and street, villages, trades, studios, agreements.

All names are invented, and everything is made by the actions people take, dated as they would have taken them. The same
seed makes the same organisations; once they are there, nothing is made again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casemgr.actions.perform import perform
from casemgr.organisation.models import Unit
from casemgr.organisation.reference import BANNER, STREETS, TOWNS
from mediation.models import Committee, Filing, Mediator, Studio

SURNAMES = "张王李刘赵陈杨高郭白贾韩武温折訾苗边乔奇"
MEN = ("占胜", "埃锁", "来栓", "外生", "补栓", "二小", "茂林", "有全", "恒旺", "玉堂", "子荣", "保国")
WOMEN = ("改兰", "凤英", "巧珍", "变转", "秀娥", "引弟", "玉莲", "爱枝", "香梅", "林花")
MONGOLIAN_MEN = ("额尔敦", "宝力道", "朝鲁门", "达布希", "那木拉", "阿拉腾巴根", "孟克巴特")
MONGOLIAN_WOMEN = ("乌日娜", "其其格玛", "娜仁托娅", "萨如拉", "高娃")
VILLAGES = {
    "100": ("新和村", "东海子村"),
    "101": ("红柳滩村",),
    "102": ("七份地村",),
    "103": ("柳沟村",),
    "104": ("沙圪堵湾村",),
    "106": ("南伙房村",),
    "200": ("查干淖尔嘎查", "巴音塔拉嘎查"),
}
"""Invented villages."""
TRADES = {"物业": "达拉特旗物业纠纷人民调解委员会", "医疗": "达拉特旗医疗纠纷人民调解委员会"}
SPECIALITIES = ("邻里、宅基地", "婚姻家庭", "草牧场、土地承包", "民间借贷、合同", "劳动争议", "物业、消费")


@dataclass(frozen=True)
class Plan:
    """A studio: code of its town, special name (empty: its mediator's), days before today on which it began to work,
    and what became of it."""

    town: str
    special: str
    days_ago: int
    then: str = ""


STUDIOS = (
    Plan("200", "额吉", 505),
    Plan("100", "连心桥", 420),
    Plan("101", "", 300),
    Plan("003", "夕阳红", 350, "cancelled"),
    Plan("103", "", 260, "suspended"),
    Plan("100", "", 200),
    Plan("002", "石榴籽", 180),
    Plan("102", "", 150),
    Plan("104", "老支书", 120),
    Plan("106", "", 90),
    Plan("107", "", 20, "approved"),
    Plan("105", "", 10, "submitted"),
)


def load(office: Mapping[str, Any], today: date, cases: int, seed: int) -> int:
    """Make the organisations of the demo unless there are some. They are no cases: the answer is 0."""
    if not Committee.objects.exists():
        _Office(office, today, random.Random(f"organisations-{seed}")).set_up()
    return 0


class _Office:
    def __init__(self, people: Mapping[str, Any], today: date, chance: random.Random) -> None:
        self.people, self.today, self.chance = people, today, chance
        self.section, self.leader = people["guidance"], people["leader"]
        self.committees: dict[str, Committee] = {}
        self.used: set[str] = set()

    def before(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def set_up(self) -> None:
        for code, name in {**TOWNS, **STREETS}.items():
            kind = "town" if code in TOWNS else "street"
            self.committees[code] = self.committee(code, kind, f"{name}人民调解委员会", name[:-1], 700)
        self.own_people()
        for code, villages in VILLAGES.items():
            for village in villages:
                days = 1150 if village == "柳沟村" else 640  # one whose term is over
                name = f"{TOWNS[code]}{village}人民调解委员会"
                self.committee(code, "village", name, village[:-1].removesuffix("嘎"), days)
        for trade, name in TRADES.items():
            self.committee("", "trade", name, trade, 560, trade=trade)
        for plan in STUDIOS:
            self.studio(plan)
        self.agreements()
        self.file()

    def name(self, sex: str, is_mongolian: bool) -> str:
        """A name that nobody else of the demo's mediators has."""
        while True:
            if is_mongolian:
                found = self.chance.choice(MONGOLIAN_MEN if sex == "M" else MONGOLIAN_WOMEN)
            else:
                found = self.chance.choice(SURNAMES) + self.chance.choice(MEN if sex == "M" else WOMEN)
            if found not in self.used or is_mongolian:
                self.used.add(found)
                return found

    def committee(self, town: str, kind: str, name: str, word: str, days: int, trade: str = "") -> Committee:
        day = self.before(days)
        area = Unit.objects.get(code=f"{BANNER}{town}")
        sent = {
            "area": area.pk, "kind": kind, "trade": trade, "name": name, "number_word": word, "founded_on": day,
            "founded_by": "达拉特旗司法局" if kind == "trade" else name.removesuffix("人民调解委员会"),
            "place": f"{area.name}便民服务中心" if town else "达拉特旗社会治理综合服务中心",
            "phone": f"0477-000{self.chance.randrange(1000, 9999)}", "is_multiethnic": "on",
        }  # fmt: skip
        committee = perform("committee.found", None, sent, self.section, day)
        for position, sex, is_mongolian in self.composition(kind):
            self.mediator(committee, position, sex, is_mongolian, day)
        if kind in ("town", "street"):
            self.mediator(
                committee, "mediator", self.chance.choice("MF"), False, self.before(days - 60), is_full_time="on"
            )
        return committee

    def composition(self, kind: str) -> Iterator[tuple[str, str, bool]]:
        """Three to five members: a chair, a woman, a Mongolian, and here and there a vice chair."""
        yield "chair", "M", False
        yield "member", "F", False
        yield "member", self.chance.choice("MF"), True
        if kind != "village" and self.chance.random() < 0.5:
            yield "vice", "M", False

    def mediator(
        self,
        committee: Committee,
        position: str,
        sex: str,
        is_mongolian: bool,
        day: date,
        *,
        name: str = "",
        is_full_time: str = "",
    ) -> Mediator:
        how = "hired" if position == "mediator" else "elected"
        sent = {
            "committee": committee.pk, "name": name or self.name(sex, is_mongolian), "sex": sex, "position": position,
            "ethnicity": "蒙古族" if is_mongolian else "汉族", "birth_year": self.chance.randrange(1958, 1995),
            "education": self.chance.choice(("secondary", "college", "bachelor")), "how": how, "from_on": day,
            "specialities": self.chance.choice(SPECIALITIES), "is_listed": "on",
            "is_party_member": self.chance.choice(("true", "false")), "is_full_time": is_full_time,
        }  # fmt: skip
        if position == "chair" and self.chance.random() < 0.4:
            sent["salaried_from"] = date(2015, 1, 1)
        return perform("mediator.register", None, sent, self.section, day)

    def own_people(self) -> None:
        """The demo's own mediator and secretary, linked with their accounts."""
        committee, day = self.committees["100"], self.before(680)
        rows = (("mediator", "mediator", "M", False), ("committee", "member", "F", True))
        for role, position, sex, is_mongolian in rows:
            user = self.people[role]
            found = self.mediator(committee, position, sex, is_mongolian, day, name=user.full_name)
            perform("mediator.link_account", found, {"user": user.pk}, self.section, day)
            training = {"held_on": self.before(100), "hours": "16", "training_subject": "人民调解员年度业务培训"}
            perform(
                "mediator.add_training", found, training | {"organiser": "达拉特旗司法局"}, self.section, self.today
            )
            if position == "mediator":
                grade = {"scheme": "自治区人民调解员等级评定", "level": "一级", "awarder": "鄂尔多斯市司法局"}
                perform("mediator.award_grade", found, grade | {"from_on": self.before(200)}, self.section, self.today)
            else:
                kept = {"founded_by": committee.founded_by, "seal_keeper": found.pk, "is_multiethnic": "on"}
                kept |= {"place": committee.place, "phone": committee.phone}
                committee = perform("committee.change", committee, kept, self.section, day)

    def studio(self, plan: Plan) -> Studio:
        committee = self.committees[plan.town]
        day = self.before(plan.days_ago)
        taken = Studio.objects.living().values("name_giver_id")
        engaged = Mediator.objects.active_on(day).filter(engagements__committee=committee).exclude(pk__in=taken)
        hired = engaged.filter(engagements__position="mediator").order_by("-user_id", "pk")
        giver = hired.exclude(user=None).first() or hired.first() or engaged.order_by("pk").first()
        sent = {
            "committee": committee.pk, "name_giver": giver.pk, "name_word": plan.special,
            "name_type": "special" if plan.special else "person", "consented_on": day - timedelta(days=20),
            "place": committee.place, "has_own_room": "on", "specialities": giver.specialities,
            "years_of_mediation": self.chance.randrange(6, 20), "recommended_by": str(committee),
            "cases_in_three_years": self.chance.randrange(70, 160), "success_rate": "97.2",
            "condition_evidence": "调解台账、卷宗统计表",
        }  # fmt: skip
        studio = perform("studio.draft", None, sent, self.section, day - timedelta(days=15))
        studio = perform("studio.submit", studio, {}, self.section, day - timedelta(days=14))
        if plan.then == "submitted":
            return studio
        review = {"opinion": "经核实，申请人符合设立条件，同意上报。"}
        studio = perform("studio.review", studio, review, self.section, day - timedelta(days=10))
        decided = day - timedelta(days=5)
        number = Studio.objects.exclude(number="").count() + 1
        decision = {
            "decision_no": f"达司发〔{decided.year}〕{number}号",
            "approved_on": decided,
            "opinion": "同意命名。",
        }
        studio = perform("studio.approve", studio, decision, self.leader, decided)
        if plan.then == "approved":
            return studio
        begun = {"started_on": day, "plaque_no": f"DLT-{number:03d}", "plaque_issued_on": day}
        studio = perform("studio.start", studio, begun, self.section, day)
        if plan.then == "suspended":
            sent = {"on": self.before(40), "reason": "调解员外出学习，暂停接件。"}
            studio = perform("studio.suspend", studio, sent, self.section, self.before(40))
        elif plan.then == "cancelled":
            on = self.before(60)
            sent = {"ground": "moved", "on": on, "plaque_returned_on": on, "reason": "调解员随子女迁居外地。"}
            studio = perform("studio.cancel", studio, sent, self.leader, on)
        elif day.year < self.today.year:
            review = {
                "year": day.year,
                "cases": 34,
                "success_rate": "97.1",
                "result": "passed",
                "subsidy_level": "二档",
            }
            studio = perform(
                "studio.review_year", studio, review | {"reviewed_on": self.today}, self.section, self.today
            )
        return studio

    def agreements(self) -> None:
        """With the court, the police and the reconsideration office; the court's roster names two committees."""
        rows = (
            ("court", "达拉特旗人民法院", "诉讼与人民调解衔接工作协议", 400),
            ("police", "达拉特旗公安局", "公安派出所与人民调解委员会联动协议", 330),
            ("reconsideration", "达拉特旗司法局行政复议与应诉办公室", "复调对接工作协议", 150),
        )
        for dock, partner, title, days in rows:
            day = self.before(days)
            sent = {
                "dock": dock, "partner": partner, "title": title, "signed_on": day, "from_on": day,
                "until_on": day + timedelta(days=1095), "partner_contact": "立案庭" if dock == "court" else "",
                "text": "双方各明确一名联络人，案件移送附材料清单，办结当日反馈结果。",
            }  # fmt: skip
            agreement = perform("dock.register", None, sent, self.section, day)
            for committee in (self.committees["100"], self.committees["002"]):
                entry = {"committee": committee.pk, "from_on": day}
                agreement = perform("dock.add_to_roster", agreement, entry, self.section, day)

    def file(self) -> None:
        """What is older than two months was filed and told; the rest waits."""
        for filing in Filing.objects.filter(happened_on__lt=self.before(60)).order_by("pk"):
            day = filing.happened_on + timedelta(days=12)
            sent = {"court_informed_on": day, "court": "达拉特旗人民法院"}
            if filing.studio_id:
                sent |= {"filed_on": day, "published_on": day}
            perform("filing.complete", filing, sent, self.section, self.today)
