"""The people of the office at work: every step of a demo case is an action, performed on its own day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.calendar.current import current_calendar
from casemgr.cases.models import Case, Deadline, Participation
from casemgr.documents.kinds import kind_of
from casemgr.documents.models import Document
from casemgr.documents.sealing.models import SealUse
from casemgr.documents.volumes.actions.preparing import lack_fields
from casemgr.documents.volumes.completeness import lacks
from casemgr.documents.volumes.contents import contents
from casemgr.documents.volumes.preparing import keep_volumes
from casemgr.parties.models import Party
from reconsideration.models import ACCEPTANCE_TESTS, ReconsiderationCase

Role = Participation.Role
PAPER_PAGES = {"application": 3, "identity": 2, "reply": 12, "records": 4, "performance": 2}
"""Of what the demo office keeps on paper."""


@dataclass(frozen=True)
class Days:
    """Working days around `today`."""

    today: date

    def back(self, count: int) -> date:
        """The day `count` working days before today; 0 is today, or the last working day before it."""
        return current_calendar().add_working_days(self.today, -count) if count else self.at_work(self.today)

    def ago(self, days: int) -> date:
        """The first working day on or after `days` calendar days ago."""
        return current_calendar().next_working_day(self.today - timedelta(days=days))

    @staticmethod
    def at_work(day: date) -> date:
        """The day itself, or the last working day before it."""
        calendar = current_calendar()
        return day if calendar.is_working(day) else calendar.add_working_days(day, -1)

    @staticmethod
    def after(day: date, count: int) -> date:
        return current_calendar().add_working_days(day, count)


class Clerk:
    """One case and what the office does with it."""

    def __init__(self, office: Mapping[str, Any], day: date) -> None:
        self.office, self.day = office, day
        self.case: ReconsiderationCase | None = None

    def act(self, role: str, action: str, subject: Any = None, **data: Any) -> Any:
        """Perform as the holder of a role on the clerk's day."""
        actor = system_actor if role == "system" else self.office[role]
        done = perform(action, subject, data, actor, self.day)
        if self.case is not None:
            self.case = ReconsiderationCase.objects.get(pk=self.case.pk)
        return done

    def step(self, role: str, name: str, **data: Any) -> Any:
        """A step of the case itself, dated on the day it is done unless `on` says otherwise."""
        return self.act(role, f"reconsideration.{name}", self.case, **{"on": self.day} | data)

    def register(self, entries: Mapping[str, Any], key: str) -> None:
        created = perform("reconsideration.register", None, entries, self.office["officer"], self.day, key=key)
        self.case = ReconsiderationCase.objects.get(pk=created.pk)

    def examine(self, failed: int = 0, note: str = "") -> None:
        answers: dict[str, str] = {}
        for test in ACCEPTANCE_TESTS:
            answers[f"test_{test.item}"] = "no" if test.item == failed else "yes"
            answers[f"note_{test.item}"] = note if test.item == failed else ""
        self.act("officer", "reconsideration.examine", self.case, **answers)

    def assign_second(self) -> None:
        """A second of the office joins: two try a case (Implementing Regulation 2026, art. 39; 2007, art. 32)."""
        role = "officer" if self.case.lead_handler == self.office["head"] else "head"
        self.act("head", "cases.add_handler", self.case, handler=self.office[role].pk)

    def parties(self, *roles: str) -> list[Party]:
        rows = self.case.participations.filter(role__in=roles).select_related("party")
        return [row.party for row in rows]

    def due(self, *rules: str) -> Deadline | None:
        return self.case.deadlines.filter(rule__in=rules).order_by("-due_on").first()

    # papers

    def draft(self, kind: str, **data: Any) -> Document:
        return self.act("officer", "document.draft", self.case, kind=kind, **data)

    def submit(self, document: Document) -> Document:
        return self.act("officer", "document.submit", document, opinion="拟同意发文，请审签。")

    def review(self, document: Document, opinion: str = "拟同意。") -> Document:
        """Examined where its kind asks for that; else it goes on to the signature as it is."""
        if not kind_of(self.case, document.kind).reviewer_roles:
            return document
        return self.act("head", "document.review", document, opinion=opinion)

    def sign(self, document: Document, opinion: str = "同意。") -> Document:
        role = next(role for role in ("head", "authority") if role in kind_of(self.case, document.kind).signer_roles)
        return self.act(role, "document.sign", document, opinion=opinion)

    def issue(self, document: Document) -> Document:
        """Issued, and stamped on the same day."""
        issued = self.act("officer", "document.issue", document)
        for use in SealUse.objects.filter(document=issued, status=SealUse.Status.WAITING):
            self.act("officer", "sealing.confirm", use, copies=use.copies, sealed_on=self.day)
        return issued

    def paper(self, kind: str, **data: Any) -> Document:
        """From draft to issue in one day, as short notices go."""
        document = self.submit(self.draft(kind, **data))
        info = kind_of(self.case, kind)
        if info.reviewer_roles:
            document = self.review(document)
        if info.signer_roles:
            document = self.sign(document)
        return self.issue(document)

    def serve(self, document: Document, *, by_post: bool = False, on_its_way: bool = False) -> None:
        """Serve everybody who is still to be served: agencies at their mail room, people in person or by post."""
        served = set(document.services.values_list("participation_id", flat=True))
        document.case = self.case
        for part in document.kind_info.recipients(self.case):
            if part.pk not in served:
                self.act("officer", "document.serve", document, **self._service(document, part, by_post, on_its_way))
                document = Document.objects.get(pk=document.pk)
                document.case = self.case

    def put_together(self, role: str = "archive", number: str = "") -> None:
        """Enter what lies in the paper file only, and freeze the volumes, as the archive keeper does in one step."""
        missing = lacks(self.case)
        entered = {lack_fields(lack.need.code)[0]: PAPER_PAGES.get(lack.need.slot, 1) for lack in missing}
        self.act(role, "volumes.explain_lacks", self.case, **entered)
        if contents(self.case):
            keep_volumes(self.case, self.office[role], self.day, archive_number=number)

    def _service(self, document: Document, part: Participation, by_post: bool, on_its_way: bool) -> dict[str, Any]:
        entered: dict[str, Any] = {"participation": part.pk, "method": "in_person", "served_on": self.day}
        if part.role == Role.RESPONDENT:
            return entered | {"receiver_name": "文书收发室", "relation": "收发室工作人员"}
        if part.consents_to_electronic_service and not on_its_way:
            return entered | {"method": "electronic"}
        if by_post or on_its_way:
            sent = {"method": "post", "sent_on": document.issued_on, "postal_number": f"118{part.pk:07d}515"}
            return entered | sent | ({"served_on": None} if on_its_way else {})
        return entered


__all__ = ["Case", "Clerk", "Days"]
