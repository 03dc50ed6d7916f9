"""The lists that divide litigation's tables into lines, as an office has them on its first day."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.indicators.tables.lists import Line, Seed, TableList
from casemgr.organisation.models import Unit
from litigation.models import BacklogItem, JointUnit, LitigationFacts, SnapshotEntry, Standing
from litigation.suggestions.terms import LetterKind
from litigation.tables.suits import OWN_ACT, RECONSIDERATION, TOGETHER
from litigation.terms import Level

LEVELS = {Level.FIRST: _("First instance"), Level.SECOND: _("Second instance"),
          Level.RETRIAL: pgettext_lazy("court", "Retrial")}  # fmt: skip
PARTS = {
    OWN_ACT: pgettext_lazy("table", "organ that made the act"),
    RECONSIDERATION: pgettext_lazy("table", "reconsideration organ"),
    TOGETHER: pgettext_lazy("table", "co-defendants"),
}


def suit_words() -> list[tuple[str, str]]:
    """Instance and part, as the register has them: 一审 共同被告."""
    return [
        (f"{level}/{part}", f"{level_name} {part_name}")
        for level, level_name in LEVELS.items()
        for part, part_name in PARTS.items()
    ]


def _units(found: QuerySet[Unit]) -> list[Line]:
    return [Line(str(pk), name, frozenset({str(pk)})) for pk, name in found.order_by("path").values_list("pk", "name")]


def _sued() -> list[Line]:
    """Units that were heard in court, or that are responsible for a suit."""
    heard = Standing.objects.filter(heard_on__isnull=False).order_by().values("participation__party__unit_id")
    responsible = LitigationFacts.objects.order_by().values("responsible_unit_id")
    return _units(Unit.objects.filter(Q(pk__in=heard) | Q(pk__in=responsible)))


def _owing() -> list[Line]:
    """Units that are, or were, liable for an item of some year's base."""
    taken = SnapshotEntry.objects.order_by()
    own = BacklogItem.objects.order_by().values("unit_id")
    joint = JointUnit.objects.filter(item__in=taken.values("item_id")).values("unit_id")
    return _units(Unit.objects.filter(Q(pk__in=own) | Q(pk__in=joint) | Q(pk__in=taken.values("unit_id"))))


SUITS = TableList(
    "suit",
    _("Instances and parts of the agencies (T6)"),
    seeds=tuple(Seed(word.replace("/", "_"), name, (word,)) for word, name in suit_words()),
    words=suit_words,
)
SUED = TableList("sued", _("Units sued (T7, T8)"), kept_elsewhere=_sued)
OWING = TableList("owing", _("Units liable (T9)"), kept_elsewhere=_owing)
LETTERS = TableList(
    "letter",
    _("Kinds of suggestions (T10)"),
    seeds=tuple(Seed(code, name, (code,)) for code, name in LetterKind.choices),
    words=lambda: list(LetterKind.choices),
)
LISTS = (SUITS, SUED, OWING, LETTERS)
