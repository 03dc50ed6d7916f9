"""Papers of a case and their service. An issued paper is evidence: it never changes again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from casemgr.audit.history import history
from casemgr.cases.models import Case, Participation
from casemgr.documents import files
from casemgr.documents.corrections import correcting
from casemgr.documents.kinds import DocumentKind, kind_of
from casemgr.documents.states import (
    SEALED,
    UNFINISHED,
    WAITING_FOR_SIGNATURE,
    DocumentState,
    DocumentStates,
    ServiceState,
    ServiceStates,
)
from casemgr.numbering.models import IssuedNumber


class DocumentSealed(RuntimeError):
    """Somebody tried to change or delete an issued paper."""


CONTENT = (
    "case_id", "kind", "title", "addressee", "data", "sections", "number_id", "number_text", "issued_on",
    "author_id", "submitter_id", "reviewer_id", "reviewed_on", "review_opinion",
    "signer_id", "signed_on", "signing_opinion",
    "file", "sha256", "size", "pages", "corrects_id", "issuer_name", "seal_name",
    "word_file", "word_sha256", "word_size", "text_file", "text_sha256",
)  # fmt: skip
"""What never changes once a paper is issued."""


class DocumentQuerySet(models.QuerySet):
    def unfinished(self) -> DocumentQuerySet:
        return self.filter(state__in=UNFINISHED)

    def pending(self) -> DocumentQuerySet:
        """Drafts on their way and issued papers not yet served on everybody: what keeps a file from being closed."""
        return self.filter(Q(state__in=UNFINISHED) | Q(state=DocumentState.ISSUED, unserved_count__gt=0))

    def living(self) -> DocumentQuerySet:
        return self.exclude(state__in=(DocumentState.VOID, DocumentState.WITHDRAWN))

    def unserved(self) -> DocumentQuerySet:
        """Issued papers that have recipients and are not yet served on all of them."""
        return self.filter(state=DocumentState.ISSUED, unserved_count__gt=0)

    def update(self, **values: Any) -> int:
        if set(values) & {*CONTENT, "number", "author", "submitter", "reviewer", "signer", "corrects", "case"}:
            raise DocumentSealed("papers change by actions, one by one")
        return super().update(**values)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("document_detail", args=[self.pk])

    def delete(self):
        raise DocumentSealed("papers are never deleted: a draft is discarded, an issued paper stays")


class Document(DocumentStates, FSMModelMixin, models.Model):
    """One paper of a case, from draft to file. `sections`: parts of text `{code, heading, paragraphs, made}`."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    addressee = models.CharField(_("addressee"), max_length=200, blank=True)
    data = models.JSONField(default=dict, blank=True)
    sections = models.JSONField(default=list, blank=True)
    state = FSMField(
        _("state"), max_length=12, choices=DocumentState.choices, default=DocumentState.DRAFT, protected=True
    )
    number = models.OneToOneField(
        IssuedNumber, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("number of the paper")
    )
    number_text = models.CharField(_("number of the paper"), max_length=80, blank=True, db_index=True)
    drafted_on = models.DateField(
        null=True, blank=True, editable=False, help_text="the day whose names, addresses and courts the text follows"
    )
    worded_on = models.DateField(
        null=True, blank=True, editable=False, help_text="the day whose standing wording the text follows"
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer_name = models.CharField(_("issued in the name of"), max_length=80, blank=True, editable=False)
    seal_name = models.CharField(_("official seal"), max_length=80, blank=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by"))
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("examined by")
    )
    reviewed_on = models.DateField(_("examined on"), null=True, blank=True)
    review_opinion = models.TextField(_("opinion of the examiner"), blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signing_opinion = models.TextField(_("opinion of the signer"), blank=True)
    return_opinion = models.TextField(_("why it was returned"), blank=True)
    unserved_count = models.PositiveSmallIntegerField(_("recipients not yet served"), default=0)
    file = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0, editable=False)
    word_file = models.CharField(max_length=100, blank=True, editable=False)
    word_sha256 = models.CharField(_("digest of the Word file (SHA-256)"), max_length=64, blank=True, editable=False)
    word_size = models.PositiveIntegerField(_("size of the Word file in bytes"), default=0, editable=False)
    text_file = models.CharField(max_length=100, blank=True, editable=False)
    text_sha256 = models.CharField(_("digest of the text (SHA-256)"), max_length=64, blank=True, editable=False)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    history = history()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["case", "kind"], name="document_case_kind"),
            models.Index(fields=["state", "issued_on"], name="document_state"),
            models.Index(fields=["issued_on"], name="document_unserved", condition=Q(unserved_count__gt=0)),
        ]
        constraints = [
            models.CheckConstraint(
                name="document_issued_has_file",
                condition=~Q(state__in=["ISSUED", "FILED"])
                | (~Q(sha256="") & ~Q(file="") & Q(issued_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number_text}".strip()

    def save(self, *args, **kwargs) -> None:
        if sealed := getattr(self, "_sealed", None):
            changed = [name for name, value in sealed.items() if getattr(self, name) != value]
            if changed or self.state not in SEALED:
                raise DocumentSealed(f"an issued paper cannot change: {', '.join(changed) or 'state'}")
        super().save(*args, **kwargs)
        self._remember()

    def delete(self, *args, **kwargs):
        raise DocumentSealed("papers are never deleted: a draft is discarded, an issued paper stays")

    @classmethod
    def from_db(cls, db, field_names, values) -> Document:
        document = super().from_db(db, field_names, values)
        document._remember()
        return document

    def _remember(self) -> None:
        known = self.__dict__
        sealed = known.get("state") in SEALED
        self._sealed = {name: known[name] for name in CONTENT if name in known} if sealed else None

    @property
    def kind_info(self) -> DocumentKind:
        """What governs the paper; of one that corrects another, that paper's kind as a correction of it."""
        kind = kind_of(self.case, self.kind)
        return kind if self.corrects_id is None else correcting(kind, self.corrects)

    def get_state_display(self) -> str:
        if self.state == DocumentState.REVIEWED and not self.kind_info.reviewer_roles:
            return str(WAITING_FOR_SIGNATURE)
        return str(DocumentState(self.state).label)

    def is_own_draft_of(self, person: Any) -> bool:
        """Whether the person drafted the paper or handed it in."""
        return person.pk is not None and person.pk in (self.author_id, self.submitter_id)

    @property
    def is_sealed(self) -> bool:
        return self.state in SEALED

    @property
    def is_editable(self) -> bool:
        return self.state in (DocumentState.DRAFT, DocumentState.RETURNED)

    def attach(self, pdf: bytes, pages: int, word: bytes) -> None:
        """Keep the rendered bytes with their digests; last step of issuing."""
        folder = f"documents/{self.issued_on:%Y}"
        stored = files.store(pdf, folder, "pdf")
        self.file, self.sha256, self.size, self.pages = stored.name, stored.sha256, stored.size, pages
        stored = files.store(word, folder, "docx")
        self.word_file, self.word_sha256, self.word_size = stored.name, stored.sha256, stored.size

    def keep_text(self, content: bytes) -> None:
        """Keep the text that pages show of the issued paper (casemgr/documents/reading.py)."""
        stored = files.store(content, f"documents/{self.issued_on:%Y}", "json")
        self.text_file, self.text_sha256 = stored.name, stored.sha256

    def content(self) -> bytes:
        """The issued PDF. :raises FileDamaged: the bytes are not the issued ones any more."""
        return files.read(self.file, self.sha256)

    def word_content(self) -> bytes:
        """The issued Word file, of papers that have one. :raises FileDamaged:"""
        return files.read(self.word_file, self.word_sha256)


class Service(ServiceStates, FSMModelMixin, models.Model):
    """One attempt to serve a paper on one recipient. `served_on` is as entered, `effective_on` is computed."""

    class Method(models.TextChoices):
        IN_PERSON = "in_person", _("Handed over directly")
        LEFT_BEHIND = "left_behind", _("Left at the home")
        POST = "post", _("Sent by post")
        ELECTRONIC = "electronic", _("Sent electronically")
        ENTRUSTED = "entrusted", _("Through another organ")
        TRANSFERRED = "transferred", _("Passed on by army unit or place of custody")
        PUBLIC_NOTICE = "public_notice", _("By public notice")

    class NoticeGround(models.TextChoices):
        WHEREABOUTS_UNKNOWN = "unknown", _("Whereabouts unknown")
        OTHER_WAYS_FAILED = "failed", _("No other way of service worked")

    class Receiver(models.TextChoices):
        """Who may sign for the recipient: Civil Procedure Law 2023, art. 88."""

        FAMILY = "family", _("Adult family member living with the recipient")
        HEAD = "head", _("Legal representative or person in charge")
        MAIL_ROOM = "mail_room", _("Receiving office of the organisation (mail room, duty room)")
        AGENT = "agent", _("Agent in the case")
        DESIGNATED = "designated", _("Person the recipient named to receive papers")

    class Medium(models.TextChoices):
        """Media by which papers arrive at once: Interpretation of the Civil Procedure Law, art. 135(1)."""

        PLATFORM = "platform", _("Platform for cases or official documents")
        EMAIL = "email", _("E-mail")
        MOBILE = "mobile", _("Message to the mobile phone")
        FAX = "fax", _("Fax")

    class Transferor(models.TextChoices):
        """Who passes papers on: Civil Procedure Law 2023, art. 92, 93."""

        ARMY = "army", _("Political organ of a unit at or above the regiment (serviceman)")
        CUSTODY = "custody", _("Place of custody (imprisoned or detained)")
        EDUCATION = "education", _("Institution of compulsory education")

    class Deemed(models.TextChoices):
        """Why a mailing that came back counts: Interpretation of the Administrative Litigation Law, art. 51(3)."""

        MOVED = "moved", _("Moved without telling in writing")
        WRONG = "wrong", _("The confirmed address was wrong")
        REFUSED = "refused", _("Refused at the confirmed address")

    document = models.ForeignKey(Document, models.PROTECT, related_name="services", verbose_name=_("document"))
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="services", verbose_name=_("recipient")
    )
    method = models.CharField(_("way of service"), max_length=16, choices=Method.choices)
    state = FSMField(_("state"), max_length=12, choices=ServiceState.choices, default=ServiceState.SENT, protected=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    served_on = models.DateField(_("served on"), null=True, blank=True)
    effective_on = models.DateField(_("takes effect on"), null=True, blank=True)
    receiver_name = models.CharField(_("signed for by"), max_length=60, blank=True)
    receiver_kind = models.CharField(_("signed as"), max_length=12, choices=Receiver.choices, blank=True)
    relation = models.CharField(_("relation to the recipient"), max_length=60, blank=True)
    refused_because = models.CharField(_("why reception was refused"), max_length=200, blank=True)
    place = models.CharField(_("place of service"), max_length=200, blank=True)
    witness = models.CharField(_("witness"), max_length=80, blank=True)
    is_recorded = models.BooleanField(_("photographed or filmed"), default=False)
    postal_number = models.CharField(_("postal number"), max_length=40, blank=True)
    medium = models.CharField(_("electronic medium"), max_length=10, choices=Medium.choices, blank=True)
    via = models.CharField(_("organ or institution that delivers"), max_length=120, blank=True)
    via_kind = models.CharField(_("who passes it on"), max_length=10, choices=Transferor.choices, blank=True)
    to_confirmed = models.BooleanField(_("to the confirmed address"), default=False)
    deemed = models.CharField(_("why the returned mail counts"), max_length=10, choices=Deemed.choices, blank=True)
    notice = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the notice's own paper")
    )
    notice_ground = models.CharField(_("why by public notice"), max_length=10, choices=NoticeGround.choices, blank=True)
    paper_was_given = models.BooleanField(_("paper given on request"), default=False)
    paper_asked_on = models.DateField(_("paper asked for on"), null=True, blank=True)
    paper_given_on = models.DateField(_("paper given on"), null=True, blank=True)
    note = models.CharField(_("note on the proof"), max_length=500, blank=True)
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)
    proof_file = models.CharField(max_length=100, blank=True, editable=False)
    proof_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    proof_size = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    class Meta:
        verbose_name = _("service")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "participation"],
                condition=~Q(state__in=["FAILED", "STRUCK"]),
                name="service_once_per_recipient",
            )
        ]
        indexes = [
            models.Index(fields=["effective_on"], name="service_coming", condition=Q(state="SENT")),
            models.Index(fields=["postal_number"], name="service_postal", condition=~Q(postal_number="")),
        ]

    def __str__(self) -> str:
        return f"{self.participation} {self.get_method_display()}"

    @property
    def is_effective(self) -> bool:
        return self.state == ServiceState.EFFECTIVE


class Publication(models.Model):
    """One place where a public notice was posted or printed; the last day of them counts.

    Interpretation of the Civil Procedure Law, art. 138(1).
    """

    class Place(models.TextChoices):
        BOARD = "board", _("Notice board of the organ")
        HOME = "home", _("At the recipient's home")
        NEWSPAPER = "newspaper", _("Newspaper")
        WEBSITE = "website", _("Website or other network medium")

    service = models.ForeignKey(Service, models.PROTECT, related_name="publications", verbose_name=_("service"))
    place = models.CharField(_("where"), max_length=10, choices=Place.choices)
    name = models.CharField(_("board, paper or website"), max_length=200)
    published_on = models.DateField(_("published on"))
    proof_file = models.CharField(max_length=100, blank=True, editable=False)
    proof_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    proof_size = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    history = history()

    class Meta:
        verbose_name = _("publication of a notice")
        ordering = ["published_on", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.published_on}"
