"""The way of one dispute through the committee, step by step, each an action on its day."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casemgr.actions.perform import perform
from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Participation
from casemgr.documents.volumes.actions.preparing import lack_fields
from casemgr.documents.volumes.completeness import lacks
from casemgr.documents.volumes.contents import contents
from casemgr.documents.volumes.preparing import keep_volumes
from mediation.agreements.standing import in_effect, obligations_of
from mediation.course.people import parties_of, present_of
from mediation.demo import screening
from mediation.demo.people import entry, is_firm
from mediation.demo.places import body
from mediation.demo.stories import Story
from mediation.models import MediationCase, Risk

COURT = "达拉特旗人民法院"
PAGES = {"application": 2, "rights": 1, "identity": 2, "records": 3, "agreement": 2, "performance": 1, "closing": 1}
"""Of what the demo committee keeps on paper."""


class Walker:
    """Walks one story. The names of the steps are those of its `steps`; each gap is in working days."""

    def __init__(
        self, story: Story, number: int, office: Mapping[str, Any], today: date, key: str, chance: random.Random
    ) -> None:
        self.story, self.number, self.office, self.today, self.key = story, number, office, today, key
        self.chance = chance
        self.day = self._working(current_calendar().add_working_days(today, -story.registered))
        self.case: MediationCase = None

    @staticmethod
    def _working(day: date) -> date:
        calendar = current_calendar()
        return day if calendar.is_working(day) else calendar.add_working_days(day, -1)

    def walk(self) -> Iterator[date]:
        """Yields the day of the next step, and does it when taken up again."""
        yield self.day
        self.register()
        for gap, name, told in self.story.steps:
            if gap:
                self.day = current_calendar().add_working_days(self.day, gap)
                yield self.day
            getattr(self, name)(**told)

    # acting

    def act(self, role: str, name: str, /, **data: Any) -> None:
        """A step of the case by the holder of a role, dated on the walker's day unless it says otherwise."""
        perform(f"mediation.{name}", self.case, {"on": self.day} | data, self.office[role], self.day)
        self.case = MediationCase.objects.get(pk=self.case.pk)

    def part(self, role: str) -> Participation:
        return self.case.participations.filter(role=role).order_by("order", "pk").first()

    # registering

    def register(self) -> None:
        created = perform("mediation.register", None, self.entries(), self.office["mediator"], self.day, key=self.key)
        self.case = MediationCase.objects.get(pk=created.pk)

    def entries(self) -> dict[str, Any]:
        """The registration form, filled in."""
        story, sent = self.story, {}
        if story.sub_source == "court_delegated":
            sent["papers_received_on"] = self.day
        return {
            "people": [self._person(story.applicant, "applicant", 1), self._person(story.respondent, "respondent", 2)],
            "dispute_type": story.kind,
            "place": story.place if story.place.startswith("达拉特旗") else f"达拉特旗{story.place}",
            "summary": story.summary,
            "claims": story.claims,
            "sub_source": story.sub_source,
            "found_how": "入户走访时发现" if story.sub_source in ("patrol", "grid", "mediator", "campaign") else "",
            "amount_yuan": story.amount,
            "number_of_people": story.people or "",
            "unit": body(story.at, story.place).pk,
            "registered_on": self.day,
            "requested_on": self.day,
            "requested_time": "09:30",
            "same_checked": "on",
            "accept_now": "on" if story.at_once else "",
            "lead": self._lead() if story.from_lead else "",
            **sent,
            **story.entries,
        }

    def _lead(self) -> int:
        """The round of the campaign on which it came to light, and its lead."""
        unit = body(self.story.at, self.story.place)
        found = screening.patrol(self.office, unit, self.story.place, self.day, self.story.summary)
        kind, between = self.story.kind, f"{self.story.applicant}、{self.story.respondent}"
        return screening.lead(self.office, found, self.story.summary, dispute_type=kind, names=between).pk

    def _person(self, name: str, role: str, place: int) -> dict[str, Any]:
        serial = self.number * 10 + place + 200
        sex = "F" if name[-1] in "英梅燕莲霞枝林仙云女娃娜格" else "M"
        row = entry(name, role, serial, sex, f"达拉特旗{self.story.place}")
        return row | {"consent": "agreed", "consent_on": self.day}

    # intake

    def examine(self, exclusions: tuple[str, ...] = (), note: str = "") -> None:
        self.act("mediator", "examine", met=["civil", "parties", "claim"], exclusions=list(exclusions), note=note)

    def accept(self) -> None:
        self.act("mediator", "accept")

    def refuse(self, ground: str, routes: tuple[str, ...]) -> None:
        told = {"explanation": self.story.summary, "advice": list(routes), "told_how": "oral"}
        self.act("committee", "refuse", ground=ground, **told)

    def void(self, reason: str) -> None:
        self.act("town", "void", reason=reason)

    def hand_up(self) -> None:
        """From the village to the town's committee, which has still to sign for it."""
        told = {"reason": "村里两次调解未成，请镇调委会调解。", "how": "当面", "papers": "登记表1份（原件）"}
        agreeing = [part.pk for part in parties_of(self.case)]
        self.act("committee", "hand_on", to_unit=body("town", "").pk, agreeing=agreeing, **told)

    # mediation

    def begin(self) -> None:
        told = [part.pk for part in parties_of(self.case)]
        lead = self.office["mediator"].pk
        self.act("mediator", "begin", lead=lead, chosen="parties", has_relation="no", told=told, how="paper")

    def session(self, said: str, result: str = "adjourned") -> None:
        came = [part.pk for part in present_of(self.case)]
        told = {"starts": "09:00", "ends": "10:40", "attended": came, "statements": said, "result": result}
        self.act("mediator", "record_session", signed_how="signature", recorder="乌云其木格", **told)

    def pause(self) -> None:
        self.act("mediator", "pause", ground="appraisal", cause="双方共同委托旗农业技术推广站测产，出具委托书。")

    def risk(self) -> None:
        noticed = {"at": "15:20", "kind": "suicide", "people": 1, "description": "其木格在电话中说不想活了。"}
        self.act("mediator", "notice_risk", measures="通知其姐陪护，当晚入户劝解。", **noticed)
        report = {"at": "16:05", "risk": Risk.objects.get(case=self.case).pk, "to_whom": "树林召镇司法所、派出所"}
        self.act("mediator", "report_risk", channel="phone", content="当事人有轻生言语，已安排人员陪护。", **report)

    # agreeing

    def agree(self, content: str, pays: tuple[str, str, int] | None = None, instalments: int = 1) -> None:
        """Written, signed by both sides and the mediator, and sealed on one day."""
        rows = [self._obligation(*pays, instalments)] if pays else []
        text = {"facts": self.story.summary, "content": content, "breach": "逾期履行的，对方可以向人民法院起诉。"}
        self.act("mediator", "write_agreement", obligations=rows, payment_way="现金，出具收条", **text)
        for role in ("applicant", "respondent"):
            part = self.part(role)
            is_seal = is_firm(part.name)
            signed = (
                {"kind": "seal", "signed_by": part.party.legal_representative} if is_seal else {"kind": "signature"}
            )
            self.act("mediator", "sign_agreement", part=part.pk, **signed)
        self.act("mediator", "mediator_signs", name=self.office["mediator"].full_name)
        self.act("committee", "seal_agreement")

    def _obligation(self, amount: str, subject: str, due: int, instalments: int) -> dict[str, Any]:
        debtor, creditor = self.part("respondent"), self.part("applicant")
        if self.story.kind == "14":  # the firm asks, the owner pays
            debtor, creditor = sorted((debtor, creditor), key=lambda part: is_firm(part.name))
        row = {"debtor": debtor.pk, "creditor": creditor.pk, "kind": "pay", "subject": subject, "amount_yuan": amount}
        if not due:
            return row | {"done": "on"}
        due_on = current_calendar().add_working_days(self.day, due)
        return row | {"due_on": due_on, "instalments": instalments}

    def agree_orally(self, content: str) -> None:
        if self.case.state == "ACCEPTED":
            self.begin()
        self.act("mediator", "agree_orally", content=content, no_document_wanted="on")

    # afterwards

    def pay(self) -> None:
        """The first that is owed, in full."""
        owed = next(one for one in obligations_of(in_effect(self.case)) if one.done_on is None)
        self.act("mediator", "record_performance", obligation=owed.pk, proof="收条")

    def breach(self) -> None:
        owed = next(one for one in obligations_of(in_effect(self.case)) if one.done_on is None)
        self.act("mediator", "record_breach", obligation=owed.pk, answer="persuaded")

    def visit(self) -> None:
        told = {"interviewee": self.story.applicant, "performance": "按协议履行，家庭和睦。", "visitor": "刘根喜"}
        self.act("mediator", "record_visit", satisfaction="satisfied", **told)

    def confirm(self, until: str) -> None:
        """To the court, and what it answered, on the same days as an office would hear of it."""
        pack = {"subject_matter": "obligations", "no_third_party": "on", "is_legible": "on", "court": COURT}
        self.act("mediator", "prepare_confirmation", court_ground="organisation", **pack)
        self.act("mediator", "file_confirmation", applied_by="jointly")
        if until == "filed":
            return
        number = f"（{self.day.year}）内0621诉前调确{self.number + 20}号"
        self.act("mediator", "confirmation_accepted", court_number=number)
        ruling = {"ruling_number": f"{number}之一", "received_on": self.day}
        if until == "valid":
            self.act("mediator", "confirmation_valid", **ruling)
        else:
            self.act("mediator", "confirmation_rejected", ground="358-5", reason="履行标的写得不明确。", **ruling)

    def new_round(self) -> None:
        self.act("mediator", "begin_new_round", ground="court", paper="裁定书")

    def close(self) -> None:
        self.act("mediator", "close")

    def explain(self) -> None:
        """Say where the papers lie that the office keeps on paper."""
        missing = lacks(self.case)
        pages = {lack_fields(lack.need.code)[0]: PAGES.get(lack.need.slot, 1) for lack in missing}
        perform("volumes.explain_lacks", self.case, pages, self.office["committee"], self.day)

    def archive(self) -> None:
        """The secretary says where the papers lie and freezes the volume; somebody who did not mediate reviews it."""
        self.explain()
        if contents(self.case):
            keep_volumes(self.case, self.office["committee"], self.day)
        self.case = MediationCase.objects.get(pk=self.case.pk)
        self.act("committee", "archive")

    # without agreement

    def fail(self, routes: tuple[str, ...]) -> None:
        told = {"routes": list(routes), "told_how": "orally"}
        self.act("mediator", "fail", ground="no_agreement", cause="双方对界线各执一词。", **told)

    def terminate(self, routes: tuple[str, ...]) -> None:
        told = {"routes": list(routes), "told_how": "orally"}
        self.act("mediator", "terminate", ground="refused", cause="一方明确表示不再调解。", **told)

    def return_papers(self) -> None:
        told = {"papers": "接处警记录复印件1份", "manner": "专人送回", "agreed_facts": ""}
        self.act("committee", "return_to_sender", **told)

    def withdraw(self) -> None:
        told = {"routes": ["court"], "told_how": "orally", "settled": "yes", "record_wanted": "no"}
        self.act("mediator", "withdraw", applicants=[self.part("applicant").pk], **told)
