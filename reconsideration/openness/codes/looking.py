"""Looking a case up by code and word. A wrong code, a wrong word and a void code cost and answer the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F

from casemgr.audit.access import record_access
from casemgr.organisation.tokens.limits import wait_for
from reconsideration.models import HandlingComplaint, QueryCode
from reconsideration.openness.codes import secrets

MOST_FAILURES = 10
"""Wrong words since the last look, after which a code answers nobody any more: the office gives a new one."""


@dataclass(frozen=True)
class Answer:
    """`wait`: seconds until one may try again. Without `found` nothing is said of why."""

    found: QueryCode | HandlingComplaint | None = None
    wait: int = 0


def look_up(typed_code: str, typed_word: str, address: str) -> Answer:
    """One counted look: the same statements whatever was typed, but for the row that is found at last."""
    digest = secrets.code_digest("progress", typed_code)
    if wait := _wait("progress", address, digest):
        return Answer(wait=wait)
    code = QueryCode.objects.filter(code_digest=digest).first()
    offered = secrets.word_digest(typed_code, typed_word)
    is_right = secrets.same(code.word_digest if code else secrets.NOBODY, offered)
    is_open = code is not None and code.revoked_on is None and code.failures < MOST_FAILURES
    found = code if is_right and is_open else None
    failures = 0 if found else F("failures") + 1
    QueryCode.objects.filter(code_digest=digest, failures__lt=MOST_FAILURES + 1).update(failures=failures)
    record_access(None, "progress_looked" if found else "progress_refused", code)
    return Answer(found)


def look_up_complaint(typed_code: str, address: str) -> Answer:
    """The same for a complaint, which has no check word."""
    digest = secrets.code_digest("complaint", typed_code)
    if wait := _wait("complaint", address, digest):
        return Answer(wait=wait)
    found = HandlingComplaint.objects.filter(code_digest=digest).select_related("number").first()
    record_access(None, "complaint_looked" if found else "complaint_refused", found)
    return Answer(found)


def _wait(what: str, address: str, digest: str) -> int:
    return wait_for(
        (f"{what}-address", address, settings.PUBLIC_TRIES_PER_ADDRESS),
        (f"{what}-code", digest, settings.PUBLIC_TRIES_PER_CODE),
    )


__all__ = ["MOST_FAILURES", "Answer", "look_up", "look_up_complaint"]
