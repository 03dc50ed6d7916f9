"""Takes what any row tells, and keeps a notice per person in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from casemgr.actions.outbox import Telling
from casemgr.jobs.runner import enqueue
from casemgr.notices.models import Delivery, Notice, Preference

SEND = "send_deliveries"


def keep(tellings: Sequence[Telling]) -> None:
    """One notice per recipient, once per `once`; urgent ones also by the recipient's channels.

    A fixed number of queries, however much is told together.
    """
    wanted = [(telling, recipient) for telling in tellings for recipient in telling.recipient_ids]
    known = _known(wanted)
    fresh = {}
    for place, (telling, recipient) in enumerate(wanted):
        key = (recipient, telling.once or place)
        if key not in known:
            fresh.setdefault(key, (telling, recipient))
    notices = Notice.objects.bulk_create([_notice(telling, recipient) for telling, recipient in fresh.values()])
    _send_urgent([notice for notice in notices if notice.is_urgent])


def _known(wanted: list[tuple[Telling, int]]) -> set[tuple[int, str]]:
    """Recipient and `once` of what was told before."""
    onces = {telling.once for telling, _recipient in wanted if telling.once}
    if not onces:
        return set()
    told = Notice.objects.filter(recipient_id__in={recipient for _telling, recipient in wanted}, once__in=onces)
    return set(told.values_list("recipient_id", "once"))


def _notice(telling: Telling, recipient: int) -> Notice:
    subject = telling.subject
    return Notice(
        recipient_id=recipient,
        kind=telling.kind.code,
        subject_type=subject._meta.concrete_model._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        data=dict(telling.data),
        once=telling.once,
        is_urgent=telling.kind.is_urgent or bool(telling.data.get("urgent")),
    )


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
