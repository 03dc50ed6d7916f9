"""What a person asks about the own data: to see, have a copy, correct, delete, explain (PIPL, art. 44–50)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from casemgr.audit.history import history
from casemgr.organisation.models import Unit
from casemgr.parties.models.party import Party


class RequestState(models.TextChoices):
    RECEIVED = "RECEIVED", _("Registered, identity not checked")
    IDENTIFIED = "IDENTIFIED", _("Identity checked")
    GRANTED = "GRANTED", _("Granted")
    REFUSED = "REFUSED", _("Refused with reasons")
    WITHDRAWN = "WITHDRAWN", _("Taken back by the person")


class DataRequest(FSMModelMixin, models.Model):
    """One request. `due_on` is the office's own target: the statute says "in time" (及时), in no number of days."""

    class Kind(models.TextChoices):
        SEE = "see", _("See the own data")
        COPY = "copy", _("Have a copy")
        CORRECT = "correct", _("Correct or complete")
        DELETE = "delete", _("Delete")
        EXPLAIN = "explain", _("Explain the rules of processing")

    class Requester(models.TextChoices):
        SELF = "self", _("The person")
        GUARDIAN = "guardian", _("Parent or other guardian")
        RELATIVE = "relative", _("Close relative of a deceased person")
        AGENT = "agent", _("Agent with a power of attorney")

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        POST = "post", _("By post")
        ONLINE = "online", _("Online")
        PHONE = "phone", _("By telephone")

    class Ground(models.TextChoices):
        """Why it may be refused; `data_requests.law` has the articles and which request each fits."""

        NOT_IDENTIFIED = "not_identified", _("Identity or authority was not shown")
        NOT_HELD = "not_held", _("Nothing of the kind is held")
        SECRECY = "secrecy", _("A law or regulation asks for secrecy")
        DUTY = "duty", _("It would keep the office from its statutory duty")
        IS_CORRECT = "is_correct", _("Checked: the data are right and complete")
        NO_GROUND = "no_ground", _("No ground for deletion is given")
        RETENTION = "retention", _("The data must be kept; nothing but keeping and protecting is done with them")

    party = models.ForeignKey(Party, models.PROTECT, related_name="data_requests", verbose_name=_("party"))
    kind = models.CharField(_("what is asked"), max_length=8, choices=Kind.choices)
    requester = models.CharField(_("who asks"), max_length=8, choices=Requester.choices)
    requester_name = models.CharField(_("name of who asks"), max_length=100, blank=True)
    purpose = models.CharField(_("own lawful interest"), max_length=300, blank=True)
    wish = models.TextField(_("what exactly"), blank=True)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("office's own target"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party_version = models.PositiveIntegerField()
    state = FSMField(_("state"), max_length=10, choices=RequestState.choices, default="RECEIVED", protected=True)
    identity_check = models.CharField(_("how the identity was checked"), max_length=300, blank=True)
    identified_on = models.DateField(_("checked on"), null=True)
    identified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    compiled_on = models.DateField(_("data compiled on"), null=True)
    ground = models.CharField(_("ground of refusal"), max_length=16, choices=Ground.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("request about personal data")
        ordering = ["-id"]
        indexes = [models.Index(fields=["unit", "-id"], name="data_request_unit")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_on}"

    @property
    def is_open(self) -> bool:
        return self.state in ("RECEIVED", "IDENTIFIED")

    @transition(field="state", source=["RECEIVED", "IDENTIFIED"], target="IDENTIFIED")
    def identify(self) -> None: ...

    @transition(field="state", source="IDENTIFIED", target="GRANTED")
    def grant(self) -> None: ...

    @transition(field="state", source=["RECEIVED", "IDENTIFIED"], target="REFUSED")
    def refuse(self) -> None: ...

    @transition(field="state", source=["RECEIVED", "IDENTIFIED"], target="WITHDRAWN")
    def withdraw(self) -> None: ...
