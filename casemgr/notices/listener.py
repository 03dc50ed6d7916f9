"""Takes what any row tells, and keeps a notice per person in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from casemgr.actions.outbox import Telling
from casemgr.jobs.runner import enqueue
from casemgr.notices.forwarding import Copy, forwarded
from casemgr.notices.models import Delivery, Notice, Preference
from casemgr.organisation.models import User
from casemgr.pages import clock

SEND = "send_deliveries"


def keep(tellings: Sequence[Telling]) -> None:
    """One notice per recipient, once per `once`; urgent ones also by the recipient's channels.

    A fixed number of queries, however much is told together.
    """
    wanted = [Copy(telling, recipient) for telling in tellings for recipient in telling.recipient_ids]
    wanted += forwarded(tellings, clock.today())
    known = _known(wanted)
    fresh: dict[tuple[int, str | int], Copy] = {}
    for copy in wanted:
        key = (copy.recipient_id, copy.telling.once or id(copy.telling))
        if key not in known:
            fresh.setdefault(key, copy)
    notices = Notice.objects.bulk_create([_notice(copy) for copy in fresh.values()])
    _send_urgent([notice for notice in notices if notice.is_urgent])


def _known(wanted: list[Copy]) -> set[tuple[int, str]]:
    """Recipient and `once` of what was told before."""
    onces = {copy.telling.once for copy in wanted if copy.telling.once}
    if not onces:
        return set()
    told = Notice.objects.filter(recipient_id__in={copy.recipient_id for copy in wanted}, once__in=onces)
    return set(told.values_list("recipient_id", "once"))


def _notice(copy: Copy) -> Notice:
    telling, subject = copy.telling, copy.telling.subject
    return Notice(
        recipient_id=copy.recipient_id,
        kind=telling.kind.code,
        subject_type=subject._meta.concrete_model._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        data={**telling.data, **copy.marks},
        once=telling.once,
        is_urgent=telling.kind.is_urgent or bool(telling.data.get("urgent")),
    )


def _send_urgent(notices: list[Notice]) -> None:
    if not notices:
        return
    recipients = [notice.recipient_id for notice in notices]
    has_mail = set(User.objects.filter(pk__in=recipients).exclude(email="").values_list("pk", flat=True))
    by_user = {row.user_id: row for row in Preference.objects.filter(user_id__in=recipients)}
    deliveries = []
    for notice in notices:
        wanted = by_user.get(notice.recipient_id) or Preference()
        if wanted.sends_urgent_mail and notice.recipient_id in has_mail:
            deliveries.append(Delivery(notice=notice, recipient_id=notice.recipient_id, channel=Delivery.Channel.MAIL))
        if wanted.sends_urgent_sms and wanted.mobile:
            deliveries.append(Delivery(notice=notice, recipient_id=notice.recipient_id, channel=Delivery.Channel.SMS))
    if deliveries:
        Delivery.objects.bulk_create(deliveries)
        enqueue(SEND)
