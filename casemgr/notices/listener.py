"""Takes what any row tells, and keeps a notice per person in the same transaction."""

from __future__ import annotations

from casemgr.actions.outbox import Telling
from casemgr.jobs.runner import enqueue
from casemgr.notices.models import Delivery, Notice, Preference

SEND = "send_deliveries"


def keep(telling: Telling) -> None:
    """One notice per recipient, once per `once`; urgent ones also by the recipient's channels."""
    recipients = list(telling.recipient_ids)
    if telling.once:
        known = Notice.objects.filter(recipient_id__in=recipients, once=telling.once)
        already = set(known.values_list("recipient_id", flat=True))
        recipients = [pk for pk in recipients if pk not in already]
    if not recipients:
        return
    subject = telling.subject
    notices = Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=recipient,
                kind=telling.kind.code,
                subject_type=subject._meta.concrete_model._meta.label_lower if subject is not None else "",
                subject_id=subject.pk if subject is not None else None,
                data=dict(telling.data),
                once=telling.once,
                is_urgent=telling.kind.is_urgent or bool(telling.data.get("urgent")),
            )
            for recipient in recipients
        ]
    )
    _send_urgent([notice for notice in notices if notice.is_urgent])


def _send_urgent(notices: list[Notice]) -> None:
    if not notices:
        return
    by_user = {row.user_id: row for row in Preference.objects.filter(user_id__in=[n.recipient_id for n in notices])}
    deliveries = []
    for notice in notices:
        wanted = by_user.get(notice.recipient_id) or Preference()
        if wanted.sends_urgent_mail:
            deliveries.append(Delivery(notice=notice, recipient_id=notice.recipient_id, channel=Delivery.Channel.MAIL))
        if wanted.sends_urgent_sms and wanted.mobile:
            deliveries.append(Delivery(notice=notice, recipient_id=notice.recipient_id, channel=Delivery.Channel.SMS))
    if deliveries:
        Delivery.objects.bulk_create(deliveries)
        enqueue(SEND)
