"""A frozen volume and what lies in it. Neither changes again; what comes later goes into a supplement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case
from casemgr.documents.internal import internal_cases
from casemgr.documents.uploads.models import Material
from casemgr.documents.volumes.models.retention import Term
from casemgr.documents.volumes.order import INTERNAL, MAIN

CONTENT = (
    "case_id", "part", "number", "title", "archive_number", "first_page", "last_page", "sha256", "pages",
    "frozen_on", "frozen_by_id", "lacks", "closed_on",
)  # fmt: skip
"""What never changes once the volume is frozen; its bytes leave only with its lawful destruction."""
FILE = ("file", "size")


class VolumeSealed(RuntimeError):
    """Somebody tried to change or delete a frozen volume."""


class Part(models.TextChoices):
    MAIN = MAIN, _("Main volume")
    INTERNAL = INTERNAL, _("Internal volume")


class Carrier(models.TextChoices):
    """On what an item is kept."""

    ELECTRONIC = "electronic", _("Electronic file")
    PAPER = "paper", _("Paper only")
    DISC = "disc", _("Disc or other carrier")
    INERT = "inert", _("Electronic file that is not shown")


class VolumeQuerySet(models.QuerySet):
    def visible_to(self, user: Any, today: date) -> VolumeQuerySet:
        """Of the cases the person may see; internal volumes only of those whose inner papers are theirs to read."""
        cases = Case.objects.visible_to(user, today).order_by().values("pk")
        is_open = ~models.Q(part=Part.INTERNAL) & ~Exists(secret_items(volume=OuterRef("pk")))
        return self.filter(case__in=cases).filter(internal_cases(user, today) | is_open)

    def update(self, **values: Any) -> int:
        if set(values) & {*CONTENT, *FILE, "case", "frozen_by"}:
            raise VolumeSealed("a frozen volume does not change")
        return super().update(**values)

    def delete(self):
        raise VolumeSealed("volumes are never deleted: a lawful destruction leaves the record")


class Volume(models.Model):
    """`number` 1 is the volume itself, 2 and more are its supplements; pages are numbered on through all of them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="volumes", verbose_name=_("case"))
    part = models.CharField(_("part"), max_length=8, choices=Part.choices)
    number = models.PositiveSmallIntegerField(_("number of the volume"))
    title = models.CharField(_("title"), max_length=200)
    archive_number = models.CharField(_("archive number"), max_length=60, blank=True)
    first_page = models.PositiveIntegerField(_("first page"))
    last_page = models.PositiveIntegerField(_("last page"))
    file = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    pages = models.PositiveIntegerField(_("pages of the file"), editable=False)
    lacks = models.JSONField(_("what it lacks, and why"), default=list, blank=True, editable=False)
    closed_on = models.DateField(_("case closed on"))
    frozen_on = models.DateField(_("frozen on"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("put together by")
    )
    term = models.CharField(_("retention class"), max_length=10, choices=Term.choices)
    term_source = models.CharField(_("basis of the class"), max_length=300, blank=True)
    keep_until = models.DateField(_("to be kept until"), null=True, blank=True, db_index=True)
    room = models.CharField(_("room"), max_length=60, blank=True)
    cabinet = models.CharField(_("cabinet"), max_length=60, blank=True)
    box = models.CharField(_("box"), max_length=60, blank=True)
    placed_on = models.DateField(_("placed on"), null=True, blank=True)
    destroyed_on = models.DateField(_("destroyed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    objects = VolumeQuerySet.as_manager()

    class Meta:
        verbose_name = _("volume")
        ordering = ["case_id", "-part", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "part", "number"], name="volume_once"),
            models.CheckConstraint(
                name="volume_has_file_until_destroyed",
                condition=~models.Q(file="") | models.Q(destroyed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        if (kept := getattr(self, "_kept", None)) is not None:
            changed = [name for name, value in kept.items() if getattr(self, name) != value]
            if not self.destroyed_on:
                changed += [name for name, value in self._file.items() if getattr(self, name) != value]
            if changed:
                raise VolumeSealed(f"a frozen volume does not change: {', '.join(changed)}")
        super().save(*args, **kwargs)
        self._remember()

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("volume_detail", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise VolumeSealed("volumes are never deleted: a lawful destruction leaves the record")

    @classmethod
    def from_db(cls, db, field_names, values) -> Volume:
        volume = super().from_db(db, field_names, values)
        volume._remember()
        return volume

    def _remember(self) -> None:
        known = self.__dict__
        self._kept = {name: known[name] for name in CONTENT if name in known}
        self._file = {name: known[name] for name in FILE if name in known}

    @property
    def place(self) -> str:
        return " / ".join(part for part in (self.room, self.cabinet, self.box) if part)


class ItemQuerySet(models.QuerySet):
    def update(self, **values: Any) -> int:
        if set(values) != {"file"}:
            raise VolumeSealed("what lies in a frozen volume does not change")
        return super().update(**values)

    def delete(self):
        raise VolumeSealed("what lies in a frozen volume does not change")


class VolumeItem(models.Model):
    """One line of the catalogue. `key` names what it was made from; `file` is where its own bytes lie."""

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="items", verbose_name=_("volume"))
    sequence = models.PositiveIntegerField(_("sequence"))
    key = models.CharField(max_length=60)
    slot = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=200)
    number_text = models.CharField(_("number of the paper"), max_length=80, blank=True)
    author = models.CharField(_("made by"), max_length=100, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    first_page = models.PositiveIntegerField(_("first page"))
    last_page = models.PositiveIntegerField(_("last page"))
    carrier = models.CharField(_("carrier"), max_length=10, choices=Carrier.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    file = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    media_type = models.CharField(_("type of file"), max_length=100, blank=True, editable=False)
    history = history()

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a volume")
        ordering = ["volume_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["volume", "sequence"], name="volume_item_once"),
            models.UniqueConstraint(fields=["volume", "key"], name="volume_item_key"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise VolumeSealed("what lies in a frozen volume does not change")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise VolumeSealed("what lies in a frozen volume does not change")

    @property
    def page_range(self) -> str:
        return str(self.first_page) if self.first_page == self.last_page else f"{self.first_page}-{self.last_page}"


def secret_items(**condition: Any) -> models.QuerySet[VolumeItem]:
    """Items of main volumes that were marked secret after freezing: whoever holds the volume's bytes holds them."""
    key = Concat(Value("material:"), Cast("pk", models.CharField()))
    marked = Material.objects.filter(case_id=OuterRef("volume__case_id"), is_secret=True).annotate(key=key)
    return VolumeItem.objects.filter(volume__part=Part.MAIN, key__in=Subquery(marked.values("key")), **condition)
