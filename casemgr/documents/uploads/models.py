"""Files that people bring: `Material` is one of a case. What was kept of it never changes; its description may."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation
from casemgr.documents.internal import internal_cases
from casemgr.documents.models import Document

FILE = (
    "added_by_id", "file", "sha256", "size", "media_type", "pages", "original_file", "original_sha256", "original_size",
    "original_type", "original_name", "received", "features", "is_inert",
)  # fmt: skip
"""What never changes once a file is kept."""
CONTENT = ("case_id", "document_id", *FILE)
"""The same of a material: it also stays where it was brought."""


class MaterialSealed(RuntimeError):
    """Somebody tried to change or delete a kept file."""


class KeptQuerySet(models.QuerySet):
    def living(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_on=None)

    def update(self, **values: Any) -> int:
        sealed = set(self.model.SEALED)
        if set(values) & (sealed | {name.removesuffix("_id") for name in sealed}):
            raise MaterialSealed("kept files change by actions, one by one")
        return super().update(**values)

    def delete(self):
        raise MaterialSealed("kept files are never deleted: they are withdrawn with a reason")


class KeptFile(models.Model):
    """A file somebody brought. `file` is what is shown; when it was made from what came (photos turned and joined),
    `original_*` is that.

    Several originals lie in one uncompressed ZIP. `received` names every file as it came, with the digest of its very
    bytes (docs/decisions/0032). Each kind says in `SEALED` what never changes, and is made known by `holding.hold`.
    """

    SEALED: ClassVar[tuple[str, ...]] = FILE

    class Scan(models.TextChoices):
        NONE = "none", _("Not scanned: no scanner is set up")
        WAITING = "waiting", _("Waiting for the malware scan")
        CLEAN = "clean", _("Scanned, nothing found")
        INFECTED = "infected", _("Malware found")

    title = models.CharField(_("title"), max_length=120)
    note = models.CharField(_("note"), max_length=300, blank=True)
    received_on = models.DateField(_("received on"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"), editable=False
    )
    file = models.CharField(max_length=100, editable=False)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    media_type = models.CharField(_("type of file"), max_length=100, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    original_file = models.CharField(max_length=100, blank=True, editable=False)
    original_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    original_size = models.PositiveBigIntegerField(default=0, editable=False)
    original_type = models.CharField(max_length=100, blank=True, editable=False)
    original_name = models.CharField(_("name of the file"), max_length=120, blank=True, editable=False)
    received = models.JSONField(
        default=list, blank=True, editable=False, help_text="name, sha256, size and media_type of each file as it came"
    )
    features = models.JSONField(
        default=list, blank=True, editable=False, help_text="codes of what was noticed in it: signed, macros, encrypted"
    )
    is_inert = models.BooleanField(_("only for download"), default=False, editable=False)
    scan = models.CharField(_("malware scan"), max_length=8, choices=Scan.choices, default=Scan.NONE, editable=False)
    scanned_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        if (kept := getattr(self, "_kept", None)) is not None:
            changed = [name for name, value in kept.items() if getattr(self, name) != value]
            if changed:
                raise MaterialSealed(f"a kept file cannot change: {', '.join(changed)}")
        super().save(*args, **kwargs)
        self._remember()

    def delete(self, *args, **kwargs):
        raise MaterialSealed("kept files are never deleted: they are withdrawn with a reason")

    @classmethod
    def from_db(cls, db, field_names, values) -> Self:
        kept = super().from_db(db, field_names, values)
        kept._remember()
        return kept

    def _remember(self) -> None:
        known = self.__dict__
        self._kept = {name: known[name] for name in self.SEALED if name in known}

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def is_locked(self) -> bool:
        """Malware was found after it was kept: nobody opens it."""
        return self.scan == self.Scan.INFECTED

    @property
    def about(self) -> models.Model:
        """The case or record it was brought to."""
        raise NotImplementedError


class MaterialQuerySet(KeptQuerySet):
    def visible_to(self, user: Any, today: date) -> MaterialQuerySet:
        """Of the cases the person may see; secret ones only where their inner papers are theirs to read."""
        cases = Case.objects.visible_to(user, today).order_by().values("pk")
        return self.filter(case__in=cases).filter(Q(is_secret=False) | internal_cases(user, today))

    def of_case(self) -> MaterialQuerySet:
        """Brought to the case itself, not attached to one of its issued papers."""
        return self.filter(document=None)


class Material(KeptFile):
    """One file of a case that people brought, or that shows how an issued paper went out."""

    SEALED: ClassVar[tuple[str, ...]] = CONTENT

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", _("Evidence")
        APPLICATION = "application", _("Application")
        IDENTITY = "identity", _("Identity paper")
        TRANSCRIPT = "transcript", _("Transcript or record")
        AGREEMENT = "agreement", _("Signed mediation agreement")
        PERFORMANCE = "performance", _("Proof of performance")
        COURT_PAPER = "court_paper", _("Court paper")
        STAMPED_COPY = "stamped_copy", _("Stamped copy")
        SEALED_FILE = "sealed_file", _("Electronically sealed file")
        OTHER = "other", _("Other material")

    case = models.ForeignKey(Case, models.PROTECT, related_name="materials", verbose_name=_("case"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("issued paper")
    )
    kind = models.CharField(_("kind of material"), max_length=16, choices=Kind.choices)
    received_from = models.ForeignKey(
        Participation, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("brought by")
    )
    is_secret = models.BooleanField(_("belongs to the secret volume"), default=False)
    history = history()

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["case", "id"], name="material_case"),
            models.Index(fields=["id"], name="material_to_scan", condition=Q(scan="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                name="material_of_a_paper",
                condition=Q(document__isnull=False, kind__in=["stamped_copy", "sealed_file"])
                | (Q(document__isnull=True) & ~Q(kind__in=["stamped_copy", "sealed_file"])),
            )
        ]

    @property
    def about(self) -> models.Model:
        return self.case
