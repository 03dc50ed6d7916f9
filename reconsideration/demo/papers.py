"""What a few demo cases have besides their course: scans people brought, a slip put right, the office's own wording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from casemgr.actions.perform import perform
from casemgr.documents.corrections import whole_text
from casemgr.documents.models import Document
from casemgr.documents.rendering import DocumentText, Section, SignLines, chinese_date, render_pdf
from casemgr.documents.wording.models import Wording
from casemgr.parties.models import Party
from reconsideration.demo.clerk import Clerk
from reconsideration.demo.matters import told
from reconsideration.demo.stories import Story

PASSAGE = "acceptance_notice.handlers"
WORDING = "本案由{机构}承办，承办人：{承办人}{电话}，工作日8:30至12:00、14:30至17:30可以来电询问。"
PHRASE = "事实清楚，适用依据正确，程序合法，拟同意。"


class OwnPapers:
    """Mixin of the walker: steps that only stories with `brings`, `slip` or `words` take."""

    clerk: Clerk
    story: Story

    def bring(self, kind: str, title: str, text: str, given_by: Party | None = None) -> None:
        """A scan comes in with what it is about; the same story always brings the same bytes."""
        if not self.story.brings:
            return
        clerk = self.clerk
        scan = SimpleUploadedFile(f"{title}.pdf", _scan(title, text, clerk.day), content_type="application/pdf")
        part = clerk.case.participations.filter(party=given_by).first() if given_by is not None else None
        entered = {"kind": kind, "title": title, "received_on": clerk.day, "received_from": part and part.pk}
        files = MultiValueDict({"files": [scan]})
        perform("material.add", clerk.case, entered, clerk.office["officer"], clerk.day, files=files)

    def bring_application(self) -> None:
        clerk, matter = self.clerk, self.plan.matter
        applicant = clerk.parties("applicant")[0]
        text = f"行政复议请求：{matter.requests}\n事实和理由：{matter.reasons}"
        self.bring("application", "行政复议申请书", told(text, self.plan.acted), applicant)

    def bring_reply(self, respondent: Party) -> None:
        decision = self.plan.matter.decision
        if decision is not None:
            text = f"{decision.reply}\n证据目录：\n{decision.evidence}"
            self.bring("evidence", "行政复议答复书及证据目录", told(text, self.plan.acted), respondent)

    def bring_record(self, party: Party, content: str) -> None:
        self.bring("transcript", "听取意见笔录", f"{party.name}陈述：{content}", party)

    def put_right(self, paper: Document) -> Iterator[date]:
        """The slip of the decision is corrected by a notice, approved and served as the decision was."""
        wrong, right = self.story.slip
        if not wrong:
            return
        clerk = self.clerk
        yield self.on(2)
        paper = Document.objects.get(pk=paper.pk)
        paper.case = clerk.case
        text = whole_text(paper).replace(wrong, right)
        notice = clerk.submit(clerk.act("officer", "document.correct", paper, corrected=text, is_slip="on"))
        notice = clerk.issue(clerk.sign(clerk.review(notice, "确系笔误，拟同意更正。")))
        clerk.serve(notice)

    def word(self) -> None:
        """The head words a passage anew, tries it on this case, and the authority approves it for the next day; once,
        also when more cases than stories tell the same again.
        """
        if not self.story.words or Wording.objects.filter(passage=PASSAGE).exists():
            return
        clerk = self.clerk
        drafted = clerk.act(
            "head", "wording.propose", None, passage_code=PASSAGE, text=WORDING,
            effective_on=clerk.day + timedelta(days=1), reason="方便申请人来电询问，减少往返",
        )  # fmt: skip
        tried = clerk.act("head", "wording.try", drafted, case=clerk.case.pk)
        clerk.act("authority", "wording.approve", tried)
        clerk.act("head", "wording.add_phrase", None, kind="", part="opinion", text=PHRASE)


def _scan(title: str, text: str, day: date) -> bytes:
    """A page as it might have been scanned: what it says, and a line to sign on."""
    body = f"{text}\n{chinese_date(day)}"
    sections = (Section(body), Section(blocks=(SignLines(("签名",), dated=False),)))
    return render_pdf(DocumentText(title=title, sections=sections, kind="record", seal_place=False))
