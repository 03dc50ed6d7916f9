"""A case under review with rooms and a panel, and hearings of it for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.actions.perform import perform
from casemgr.organisation.models import User
from casemgr.rooms.models import Room
from reconsideration.hearings.script import open_steps
from reconsideration.models import Hearing
from tests.support.flow import Flow, received
from tests.support.register import person
from tests.support.rooms import a_room

PANEL = ("赵梅", "孙强", "周敏", "吴刚")


def day(month: int, number: int) -> date:
    return date(2026, month, number)


class HearingFlow(Flow):
    """A flow whose case can be heard: `room` and `panel` are those of its office."""

    room: Room
    panel: list[User]

    @property
    def hearing(self) -> Hearing:
        return self.case.hearings.select_related("booking__room").order_by("-number").first()

    def plan_entries(self, **changes: Any) -> dict[str, Any]:
        """Tuesday 13 October 2026 at nine: the notice must be served by 29 September (dossier V33)."""
        first, *officers, recorder = self.panel
        return {
            "ground": "necessary", "matters": "处罚程序是否合法", "planned_on": "2026-10-13", "starts": "09:00",
            "ends": "11:30", "room": self.room.pk, "presiding": first.pk, "officers": [one.pk for one in officers],
            "recorder": recorder.pk, **changes,
        }  # fmt: skip

    def plan(self, **changes: Any) -> Hearing:
        self.step("officer", "plan_hearing", **self.plan_entries(**changes))
        return self.hearing

    def change(self, **changes: Any) -> Hearing:
        entries = {**self.plan_entries(), "reason": "被申请人负责人出差", **changes}
        self.step("officer", "change_hearing", **{name: entries[name] for name in entries if name != "ground"})
        return self.hearing

    def notify(self, *days: date) -> None:
        """The notice served on applicant and respondent, on a day each or all on one."""
        notice = self.paper("hearing_notice")
        for role, on in zip(("applicant", "respondent"), days * (2 // len(days)), strict=True):
            self.on(on).serve_on(notice, role)

    def do(self, action: str, /, who: str = "officer", **data: Any) -> Hearing:
        perform(f"hearing.{action}", self.hearing, data, self.office[who], self.day)
        return self.hearing

    def prepare(self) -> None:
        """Everybody declares that no interest is involved; the respondent names its head."""
        for member in self.hearing.panel.all():
            self.do("declare", member=member.pk)
        row = self.hearing.parties.get(participation__role="respondent")
        self.do("name_head", party=row.pk, head_name="郝建平", head_post="局长")

    def attend(self, applicant: str = "yes", respondent: str = "yes", why: str = "") -> None:
        sent = {}
        for row in self.hearing.parties.select_related("participation"):
            came = applicant if row.participation.role == "applicant" else respondent
            sent |= {f"came_{row.pk}": came, f"by_{row.pk}": row.participation.name, f"why_{row.pk}": why}
        self.do("attendance", **sent)

    def write(self) -> None:
        """Every step of the record, with one item of evidence."""
        for step in open_steps(self.hearing, list(self.hearing.parties.select_related("participation"))):
            if step.kind == "evidence":
                by = self.case.participations.get(role="respondent")
                self.do("evidence", by=by.pk, name="行政处罚告知书", proves="已告知陈述申辩权", opinion="真实性无异议")
            else:
                self.do("write", step=step.code, text=f"{step.heading}：如下。")

    def sign_record(self, **changes: Any) -> None:
        sent: dict[str, Any] = {f"signed_{row.pk}": "yes" for row in self.hearing.parties.all()}
        sent |= {f"member_{row.pk}": "on" for row in self.hearing.panel.all()}
        self.do("sign", **{**sent, **changes})

    def hold(self) -> None:
        """From who came to the closed record, on the hearing's day."""
        self.on(self.hearing.on)
        self.attend()
        self.write()
        self.sign_record()
        self.step("officer", "hold_hearing")


def under_review(track: str = "ordinary") -> HearingFlow:
    """Accepted on 3 September 2026, replied on the 16th; today is the 21st."""
    plain = received(day(9, 2))
    flow = HearingFlow(plain.office, day(9, 3))
    flow.case = plain.case
    flow.accept(track, "on_the_spot" if track == "simplified" else "")
    flow.on(day(9, 4))
    flow.serve_on(flow.paper("reply_notice"), "respondent")
    flow.on(day(9, 16)).reply()
    flow.room = a_room("hearing")
    flow.panel = [person(f"{flow.case.pk}-{name}", "panel", full_name=name) for name in PANEL]
    return flow.on(day(9, 21))
