"""Making the nightly statement: every running period has an owner, every reminder that was due reached somebody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell_all, telling_of
from casemgr.cases.models import Absence, Deadline
from casemgr.cases.procedure import ENDED_STAGES
from casemgr.notices.models import Delivery, Notice
from casemgr.notices.recipients import Recipients
from casemgr.notices.reminders import CATCH_UP, SUMMARY, reached, reminder_key, summary_key
from casemgr.operation.ownership.models import OwnershipGap, OwnershipStatement
from casemgr.operation.ownership.owning import HANDLED, WITH_HEADS, Kind, Office
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.dates import moment

BATCH = 1000
LOST = (Delivery.State.FAILED, Delivery.State.UNKNOWN)
NOTICE = NoticeKind(
    "ownership_gap",
    gettext_lazy("Periods without an owner"),
    lambda data: (
        _("%(count)s running periods or reminders have nobody. See “Every period has an owner”, then assign the cases.")
        % {"count": data["count"]}
    ),
    is_urgent=True,
)


def make_statement(on: date) -> OwnershipStatement:
    """State who owns what at the beginning of `on`, after the night's sweep; a second run that day states anew."""
    office, counted, gaps = Office(on), Counter(), []
    for batch in _batches(_running().iterator(chunk_size=BATCH)):
        office.look_at(deadline.case_id for deadline in batch)
        for deadline in batch:
            found = office.answers_for(deadline.case)
            counted[found] += 1
            if found not in (HANDLED, WITH_HEADS):
                gaps.append(_gap(found, deadline))
    due, untold = _reminders(on)
    with transaction.atomic():
        OwnershipStatement.objects.filter(on=on).delete()
        made = OwnershipStatement.objects.create(
            on=on,
            running=counted.total(),
            handled=counted[HANDLED],
            with_heads=counted[WITH_HEADS],
            reminders=due,
            told=due - len(untold),
        )
        gaps += untold
        for gap in gaps:
            gap.statement = made
        OwnershipGap.objects.bulk_create(gaps, batch_size=BATCH)
        _tell(made, gaps, office)
    return made


def _running():
    """Also those that others have to keep: somebody of ours must watch them."""
    found = Deadline.objects.filter(status__in=(Deadline.Status.OPEN, Deadline.Status.PAUSED))
    return found.exclude(case__stage__in=ENDED_STAGES).select_related("case__unit").order_by("pk")


def _batches(rows: Iterator[Deadline]) -> Iterator[list[Deadline]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _gap(kind: str, deadline: Deadline) -> OwnershipGap:
    return OwnershipGap(kind=kind, case=deadline.case, deadline=deadline.pk, rule=deadline.rule, due_on=deadline.due_on)


def _reminders(on: date) -> tuple[int, list[OwnershipGap]]:
    """How many rungs the ladder reached since the statement before, and those that reached nobody."""
    before = OwnershipStatement.objects.filter(on__lt=on).order_by("-on").first()
    since = max(before.on, on - timedelta(days=CATCH_UP)) if before else on - timedelta(days=1)
    office, due, gaps = Recipients(on), 0, []
    away = dict(_away(since, on))
    for step, batch in reached(since, on):
        due += len(batch)
        arrived = _arrived({reminder_key(deadline, step) for deadline in batch})
        missing = []
        for deadline, recipients in office.of_all(batch, step.whom):
            key = reminder_key(deadline, step)
            acting = {away.get(person, person) for person in recipients}
            reports = [arrived[key, person] for person in acting if (key, person) in arrived]
            if not reports:
                missing.append(deadline)
            elif not any(reports):
                gaps.append(_gap(Kind.NOT_DELIVERED, deadline))
        gaps += [_gap(Kind.NOT_TOLD, deadline) for deadline in _told_nowhere(missing, since, on)]
    return due, gaps


def _away(since: date, on: date) -> Iterator[tuple[int, int]]:
    """Who is away all these days, with the stand-in whom reminders reach beside them."""
    whole = Absence.objects.in_force(on).filter(from_on__lte=since + timedelta(days=1))
    yield from whole.values_list("person_id", "stand_in_id")


def _arrived(keys: set[str]) -> dict[tuple[str, int], bool]:
    """Of the reminders that people were told: whether each stands in the inbox alone, or arrived by mail or SMS."""
    notices = Notice.objects.filter(once__in=keys, recipient__is_active=True)
    lost, sent = set(), set()
    for notice, status in Delivery.objects.filter(notice__in=notices.values("pk")).values_list("notice_id", "status"):
        (lost if status in LOST else sent).add(notice)
    told = notices.values_list("pk", "once", "recipient_id")
    return {(once, recipient): pk in sent or pk not in lost for pk, once, recipient in told}


def _told_nowhere(deadlines: Sequence[Deadline], since: date, on: date) -> list[Deadline]:
    """Without those that came into being, or moved, after the night's sweep, and those summed up in one notice."""
    if not deadlines:
        return []
    begin = moment(on)
    fresh = Deadline.history.filter(id__in=[deadline.pk for deadline in deadlines], history_date__gte=begin)
    later = set(fresh.values_list("id", flat=True))
    days = [since + timedelta(days=number) for number in range(1, (on - since).days + 1)]
    summed_up = Notice.objects.filter(kind=SUMMARY, once__in=[summary_key(day) for day in days]).exists()
    return [deadline for deadline in deadlines if deadline.pk not in later and not (summed_up and deadline.due_on < on)]


def _tell(made: OwnershipStatement, gaps: Sequence[OwnershipGap], office: Office) -> None:
    """Who leads the office of the case, once a day; the administrators where nobody does."""
    theirs: dict[int, int] = defaultdict(int)
    office.look_at(gap.case_id for gap in gaps)
    nobody = 0
    for gap in gaps:
        heads = office.owners.heads(gap.case)
        nobody += not heads
        for head in heads:
            theirs[head] += 1
    if nobody:
        admins = RoleAssignment.objects.in_force(made.on).filter(role="admin", user__is_active=True)
        for admin in set(admins.values_list("user_id", flat=True)):
            theirs[admin] += nobody
    tell_all(
        telling_of(NOTICE.code, [user], subject=made, once=f"ownership:{made.on}", count=count)
        for user, count in sorted(theirs.items())
    )
