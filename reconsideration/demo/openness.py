"""What the demo office has published, whom it gave a code, and who complained about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.documents.models import Document
from reconsideration.demo.clerk import Days
from reconsideration.models import HandlingComplaint, Publication, QueryCode, ReconsiderationCase
from reconsideration.openness.codes import secrets
from reconsideration.openness.public.caching import forget
from reconsideration.openness.public.figures import count_years
from reconsideration.openness.publications.papers import waiting_papers
from reconsideration.openness.publications.sheet import in_effect_since

CODE, WORD = "DEM00-DEM00-00001", "达拉特"
"""Of one made-up case: in the demo anybody may see how the page of one's own case looks."""
PUBLISHED = 6


def open_to_the_public(office: Mapping[str, Any], today: date) -> None:
    """Once; what is there already stays."""
    if not Publication.objects.exists():
        _publish(office, today)
    if not QueryCode.objects.exists():
        _give_code(office, today)
    if not HandlingComplaint.objects.exists():
        _complain(office, today)
    count_years(today)
    forget()


def _publish(office: Mapping[str, Any], today: date) -> None:
    """The oldest are published, then one is being judged, one is not published; the newest wait."""
    papers = list(waiting_papers(office["officer"], today).order_by("issued_on", "pk")[: PUBLISHED + 2])
    for number, paper in enumerate(papers):
        day = _some_days_later(paper, today)
        sent = {"document": paper.pk}
        if number == PUBLISHED + 1:
            reason = {"ground": "privacy", "reason": "案情涉及家庭隐私，隐去后无法阅读。"}
            perform("publication.decline", None, sent | reason, office["officer"], day)
            continue
        made: Any = perform("publication.propose", None, sent | {"act_is_open": "yes"}, office["officer"], day)
        if number < PUBLISHED:
            found = list(made.redactions.values_list("pk", flat=True))
            if found:
                judged = {"redactions": found, "verdict": "redact", "reason": ""}
                made = perform("publication.judge", made, judged, office["officer"], day)
            made = perform("publication.approve", made, {}, office["head"], day)
            perform("publication.publish", made, {}, office["head"], day)


def _some_days_later(paper: Document, today: date) -> date:
    since = in_effect_since(paper) or today
    return min(Days.after(since, 8), today)


def _give_code(office: Mapping[str, Any], today: date) -> None:
    """With a code that is known, since the real ones are kept nowhere."""
    case = ReconsiderationCase.objects.filter(state="IN_REVIEW").order_by("pk").first()
    part = case.participations.filter(role="applicant").first() if case else None
    if case is None or part is None:
        return
    sent = {"case": case.pk, "participation": part.pk, "word_is": "own", "word": WORD}
    code = perform("query_code.issue", None, sent, office["officer"], today)
    QueryCode.objects.filter(pk=code.pk).update(
        code_digest=secrets.code_digest("progress", CODE), word_digest=secrets.word_digest(CODE, WORD)
    )


def _complain(office: Mapping[str, Any], today: date) -> None:
    """One answered, one that waits."""
    days = Days(today)
    then, later, now = days.back(14), days.back(9), days.back(2)
    sent = {
        "matter": "slow",
        "text": "九月到接待室递交申请，工作人员让我回家等通知，过了两个星期没有任何消息，电话也打不通。",
        "told_number": "",
    }
    complaint = perform("complaint.lodge", None, sent, system_actor, then)
    given = {"handler": office["leader"].pk, "case_number": ""}
    complaint = perform("complaint.give", complaint, given, office["head"], then)
    answer = {
        "finding": "值班人员未按接待登记簿交接，申请已依法受理，通知书在途。",
        "answer_text": "经查，您的申请已经依法受理，通知书已寄出。接待室值班交接不严，已责成整改，谨致歉意。",
    }
    perform("complaint.answer", complaint, answer, office["leader"], later)
    waiting = {"matter": "papers", "text": "要求复印答复书，窗口说复印机坏了，让我改天再来。", "told_number": ""}
    perform("complaint.lodge", None, waiting, system_actor, now)


__all__ = ["CODE", "WORD", "open_to_the_public"]
