"""Sending by mail and SMS: a row is claimed, sent once, and keeps what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import requests
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from casemgr.notices.mobiles import mobile_of
from casemgr.notices.models import NOT_DELIVERED, Delivery
from casemgr.notices.texts import label_of, text_of
from casemgr.pages.masking import mask

STUCK = timedelta(minutes=10)
OURS = "casemgr-"
"""Begins the reference that we give a carrier."""
TIMEOUT = 10
"""Seconds a gateway may take."""


class NoAddress(Exception):
    """The recipient entered nothing to send to; the delivery keeps the name, `models.NO_ADDRESS`."""


class SmsGateway(Protocol):
    """The whole of what a carrier must offer; `SMS_GATEWAY` names the class."""

    def send(self, phone: str, text: str, reference: str) -> str:
        """Hand over one message; returns the carrier's reference. :raises Exception: it was not taken."""


@dataclass
class RecordingGateway:
    """For demo and tests: keeps what would have been sent, with the number masked."""

    def send(self, phone: str, text: str, reference: str) -> str:
        RECORDED.append((mask(phone), text, reference))
        return f"recorded-{reference}"


RECORDED: list[tuple[str, str, str]] = []


class HttpGateway:
    """A carrier that takes `{"phone", "text", "reference"}` as JSON at `SMS_URL` and answers `{"id": …}`."""

    def send(self, phone: str, text: str, reference: str) -> str:
        answer = requests.post(
            settings.SMS_URL,
            json={"phone": phone, "text": text, "reference": reference},
            headers={"Authorization": f"Bearer {settings.SMS_TOKEN}", "Idempotency-Key": reference},
            timeout=TIMEOUT,
        )
        answer.raise_for_status()
        return str(answer.json().get("id", ""))


def gateway() -> SmsGateway:
    return import_string(settings.SMS_GATEWAY)()


def send_waiting(now: datetime, limit: int = 500) -> int:
    """Send what waits. A row that was being sent when the system stopped is marked uncertain, never sent twice."""
    Delivery.objects.filter(status=Delivery.State.SENDING, started_at__lt=now - STUCK).update(
        status=Delivery.State.UNKNOWN
    )
    done = 0
    for pk in Delivery.objects.filter(status=Delivery.State.QUEUED).order_by("id").values_list("pk", flat=True)[:limit]:
        claimed = Delivery.objects.filter(pk=pk, status=Delivery.State.QUEUED)
        if claimed.update(status=Delivery.State.SENDING, started_at=timezone.now()):
            _send(Delivery.objects.select_related("recipient", "notice").get(pk=pk))
            done += 1
    return done


def _send(delivery: Delivery) -> None:
    delivery.attempts += 1
    try:
        with translation.override(settings.LANGUAGE_CODE):
            delivery.reference = _by_mail(delivery) if delivery.channel == Delivery.Channel.MAIL else _by_sms(delivery)
    except Exception as error:
        delivery.status, delivery.error = Delivery.State.FAILED, type(error).__name__
    else:
        delivery.status, delivery.sent_at, delivery.error = Delivery.State.SENT, timezone.now(), ""
    delivery.save()


def _by_mail(delivery: Delivery) -> str:
    to = delivery.recipient.email
    if not to:
        raise NoAddress
    delivery.address = _masked_mail(to)
    subject, text = delivery.subject, delivery.text
    if delivery.notice is not None:
        subject, text = label_of(delivery.notice.kind), text_of(delivery.notice)
    message = EmailMessage(subject, text, to=[to], headers={"X-Casemgr-Delivery": str(delivery.pk)})
    message.send()
    return str(message.extra_headers["X-Casemgr-Delivery"])


def _by_sms(delivery: Delivery) -> str:
    """An SMS names the kind and the case number at most: no names, no content."""
    number = mobile_of(delivery.recipient)
    if not number:
        raise NoAddress
    delivery.address = mask(number)
    case = str(delivery.notice.data.get("case", "")) if delivery.notice else ""
    text = _("%(label)s %(case)s. Log in to read it.") % {"label": label_of(delivery.notice.kind), "case": case}
    return gateway().send(number, text, f"{OURS}{delivery.pk}")


def _masked_mail(address: str) -> str:
    name, _at, host = address.partition("@")
    return f"{name[:2]}***@{host}"


def send_again(delivery: Delivery) -> bool:
    """Queue a failed or uncertain sending anew; somebody decided that it may arrive twice."""
    again = (Delivery.State.FAILED, Delivery.State.UNKNOWN)
    return bool(Delivery.objects.filter(pk=delivery.pk, status__in=again).update(status=Delivery.State.QUEUED))


def record_receipt(reference: str, now: datetime, *, arrived: bool = True, reason: str = "") -> bool:
    """The carrier reports what became of an SMS, by its own reference or by ours. False when it is none of ours.

    Told again it changes nothing; and what was uncertain is certain by it.
    """
    ours = reference.removeprefix(OURS)
    if reference.startswith(OURS) and ours.isdecimal() and len(ours) < 16:
        named = Delivery.objects.filter(pk=int(ours))
    else:
        named = Delivery.objects.filter(reference=reference).exclude(reference="")
    named = named.filter(channel=Delivery.Channel.SMS)
    waiting = named.filter(status__in=(Delivery.State.SENT, Delivery.State.UNKNOWN))
    if arrived:
        waiting.update(status=Delivery.State.DELIVERED, delivered_at=now, error="")
    else:
        waiting.update(status=Delivery.State.FAILED, error=mask(reason)[:300] or NOT_DELIVERED)
    return named.exists()
