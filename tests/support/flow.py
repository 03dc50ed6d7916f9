"""Whole cases for tests, walked by the demo's clerk: every step is an action on a day the test names."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest

from casemgr.actions.errors import ActionError
from casemgr.parties.models import Party
from reconsideration.demo.clerk import Clerk
from reconsideration.demo.people import resident_number
from tests.support.register import person

_serial = count(1)
DECISION: dict[str, Any] = {
    "outcome": "annulled",
    "grounds": ["64-2"],
    "facts_found": "被申请人作出处罚决定前没有告知申请人陈述和申辩的权利",
    "evidence": "行政处罚决定书及送达回证",
    "reasoning": "被申请人违反《中华人民共和国行政处罚法》第四十四条的规定",
    "approval": "head",
}
REPLY = {"reply_summary": "处罚决定认定事实清楚，程序合法，请求维持"}


def office() -> dict[str, Any]:
    """A person for each role that a case needs."""
    serial = next(_serial)
    return {
        "officer": person(f"flow-officer{serial}", "officer", full_name="李志强"),
        "head": person(f"flow-head{serial}", "head", full_name="陈海龙"),
        "authority": person(f"flow-authority{serial}", "authority", at="150621", full_name="高秀兰"),
        "archive": person(f"flow-archive{serial}", "archive", full_name="王桂花"),
    }


def application(received_on: date, serial: int | None = None, **changes: Any) -> dict[str, Any]:
    """A complete application of somebody new against a new act."""
    serial = serial or next(_serial)
    return {
        "act_title": "行政处罚决定书",
        "act_number": f"达市监处罚字〔{received_on.year}〕{serial}号",
        "acted_on": date.fromordinal(received_on.toordinal() - 30),
        "known_on": date.fromordinal(received_on.toordinal() - 28),
        "known_ground": "signed",
        "was_told_remedies": "true",
        "matter": "penalty",
        "application_method": "in_person",
        "received_on": received_on,
        "requests": "撤销该行政处罚决定。",
        "reasons": "作出处罚前没有听取陈述和申辩。",
        "people": [
            {
                "name": f"申请人{_letters(serial)}",
                "identity_number": resident_number(serial, date.fromordinal(721_000 + serial), "M"),
                "phone": f"1380000{serial % 10_000:04d}",
                "is_another": "on",
            }
        ],
        "respondents": [{"known_party": Party.objects.get(name="达拉特旗市场监督管理局").pk}],
        **changes,
    }


def _letters(serial: int) -> str:
    """Names that no comparison takes for each other."""
    signs = "甲乙丙丁戊己庚辛壬癸"
    return "".join(signs[int(digit)] for digit in str(serial))


class Flow(Clerk):
    """A clerk whose day is set step by step: `flow.on(date(…)).examine()`."""

    def on(self, day: date) -> Flow:
        self.day = day
        return self

    @property
    def state(self) -> str:
        return self.case.state

    @property
    def applicant(self) -> Party:
        return self.parties("applicant")[0]

    @property
    def respondent(self) -> Party:
        return self.parties("respondent")[0]

    def serve_on(self, document: Any, role: str) -> None:
        """In person on those of one role."""
        document = type(document).objects.get(pk=document.pk)
        for part in self.case.participations.filter(role=role):
            self.act("officer", "document.serve", document, **self._service(document, part, False, False))

    def accept(self, track: str = "ordinary", ground: str = "") -> None:
        self.examine()
        self.step("head", "accept", track=track, simplified_ground=ground)
        self.assign_second()

    def reply(self) -> None:
        self.step("officer", "reply_received", party=self.respondent.pk)

    def hear(self) -> None:
        for party in self.parties("applicant"):
            self.step("officer", "hear_opinion", party=party.pk, channel="phone", content="坚持复议请求")

    def signed_decision(self, **data: Any) -> Any:
        """Drafted, examined and signed, not yet issued."""
        entries = {**DECISION, **(REPLY if self.case.events.filter(kind="reply_received").exists() else {}), **data}
        return self.sign(self.review(self.submit(self.draft("decision", **entries))))

    def archive(self) -> None:
        number = f"达复档{self.case.number_sequence}"
        self.put_together(number=number)
        self.step("archive", "archive", archive_number=number)

    def status(self, rule: str, party: Party | None = None) -> tuple[date | None, str]:
        """Due day and status of the case's deadline of the rule."""
        rows = self.case.deadlines.filter(rule=rule, **({"party": party} if party else {}))
        row = rows.get()
        return row.due_on, row.status


def received(day: date, **changes: Any) -> Flow:
    """An application registered on the day it came in."""
    flow = Flow(office(), day)
    flow.register(application(day, **changes), key=f"flow-{next(_serial)}")
    return flow


def refusals(step, *args: Any, **data: Any) -> set[tuple[str, str]]:
    """(code, article) of every reason why the step is refused."""
    with pytest.raises(ActionError) as caught:
        step(*args, **data)
    return {(refusal.code, str(refusal.article)) for refusal in caught.value.refusals}
