"""The way of one suit through the courts, step by step, each an action on its day."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from casemgr.actions.perform import perform
from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Participation
from casemgr.parties.models import Party
from litigation.court.sessions import open_sessions
from litigation.court_numbers import key_of
from litigation.demo.people import plaintiff
from litigation.demo.stories import HEARD, Story
from litigation.executing import executions_of
from litigation.following import take_effect_by_night
from litigation.instances import defendants_of, running_instance
from litigation.models import Instance, LitigationCase, Ruling, Standing
from litigation.obligations import owed

BASIC, INTERMEDIATE, HIGH = "达拉特旗人民法院", "鄂尔多斯市中级人民法院", "内蒙古自治区高级人民法院"
COURTS = {"0621": BASIC, "06": INTERMEDIATE, "": HIGH}
ABOVE = {"0621": "06", "06": ""}


class Walker:
    """Walks one story. The names of the steps are those of its `steps`; each gap is in working days."""

    def __init__(
        self, story: Story, number: int, office: Mapping[str, Any], today: date, key: str, chance: random.Random
    ) -> None:
        self.story, self.number, self.office, self.today, self.key = story, number, office, today, key
        self.chance = chance
        self.first_court = "06" if story.at_intermediate else "0621"  # Litigation Law, art. 15(1)
        calendar = current_calendar()
        self.day = calendar.add_working_days(today, -story.received) if story.received else today
        if not calendar.is_working(self.day):
            self.day = calendar.add_working_days(self.day, -1)
        self.pk = 0

    def walk(self) -> Iterator[date]:
        """Yields the day of the next step, and does it when taken up again."""
        yield self.day
        self.register()
        for gap, name, told in self.story.steps:
            if gap:
                self.day = current_calendar().add_working_days(self.day, gap)
                yield self.day
            getattr(self, name)(**told)
            if name == "pass_night" and self.case.state == "JUDGED":
                return  # the effect leans on holidays not published yet: the story waits

    # acting

    @property
    def case(self) -> LitigationCase:
        return LitigationCase.objects.get(pk=self.pk)

    def act(self, name: str, /, by: str = "liaison", **data: Any) -> None:
        """A step of the suit by the holder of a role, dated on the walker's day unless it says otherwise."""
        perform(f"litigation.{name}", self.case, {"on": self.day} | data, self.office[by], self.day)

    def later(self, days: int) -> date:
        return current_calendar().add_working_days(self.day, days)

    def standings(self) -> list[Standing]:
        return defendants_of(running_instance(self.case))

    def standing(self, name: str) -> Standing:
        return next(one for one in self.standings() if name in one.participation.name)

    def part(self, role: str) -> Participation:
        return Participation.objects.filter(case_id=self.pk, role=role).order_by("order", "pk").first()

    def ruling(self) -> Ruling:
        return Ruling.objects.filter(in_instance__case_id=self.pk).latest("pk")

    def court_number(self, kind: str, court: str = "0621") -> str:
        """（2026）内0621行初12号: the walker's own serial, or the next that no other seed's suit has."""
        serial = 31 + self.number * 7 % 290
        while Instance.objects.filter(
            court_key=key_of(written := f"（{self.day.year}）内{court}{kind}{serial}号")
        ).exists():
            serial += 1
        return written

    # registering

    def register(self) -> None:
        """With all that the court's papers say, on the day the first agency received them."""
        story, court = self.story, self.first_court
        filed = current_calendar().add_working_days(self.day, -3)
        sued = current_calendar().add_working_days(filed, -4)
        acted = current_calendar().add_working_days(filed, -48)
        agencies = [self._agency(name, place) for place, name in enumerate(story.agencies)]
        sent = {
            "court": COURTS[court],
            "court_number": self.court_number("行初", court),
            "sued_on": sued,
            "filed_on": filed,
            "act_title": story.act,
            "act_number": story.act_number.format(year=acted.year),
            "acted_on": "" if story.matter == "omission" else acted,
            "matter": story.matter,
            "claims": story.claims,
            "cause": story.cause,
            "amount_yuan": story.amount,
            "after_reconsideration": story.after,
            "reconsideration_number": story.reconsideration_number.format(year=sued.year),
            "people": [plaintiff(name) for name in story.plaintiffs],
            "agencies": agencies,
            "same_checked": "on",
        }
        self.pk = perform("litigation.register", None, sent, self.office["liaison"], self.day, key=self.key).pk

    def _agency(self, name: str, place: int) -> dict[str, Any]:
        known = Party.objects.get(name=name, kind=Party.Kind.AGENCY)
        row = {"known_party": known.pk, "received_on": self.day}
        if place and self.story.after:
            row |= {"role": "co_defendant", "deed": "reconsidered"}
        return row

    # intake

    def assign(self) -> None:
        self.act("assign", responsible=self.standings()[0].participation.party_id)

    def answer(self) -> None:
        """Every agency answers with its evidence."""
        for standing in self.standings():
            self.act("answer", party=standing.participation.party_id, has_evidence=True)

    def change_act(self, text: str) -> None:
        self.act("change_act", party=self.standings()[0].participation.party_id, text=text)

    def void(self, reason: str) -> None:
        perform("litigation.void", self.case, {"reason": reason}, self.office["liaison"], self.day)

    # sessions

    def plan(self, days: int, calls_head: bool = False, at: time = time(9, 0), room: str = "第三审判庭") -> None:
        called = [one.pk for one in self.standings()] if calls_head else []
        notice = {"head_notice_on": self.day} if called else {}
        self.act("plan_session", kind="session", planned_on=self.later(days), starts=at, place=room, called=called,
                 **notice)  # fmt: skip

    def head(self, name: str, post: str, category: str = "deputy", of: str = "", certificate: bool = True) -> None:
        """Somebody is named, and the certificate goes to the court."""
        session = open_sessions(self.case).first()
        standing = self.standing(of)
        told = {"session": session.pk, "standing": standing.pk}
        self.act("name_head", head_name=name, head_post=post, head_category=category, **told)
        if certificate:
            self.act("file_certificate", **told)

    def excuse(self, reason: str, of: str = "", ground: str = "duty", has_papers: bool = True) -> None:
        session = open_sessions(self.case).first()
        told = {"session": session.pk, "standing": self.standing(of).pk}
        self.act("explain_absence", ground=ground, reason=reason, has_papers=has_papers, **told)

    def hold(self, report: str, staff: str = "", lawyers: str = "") -> None:
        """The session takes place today: heads that were named came and spoke."""
        session = open_sessions(self.case).first()
        told: dict[str, Any] = {}
        for row in session.appearances.select_related("standing"):
            came = bool(row.head_name)
            values = {
                "head_came": came, "head_name": row.head_name, "head_post": row.head_post, "spoke": came,
                "head_category": row.head_category, "certificate_on": row.certificate_on or "",
                "court_calls_head": row.court_calls_head, "staff": staff, "lawyers": lawyers,
            }  # fmt: skip
            told |= {f"{name}_{row.standing_id}": value for name, value in values.items() if value}
        self.act("record_session", session=session.pk, report=report, **told)

    def heard(self, heads: Mapping[str, Mapping[str, str]], staff: str, lawyers: str, left: bool) -> None:
        """A session that was not planned before, as a clerk enters it afterwards: who came, in one record."""
        told: dict[str, Any] = {}
        for one in self.standings():
            head = heads.get(one.participation.name)
            came = {
                "head_came": True, "head_name": head["name"], "head_post": head["post"], "spoke": True,
                "head_category": head["category"], "certificate_on": self.day, "left_early": left,
            } if head else {}  # fmt: skip
            values = {**came, "staff": staff, "lawyers": lawyers}
            told |= {f"{name}_{one.pk}": value for name, value in values.items() if value}
        self.act("record_session", kind="session", report=HEARD, **told)

    # settling

    def negotiate(self, offer: str) -> None:
        self.act("begin_settlement", negotiators="分管负责人及法制机构", mandate="局长办公会授权", offer=offer)

    def agree(self, terms: str) -> None:
        self.act("end_settlement", result="agreed", terms=terms)

    def mediate(self, text: str) -> None:
        """The court's mediation document."""
        self.act("record_ruling", kind="mediation", text=text)

    # the court's papers

    def judge(self, outcome: str, text: str = "", fee: str = "") -> None:
        self.act("record_ruling", kind="judgment", outcome=outcome, text=text, court_fee_yuan=fee)

    def rule(self, matter: str, outcome: str = "", text: str = "") -> None:
        self.act("record_ruling", kind="ruling", matter=matter, outcome=outcome, text=text)

    def serve(self, *, only_agencies: bool = False) -> None:
        """On everybody, or only on the agencies."""
        parts = Participation.objects.filter(case_id=self.pk, role__in=("applicant", "respondent", "third_party"))
        days = {
            f"on_{part.pk}": self.day
            for part in parts.select_related("party")
            if not only_agencies or part.party.kind == Party.Kind.AGENCY
        }
        told = {"ruling": self.ruling().pk, **days}
        perform("litigation.record_service", self.case, told, self.office["liaison"], self.day)

    def pass_night(self) -> None:
        """What the night's work finds effective by now."""
        take_effect_by_night(self.day)

    def consider(self, will_appeal: bool, reason: str) -> None:
        party = self.standings()[0].participation.party_id
        self.act("consider_appeal", party=party, will_appeal="yes" if will_appeal else "no", reason=reason)

    def analyse(self, reasons: tuple[str, ...], article: str, flaw: str, lesson: str) -> None:
        self.act("analyse_loss", reasons=list(reasons), article=article, flaw=flaw, lesson=lesson)

    def appeal(self, role: str = "applicant") -> None:
        self.act("record_appeal", ruling=self.ruling().pk, party=self.part(role).party_id)

    def second(self) -> None:
        """The court above has filed the appeal."""
        self._open("行终", ABOVE[self.first_court])

    def again(self) -> None:
        """After the remand."""
        self._open("行初", self.first_court)

    def _open(self, kind: str, court: str) -> None:
        self.act("open_instance", court_number=self.court_number(kind, court), court=COURTS[court])

    def answer_appeal(self) -> None:
        for standing in self.standings():
            self.act("appeal_copy", party=standing.participation.party_id)
            self.act("answer_appeal", party=standing.participation.party_id)

    # performance

    def owe(self, kind: str, text: str, amount: str = "", days: int = 30) -> None:
        row = {
            "debtor": self.part("respondent").pk, "creditor": self.part("applicant").pk, "kind": kind, "text": text,
            "amount_yuan": amount, "term_length": days, "term_unit": "days",
        }  # fmt: skip
        told = {"ruling": self.ruling().pk, "obligations": [row]}
        perform("litigation.open_performance", self.case, told, self.office["liaison"], self.day)

    def pay(self, amount: str = "", proof: str = "财政支付凭证") -> None:
        self.act("record_performance", obligation=owed(self.case)[0].pk, amount_yuan=amount, proof=proof)

    def nothing(self) -> None:
        self.act("nothing_to_perform")

    def execute(self) -> None:
        """The creditor applied, and the court filed the execution."""
        told = {"obligations": [one.pk for one in owed(self.case)], "applicant": self.part("applicant").pk}
        self.act("open_execution", court=BASIC, court_number=self.court_number("执"), **told)

    def step(self, kind: str, text: str = "", amount: str = "") -> None:
        execution = executions_of(self.case)[-1].pk
        self.act("execution_step", execution=execution, kind=kind, text=text, amount_yuan=amount)


__all__ = ["Walker"]
