"""One's inbox through the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from casemgr.notices import texts
from casemgr.notices.models import Notice
from casemgr.pages.api.operations import Id
from casemgr.pages.api.paging import PageQuery, page_of
from casemgr.pages.clock import today as clock_today

router = Router()


class NoticeOut(Schema):
    id: int
    kind: str
    label: str
    text: str
    is_urgent: bool
    subject_type: str
    subject_id: int | None
    created_at: str
    read_at: str | None


class NoticePage(Schema):
    items: list[NoticeOut]
    next: str | None


class NoticeQuery(PageQuery):
    unread: bool = Field(False, description="Only what was not read yet.")


class ReadOut(Schema):
    read: int


@router.get("", response=NoticePage)
def list_notices(request: HttpRequest, query: Query[NoticeQuery]) -> Any:
    """What was told to the caller, newest first. What lies outside the scope by now is told without its text."""
    rows = Notice.objects.filter(recipient=request.user)
    if query.unread:
        rows = rows.filter(read_at__isnull=True)
    page = page_of(request, rows, ["-pk"])
    hidden = texts.hidden_cases(page["items"], request.user, clock_today())
    return {"items": [told(notice, hidden) for notice in page["items"]], "next": page["next"]}


@router.post("/read", response=ReadOut)
def read_all_notices(request: HttpRequest) -> Any:
    """Mark everything as read."""
    rows = Notice.objects.filter(recipient=request.user, read_at__isnull=True)
    return {"read": rows.update(read_at=timezone.now())}


@router.post("/{notice_id}/read", response=ReadOut)
def read_notice(request: HttpRequest, notice_id: Id) -> Any:
    """Mark one as read; again it changes nothing."""
    rows = Notice.objects.filter(recipient=request.user, pk=notice_id)
    if not rows.exists():
        raise Http404
    return {"read": rows.filter(read_at__isnull=True).update(read_at=timezone.now())}


def told(notice: Notice, hidden: set[int]) -> dict[str, Any]:
    is_hidden = notice.subject_type == texts.CASE and notice.subject_id in hidden
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "label": texts.label_of(notice.kind),
        "text": texts.shown(notice, hidden),
        "is_urgent": notice.is_urgent,
        "subject_type": notice.subject_type,
        "subject_id": None if is_hidden else notice.subject_id,
        "created_at": notice.created_at.isoformat(),
        "read_at": notice.read_at.isoformat() if notice.read_at else None,
    }
