#!/usr/bin/env python3
"""One reconsideration case from the counter to the archive, through the JSON API. Python 3.11, nothing to install.

    python docs/examples/api_client.py http://127.0.0.1:8000            # register, try, decide and serve a case
    python docs/examples/api_client.py http://127.0.0.1:8000 CASE_ID    # later, when no period runs: archive it

Four people do their parts, with the log-ins of `make run` (PASSWORD=… changes the password). GET on an action's address
gives the JSON schema of what it takes; `available_actions` says what a person may do now, or which article forbids it.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from datetime import date, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

ROLES = ("officer", "head", "authority", "archive")
PAPER_STEPS = ("document.submit", "document.review", "document.sign", "document.issue")


class Refused(Exception):
    """The API said no; `problem` is its problem+json (RFC 9457)."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem['status']} {problem['detail']} {problem.get('article', '')}".strip())
        self.problem = problem


class Person:
    """One logged-in user. Every step carries a key of its own: sent again after a broken line, it happens once."""

    def __init__(self, server: str, username: str, password: str) -> None:
        self.base, self.token = f"{server.rstrip('/')}/api/v1", ""
        self.token = self.post("/token", {"username": username, "password": password})["token"]

    def get(self, path: str) -> Any:
        return self._send("GET", path)

    def post(self, path: str, entries: dict[str, Any] | None = None) -> Any:
        return self._send("POST", path, entries or {})

    def act(self, record: str, action: str, **entries: Any) -> Any:
        """Perform an action on `cases/17`, `documents/5`, …: answers with the record as it is then."""
        return self.post(f"/{record}/actions/{action}", entries)

    def asks(self, record: str, action: str) -> dict[str, Any]:
        """The entries of an action, as JSON schema."""
        return self.get(f"/{record}/actions/{action}")["schema"]["properties"]

    def may(self, record: str, action: str) -> bool:
        return any(offer["name"] == action for offer in self.get(f"/{record}")["available_actions"])

    def _send(self, method: str, path: str, entries: dict[str, Any] | None = None) -> Any:
        headers = {"Accept-Language": "zh-hans", "Content-Type": "application/json"}
        if self.token:
            headers |= {"Authorization": f"Bearer {self.token}", "Idempotency-Key": uuid.uuid4().hex}
        body = None if entries is None else json.dumps(entries).encode()
        try:
            with urlopen(Request(self.base + path, body, headers, method=method), timeout=60) as answer:
                return json.loads(answer.read() or "null")
        except HTTPError as error:
            raise Refused(json.loads(error.read())) from None


class Office:
    """The people, and one case in their hands on one day."""

    def __init__(self, server: str, people: dict[str, tuple[str, str]], today: date) -> None:
        self.people = {role: Person(server, *people[role]) for role in ROLES}
        self.today = today.isoformat()
        self.case = ""

    def step(self, role: str, name: str, **entries: Any) -> dict[str, Any]:
        """A step of the case; most are dated with the day on which they happened."""
        found = self.people[role].act(self.case, name, **entries)
        print(f"{role:9} {name:35} → {found['state']}")
        return found

    def party(self, role: str) -> dict[str, Any]:
        return next(one for one in self.people["officer"].get(f"/{self.case}")["parties"] if one["role"] == role)

    def register(self, act_number: str, applicant: dict[str, Any]) -> None:
        """The application at the counter. The register knows the agency; the applicant is entered."""
        officer = self.people["officer"]
        agency = officer.get(f"/parties?q={quote('达拉特旗市场监督管理局')}")["items"][0]
        day = date.fromisoformat(self.today)
        acted, known = (day - timedelta(days=30)).isoformat(), (day - timedelta(days=28)).isoformat()
        case = officer.post(
            "/reconsideration/cases",
            {
                "act_title": "行政处罚决定书",
                "act_number": act_number,
                "acted_on": acted,
                "known_on": known,
                "known_ground": "signed",
                "was_told_remedies": True,
                "matter": "penalty",
                "application_method": "in_person",
                "received_on": self.today,
                "requests": "撤销该行政处罚决定。",
                "reasons": "作出处罚前没有听取陈述和申辩。",
                "people": [applicant],
                "respondents": [{"known_party": agency["id"]}],
            },
        )
        self.case = f"cases/{case['id']}"
        print(f"officer   registered {case['number']}")
        for deadline in case["deadlines"]:
            print(f"          due {deadline['due']} {deadline['rule']} {deadline['citation']}")

    def paper(self, kind: str, **wording: Any) -> str:
        """Draft, review, sign and issue: each step by whoever is offered it. A receipt needs no signature."""
        officer = self.people["officer"]
        known = {paper["id"] for paper in officer.get(f"/{self.case}")["documents"]}
        drafted = officer.act(self.case, "document.draft", kind=kind, **wording)
        paper = next(f"documents/{one['id']}" for one in drafted["documents"] if one["id"] not in known)
        for step in PAPER_STEPS:
            by = next((role for role in ROLES if self.people[role].may(paper, step)), None)
            if by is not None:
                print(f"{by:9} {step:35} → {self.people[by].act(paper, step)['state']} ({kind})")
        return paper

    def serve(self, paper: str) -> None:
        """Hand the paper to everybody whom it must reach; the action's schema lists them."""
        officer, case = self.people["officer"], self.people["officer"].get(f"/{self.case}")
        agencies = {one["participation"] for one in case["parties"] if one["role"] == "respondent"}
        for choice in officer.asks(paper, "document.serve")["participation"]["oneOf"]:
            entries = {"participation": choice["const"], "method": "in_person", "served_on": self.today}
            if choice["const"] in agencies:
                entries |= {"receiver_name": "文书收发室", "relation": "收发室工作人员"}
            officer.act(paper, "document.serve", **entries)
            print(f"officer   served on {choice['title']}")

    def follow(self) -> None:
        """Acceptance, trial and decision."""
        self.serve(self.paper("receipt", materials="行政复议申请书，2份\n行政处罚决定书复印件，1份"))
        tests = self.people["officer"].asks(self.case, "reconsideration.examine")
        self.step("officer", "reconsideration.examine", **{name: "yes" for name in tests if name.startswith("test_")})
        self.step("head", "reconsideration.accept", on=self.today, track="ordinary")
        second = self.people["head"].asks(self.case, "cases.add_handler")["handler"]["oneOf"][0]["const"]
        self.step("head", "cases.add_handler", handler=second)  # two try a case
        self.serve(self.paper("acceptance_notice"))
        self.serve(self.paper("reply_notice"))
        respondent, applicant = self.party("respondent")["id"], self.party("applicant")["id"]
        self.step("officer", "reconsideration.reply_received", on=self.today, party=respondent, evidence_count=7)
        heard = {
            "party": applicant,
            "channel": "in_person",
            "content": "坚持申请，没有补充。",
            "wants_mediation": False,
        }
        self.step("officer", "reconsideration.hear_opinion", on=self.today, **heard)
        decision = self.paper(
            "decision",
            outcome="annulled",
            grounds=["64-2"],
            reply_summary="处罚决定认定事实清楚，程序合法，请求维持",
            facts_found="被申请人作出处罚决定前没有告知申请人陈述和申辩的权利",
            evidence="行政处罚决定书及送达回证",
            reasoning="被申请人违反《中华人民共和国行政处罚法》第四十四条的规定",
            approval="head",
        )
        self.serve(decision)

    def archive(self) -> None:
        """When every period has run out and the volumes are frozen (page “Volumes”); before that the answer is 409 with
        the reason."""
        for paper in self.people["officer"].get(f"/{self.case}")["documents"]:
            if paper["state"] != "FILED" and self.people["officer"].may(f"documents/{paper['id']}", "document.file"):
                self.people["officer"].act(f"documents/{paper['id']}", "document.file")
        number = f"达复档{self.today[:4]}-{self.case.partition('/')[2]}"
        self.step("archive", "reconsideration.archive", on=self.today, archive_number=number)


def main(server: str, case: str = "") -> None:
    password = os.environ.get("PASSWORD", "dalad-demo")
    office = Office(server, {role: (role, password) for role in ROLES}, date.today())
    if case:
        office.case = f"cases/{case}"
        office.archive()
        return
    serial = uuid.uuid4().int % 100_000
    office.register(f"达市监处罚字〔{office.today[:4]}〕{serial}号", {"name": f"示例{serial}", "identity_kind": "NONE",
                    "identity_note": "示例", "is_another": True})  # fmt: skip
    office.follow()
    print(f"later: {sys.argv[0]} {server} {office.case.partition('/')[2]}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Refused as refusal:
        sys.exit(str(refusal))
