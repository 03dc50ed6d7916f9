"""The files of a split record: which of them are the new record's, and how they are told so without rewriting them.

Events stay as they were recorded; an event of the split says whose they are from then on (`events.fold`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext as _

from casemgr.cases import deadlines, events
from casemgr.cases.models import Case, Event, Participation, ReferralParty
from casemgr.parties.models import Party
from casemgr.parties.snapshots import encrypt_snapshot, open_snapshot

SHOWN = 200
KIND = "party_split"


class SplitFiles:
    """See `casemgr.parties.splitting.Files`."""

    def choices(self, party: Party, actor, today: date) -> list[tuple[int, str]]:
        visible = Case.objects.visible_to(actor, today).order_by().values("pk")
        parts = Participation.objects.filter(party=party, case_id__in=visible).select_related("case")
        found: dict[int, str] = {}
        for part in parts.order_by("-case_id", "role")[:SHOWN]:
            role = part.get_role_display()
            known = found.get(part.case_id)
            found[part.case_id] = f"{known} · {role}" if known else f"{part.case.number} {part.case.title}　{role}"
        return list(found.items())

    def lock(self, ids: Collection[int]) -> None:
        list(Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))

    def move(self, ids: Collection[int], source: Party, target: Party, today: date, *, undone: bool) -> None:
        """The party's parts in these cases are the other record's; snapshots go under its key, unchanged."""
        for case in Case.objects.filter(pk__in=ids).order_by("pk"):
            case = case.typed()
            for part in case.participations.filter(party=source):
                if part.snapshot is not None:
                    part.snapshot = encrypt_snapshot(target, **open_snapshot(source, part.snapshot))
                part.party = target
                part.save()
            for row in case.deadlines.filter(party=source):
                row.party = target
                row.save()
            words = {"from": source.pk, "to": target.pk}
            events.record(case, KIND, today, party=target, **words, **({"undone": True} if undone else {}))
            deadlines.derive_again(case, today)
            case.version += 1
            case.save()

    def hanging_on(self, party: Party, besides: Collection[int]) -> Iterator[str]:
        others = Participation.objects.filter(party=party).exclude(case_id__in=besides)
        for number in others.values_list("case__number", flat=True)[:3]:
            yield number
        recorded = Event.objects.filter(party=party).exclude(kind=KIND)
        for number in recorded.values_list("case__number", flat=True).distinct()[:3]:
            yield _("an entry in %(case)s") % {"case": number}
        if ReferralParty.objects.filter(party=party).exists():
            yield _("a referral")
