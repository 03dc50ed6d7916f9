"""A notice in words, and where it leads."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from casemgr.actions.outbox import declared
from casemgr.cases.models import Case
from casemgr.notices.forwarding import MARK
from casemgr.notices.models import Notice

CASE = "cases.case"


def label_of(kind: str) -> str:
    known = declared().get(kind)
    return str(known.label) if known else kind


def text_of(notice: Notice) -> str:
    """In the language that is active, from the data that was kept."""
    known = declared().get(notice.kind)
    text = str(known.text(notice.data)) if known else notice.kind
    if absent := notice.data.get(MARK):
        return _("Standing in for %(name)s: %(text)s") % {"name": absent, "text": text}
    return text


def hidden_cases(notices: list[Notice], user, today: date) -> set[int]:
    """Ids of cases the notices are about and the person may not see (any more): their text is not shown."""
    about = {notice.subject_id for notice in notices if notice.subject_type == CASE}
    if not about:
        return set()
    visible = Case.objects.visible_to(user, today).filter(pk__in=about).values_list("pk", flat=True)
    return about - set(visible)


def shown(notice: Notice, hidden: set[int]) -> str:
    if notice.subject_type == CASE and notice.subject_id in hidden:
        return _("About a case that is not within your scope any more.")
    return text_of(notice)


def address_of(notice: Notice) -> str:
    """The subject's page, or empty."""
    if not notice.subject_type or notice.subject_id is None:
        return ""
    model = apps.get_model(notice.subject_type)
    subject = model(pk=notice.subject_id)
    try:
        return subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else ""
    except NoReverseMatch:
        return ""
