"""A reconsideration office whose people draft, sign, issue and serve papers through actions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

from pypdf import PdfReader

from casemgr.actions.perform import perform
from casemgr.cases.models import Case, Participation
from casemgr.documents.models import Document
from casemgr.documents.services import issue_through
from casemgr.parties.models import Party
from reconsideration.models import ReconsiderationCase
from tests.support.register import pass_all_tests, person, received_case

_serial = count(1)
APPLICANT_NUMBER = "15062119900307002X"
RECEIVED, ACCEPTED, COPY, REPLY, HEARD, DECIDED = (
    date(2026, 9, 1),
    date(2026, 9, 4),
    date(2026, 9, 8),
    date(2026, 9, 16),
    date(2026, 9, 22),
    date(2026, 10, 20),
)
DECISION = {
    "outcome": "annulled",
    "grounds": ["64-1", "64-2"],
    "reply_summary": "处罚决定认定事实清楚，程序合法，请求予以维持",
    "facts_found": "2026年7月16日，被申请人作出《行政处罚决定书》\n被申请人没有告知申请人陈述和申辩的权利",
    "evidence": "《行政处罚决定书》及送达回证\n询问笔录2份",
    "reasoning": "被申请人没有听取申请人的陈述和申辩，违反《中华人民共和国行政处罚法》第四十四条、第六十二条的规定",
    "redo_is_ordered": True,
    "redo_term_days": 30,
}
REFUSAL = {
    "ground": "4",
    "reasons": "申请人于2026年3月1日收到处罚决定书，至2026年9月1日才提出申请，超过六十日的申请期限",
}
CORRECTION = {"items": "1. 申请人的身份证明\n2. 行政处罚决定书复印件"}
RECEIPT = {"materials": "行政复议申请书，2份\n行政处罚决定书复印件，1份"}


@dataclass
class Office:
    """Officer, head of the office, head of the authority, archive keeper, and somebody from elsewhere."""

    officer: Any
    head: Any
    authority: Any
    archive: Any
    stranger: Any

    def paper(self, case: Case, kind: str, today: date, data: dict | None = None) -> Document:
        """Through all steps up to the issue."""
        return issue_through(
            case, kind, today, officer=self.officer, head=self.head, authority=self.authority, data=data
        )

    def serve(self, document: Document, today: date, role: str | None = None, **data: Any) -> Document:
        """In person on every recipient (of the role)."""
        for part in document.kind_info.recipients(document.case):
            if role in (None, part.role):
                given = {"participation": part.pk, "method": "in_person", "served_on": today.isoformat(), **data}
                document = perform("document.serve", document, given, self.officer, today)
        return document


def an_office() -> Office:
    serial = next(_serial)
    return Office(
        officer=person(f"officer{serial}", "officer", full_name="李志强"),
        head=person(f"head{serial}", "head", full_name="苏日娜"),
        authority=person(f"authority{serial}", "authority", at="150621", full_name="白建国"),
        archive=person(f"archive{serial}", "archive", full_name="乌云"),
        stranger=person(f"stranger{serial}", "officer", at="150621-GAJ", full_name="外人"),
    )


def an_applicant() -> Party:
    party = Party(
        kind=Party.Kind.PERSON,
        name="阿拉腾乌拉·其其格",
        sex="F",
        ethnicity="蒙古族",
        birth_on=date(1990, 3, 7),
        address="达拉特旗树林召镇锡尼街12号",
    )
    if not Party.objects.filter(masked_number__startswith="1506", name=party.name).exists():
        party.set_number("RID", APPLICANT_NUMBER)
    party.save()
    return party


def a_case(office: Office, *, received_on: date = RECEIVED, today: date | None = None) -> ReconsiderationCase:
    """Received, with act, requests and reasons as the register keeps them."""
    agency, _made = Party.objects.get_or_create(kind=Party.Kind.AGENCY, name="达拉特旗公安局")
    agency.address = "达拉特旗树林召镇西园路"
    agency.legal_representative, agency.representative_post = "王建军", "局长"
    agency.save()
    case = received_case(received_on, today or received_on, handler=office.officer, by=an_applicant(), against=agency)
    case.act.title, case.act.acted_on = "行政处罚决定书", date(2026, 7, 16)
    case.act.save()
    facts = case.facts
    facts.requests = "撤销被申请人作出的行政处罚决定"
    facts.reasons = "处罚决定认定事实不清\n程序违法"
    facts.matter = "penalty"
    facts.save()
    return fresh(case)


def fresh(case: Case) -> ReconsiderationCase:
    return ReconsiderationCase.objects.get(pk=case.pk)


def accepted(office: Office, case: Case, on: date = ACCEPTED, track: str = "ordinary", ground: str = "") -> Case:
    pass_all_tests(case)
    data = {"on": on.isoformat(), "track": track, "simplified_ground": ground}
    perform("reconsideration.accept", fresh(case), data, office.head, on)
    case.further_handlers.add(office.head)
    return fresh(case)


def under_review(office: Office) -> Case:
    """Accepted, copy served, reply in, opinion heard: a decision can be drafted."""
    case = accepted(office, a_case(office))
    notice = office.paper(case, "reply_notice", COPY)
    office.serve(notice, COPY)
    respondent = part_of(case, "respondent").party_id
    perform("reconsideration.reply_received", fresh(case), {"party": respondent, "on": REPLY}, office.officer, REPLY)
    hear(office, case)
    return fresh(case)


def hear(office: Office, case: Case) -> None:
    party = part_of(case, "applicant").party_id
    data = {"party": party, "on": HEARD, "channel": "phone", "content": "坚持复议请求"}
    perform("reconsideration.hear_opinion", fresh(case), data, office.officer, HEARD)


def part_of(case: Case, role: str) -> Participation:
    return case.participations.get(role=role)


def pdf_text(content: bytes) -> str:
    """The searchable text of a PDF without its line breaks and page numbers."""
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return re.sub(r"—\d+—", "", "".join(text.split()))
