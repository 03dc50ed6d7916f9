"""Recording many mailings or arrivals: each row through the same action as a single one, with a result of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.documents.delivery.queue import MOST, Row
from casemgr.documents.models import Document, Service
from casemgr.documents.states import ServiceState
from casemgr.pages.forms import DateField

RETURNED = ("退回", "returned")
_SPLIT = re.compile(r"[\s,，;；]+")


@dataclass(frozen=True)
class Result:
    """What became of one row."""

    what: str
    is_done: bool
    message: str
    document: Document | None = None
    name: str = ""


def post(rows: list[Row], sent: Mapping[str, str], day: Any, actor: Any, today: date, key: str | None) -> list[Result]:
    """Record each row with a postal number as posted on `day`; rows without one are left."""
    results = []
    for row in rows:
        number = sent.get(f"number-{row.key}", "").strip()
        if not number:
            continue
        data = {"participation": row.part.pk, "method": "post", "sent_on": day, "postal_number": number}
        done = _perform("document.serve", row.document, data, actor, today, key and f"{key}-{row.key}"[:80])
        results.append(Result(number, done is None, done or _("Recorded as posted."), row.document, row.part.name))
    return results


def arrive(text: str, actor: Any, today: date, key: str | None) -> list[Result]:
    """Record arrivals from lines of postal number, day and, where somebody else signed, who; or 退回 and why."""
    lines = [line for line in text.splitlines() if line.strip()][:MOST]
    return [_arrival(line.strip(), actor, today, key and f"{key}-{at}"[:80]) for at, line in enumerate(lines)]


def arrive_on(services: list[Service], day: Any, actor: Any, today: date, key: str | None) -> list[Result]:
    """Record the same day of arrival for the ticked mailings."""
    return [
        _recorded(service, {"service": service.pk, "served_on": day}, actor, today, key and f"{key}-{service.pk}"[:80])
        for service in services
    ]


def under_way(actor: Any, today: date):
    """Mailings and other services on their way in the person's scope, without public notices."""
    visible = Case.objects.visible_to(actor, today).order_by().values("pk")
    rows = Service.objects.filter(state=ServiceState.SENT, document__case__in=visible)
    return rows.exclude(method=Service.Method.PUBLIC_NOTICE).select_related("document__case", "participation")


def _arrival(line: str, actor: Any, today: date, key: str | None) -> Result:
    number, *rest = _SPLIT.split(line, maxsplit=2)
    found = list(under_way(actor, today).filter(postal_number=number)[:2])
    if not found:
        known = Service.objects.filter(postal_number=number, document__case__in=_cases(actor, today)).first()
        if known is not None:
            message = _("Already recorded: %(state)s.") % {"state": known.get_state_display()}
            return Result(number, False, message, known.document, known.participation.name)
        return Result(number, False, _("No mailing with this number is on its way in your cases."))
    if len(found) > 1:
        return Result(number, False, _("Several papers went under this number: record each on its own page."))
    service = found[0]
    if not rest:
        return Result(number, False, _("The day is missing."), service.document, service.participation.name)
    if rest[0].startswith(RETURNED):
        data = {"service": service.pk, "reason": " ".join(rest)}
        return _recorded(service, data, actor, today, key, "document.service_failed")
    data = {"service": service.pk, "served_on": rest[0]}
    if len(rest) > 1:
        receiver, *relation = _SPLIT.split(rest[1], maxsplit=1)
        data |= {"receiver_name": receiver, "relation": relation[0] if relation else ""}
    return _recorded(service, data, actor, today, key)


def _cases(actor: Any, today: date):
    return Case.objects.visible_to(actor, today).order_by().values("pk")


def _recorded(
    service: Service, data: dict, actor: Any, today: date, key: str | None, name: str = "document.confirm_service"
) -> Result:
    refused = _perform(name, service.document, data, actor, today, key)
    good = _("Recorded as failed.") if name.endswith("failed") else _("Recorded as arrived.")
    what = service.postal_number or service.get_method_display()
    return Result(what, refused is None, refused or good, service.document, service.participation.name)


def _perform(name: str, document: Document, data: dict, actor: Any, today: date, key: str | None) -> str | None:
    """Why it was refused, in one line; None when it was done. Each row is a transaction of its own."""
    try:
        perform(name, document, data, actor, today, key=key)
    except ActionError as error:
        form = getattr(error, "form", None)
        if form is not None:
            return " ".join(str(text) for texts in form.errors.values() for text in texts)
        return " ".join(str(refusal.message) for refusal in error.refusals) or str(error.message)
    return None


def is_day(text: str) -> bool:
    """Whether a text is a day as forms take it."""
    try:
        return bool(text) and DateField().clean(text) is not None
    except ValidationError:
        return False
