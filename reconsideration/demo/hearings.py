"""The four rooms of the demo office and a few hearings: one held, one open, one remote, one with something missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.audit.context import audited
from casemgr.organisation.models import RoleAssignment, User
from casemgr.organisation.reference import RECONSIDERATION_OFFICE
from casemgr.rooms.models import Room
from reconsideration.demo.clerk import Clerk, Days
from reconsideration.hearings.script import open_steps
from reconsideration.models import Hearing, ReconsiderationCase
from reconsideration.terms import Track

ROOMS = (
    ("office", "行政复议办公室", "司法局办公楼四楼401", 6, "办公电脑、扫描仪"),
    ("reception", "行政复议接待室", "司法局办公楼一楼102", 12, "高拍仪、叫号机、无障碍通道"),
    ("hearing", "行政复议听证室", "司法局办公楼三楼301", 40, "同步录音录像、投影、远程视频"),
    ("archive", "行政复议档案室", "司法局办公楼四楼406", 2, "密集架、温湿度监测"),
)
COLLEAGUES = {"panel2": "其木格", "panel3": "郝志远"}
"""Without a password: they sit on panels, nobody logs in as them."""
MATTERS = "作出行政行为前是否听取了陈述和申辩；认定的主要事实是否有证据支持；适用依据是否正确。"


def load(office: Mapping[str, Any], today: date) -> None:
    """Once: a second start finds the rooms there."""
    if Room.objects.exists():
        return
    days = Days(today)
    people = _people(office)
    first = days.back(20)
    for kind, name, place, capacity, equipment in ROOMS:
        sent = {"unit": people["officer"].assignments(today)[0].unit_id, "kind": kind, "name": name, "place": place,
                "capacity": capacity, "equipment": equipment}  # fmt: skip
        perform("rooms.add", None, sent, office["head"], first)
    sent = {"room": Room.objects.get(kind="reception").pk, "on": days.after(today, 2).isoformat(), "starts": "15:00",
            "ends": "16:00", "purpose": "reception", "note": "集体来访预约"}  # fmt: skip
    perform("rooms.book", None, sent, office["officer"], today)
    stories = (_held, _open_to_the_public, _remote, _something_missing)
    for story, case in zip(stories, _cases(today), strict=False):
        clerk = HearingClerk(people, today)
        clerk.case = case
        try:
            story(clerk, days)
        except ActionError:  # a case that the dice left without a party to serve
            continue


def _people(office: Mapping[str, Any]) -> dict[str, Any]:
    """The office with two more who sit on panels."""
    found = {role: office[role] for role in ("officer", "head", "authority", "panel", "archive")}
    unit = found["panel"].role_assignments.get(role="panel").unit
    with audited(action="demo", reason="demo office"):
        for username, full_name in COLLEAGUES.items():
            user = User(username=username, full_name=full_name)
            user.set_unusable_password()
            user.save()
            RoleAssignment.objects.create(user=user, role="panel", unit=unit)
            found[username] = user
    assert unit.code == RECONSIDERATION_OFFICE
    return found


def _cases(today: date) -> list[ReconsiderationCase]:
    """Under review in the ordinary procedure, those longest there first."""
    rows = ReconsiderationCase.objects.filter(state="IN_REVIEW", law_version="2023", unit__code=RECONSIDERATION_OFFICE)
    rows = rows.exclude(reconsideration_facts__track=Track.SIMPLIFIED).exclude(documents__kind="decision")
    return list(rows.order_by("opened_on", "pk")[:4])


class HearingClerk(Clerk):
    """A clerk who plans and holds hearings."""

    @property
    def hearing(self) -> Hearing:
        return self.case.hearings.select_related("booking__room").order_by("-number").first()

    def plan(self, on: date, starts: str, ends: str, **changes: Any) -> None:
        people = self.office
        sent = {"ground": "necessary", "matters": MATTERS, "planned_on": on, "starts": starts, "ends": ends,
                "room": Room.objects.get(kind="hearing").pk, "presiding": people["officer"].pk,
                "officers": [people["panel"].pk, people["panel2"].pk], "recorder": people["panel3"].pk,
                **changes}  # fmt: skip
        self.act("officer", "reconsideration.plan_hearing", self.case, **sent)

    def do(self, action: str, /, **data: Any) -> None:
        perform(f"hearing.{action}", self.hearing, data, self.office["officer"], self.day)

    def prepare(self) -> None:
        for member in self.hearing.panel.all():
            self.do("declare", member=member.pk)
        for row in self.hearing.parties.filter(participation__role="respondent"):
            self.do("name_head", party=row.pk, head_name="郝建平", head_post="副局长")

    def notify(self) -> None:
        self.serve(self.paper("hearing_notice"))

    def hold(self) -> None:
        rows = list(self.hearing.parties.select_related("participation"))
        came: dict[str, Any] = {}
        for row in rows:
            came |= {f"came_{row.pk}": "yes", f"by_{row.pk}": row.participation.name}
        self.do("attendance", **came)
        for step in open_steps(self.hearing, rows):
            if step.kind == "evidence":
                self._evidence(rows)
            else:
                self.do("write", step=step.code, text=step.proposal(self.hearing) or SAID.get(step.code, "无。"))
        signed: dict[str, Any] = {f"signed_{row.pk}": "yes" for row in rows}
        signed |= {f"member_{one.pk}": "on" for one in self.hearing.panel.all()}
        self.do("sign", **signed)
        self.act("officer", "reconsideration.hold_hearing", self.case)
        self.paper("hearing_record")

    def _evidence(self, rows: list[Any]) -> None:
        for row in rows:
            if row.is_respondent:
                self.do("evidence", by=row.participation_id, name="调查询问笔录及现场检查照片",
                        proves="作出行政行为认定的事实清楚",
                        opinion="申请人对真实性无异议，对关联性有异议，认为不能证明其违法。")  # fmt: skip


SAID = {
    "reply": "被申请人答辩：作出的行政行为认定事实清楚、证据确凿、适用依据正确、程序合法，请求维持。",
    "third_party": "第三人陈述：同意被申请人的意见。",
    "questions": "听证员询问被申请人是否在作出决定前书面告知陈述、申辩权利。被申请人答：已口头告知，未制作笔录。"
    "双方就程序问题进行了辩论。",
    "last_words": "申请人：坚持复议请求。被申请人：请求依法作出决定。",
}


def _held(clerk: HearingClerk, days: Days) -> None:
    clerk.day = days.back(9)
    clerk.plan(days.back(1), "09:00", "11:30", ground="mandatory", grounds=["doubts"])
    clerk.notify()
    clerk.prepare()
    clerk.day = days.back(1)
    clerk.hold()


def _open_to_the_public(clerk: HearingClerk, days: Days) -> None:
    clerk.day = days.back(3)
    clerk.plan(days.after(days.today, 4), "09:00", "11:30", ground="mandatory", grounds=["public_interest"])
    clerk.notify()
    clerk.prepare()
    clerk.do("announce", is_open="on", announcement=f"{clerk.case.title}案", seats=20, seats_taken=6, publish="on")


def _remote(clerk: HearingClerk, days: Days) -> None:
    clerk.day = days.back(0)
    note = "内蒙古自治区行政复议服务平台视频听证，入会方式随通知书告知"
    clerk.plan(days.after(days.today, 9), "15:00", "17:00", ground="requested", is_remote="on", remote_note=note)


def _something_missing(clerk: HearingClerk, days: Days) -> None:
    clerk.day = days.back(2)
    clerk.plan(days.after(days.today, 5), "14:30", "17:00")
