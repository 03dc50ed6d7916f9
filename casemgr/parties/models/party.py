"""Persons, organisations and agencies. Numbers are kept encrypted; names are kept as they are."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgr.audit.access import record_access
from casemgr.audit.fresh import fresh
from casemgr.audit.history import history
from casemgr.organisation.models import Unit
from casemgr.parties import crypto, names
from casemgr.parties.identity import (
    age_on,
    index_group,
    mask_number,
    mask_phone,
    normalise_number,
    normalise_phone,
    told_by,
)

PHONE = "PHONE"
ADULT_AGE = 18  # Civil Code, art. 17


class Party(models.Model):
    """One person, organisation or agency, entered once. `save` keeps the derived search columns and grams in step."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Natural person")
        ORGANISATION = "organisation", _("Organisation")
        AGENCY = "agency", _("Administrative agency")

    class Sex(models.TextChoices):
        MALE = "M", _("Male")
        FEMALE = "F", _("Female")

    class IdentityKind(models.TextChoices):
        RID = "RID", _("Resident identity card")
        HKB = "HKB", _("Household register or birth certificate")
        HMT = "HMT", _("Residence permit for Hong Kong, Macao and Taiwan residents")
        FPR = "FPR", _("Foreigner's permanent residence card")
        PASS = "PASS", _("Passport")
        PERMIT = "PERMIT", _("Mainland travel permit")
        USCC = "USCC", _("Unified social credit code")
        ORG_OLD = "ORG_OLD", _("Old organisation code or registration number")
        NONE = "NONE", _("No document")

    class AgencyKind(models.TextChoices):
        TOWN_GOVERNMENT = "town_government", _("Town or sumu government")
        DEPARTMENT = "department", _("Department of the government")
        BANNER_GOVERNMENT = "banner_government", _("Government of the banner")
        DISPATCHED_ORGAN = "dispatched_organ", _("Dispatched organ of the government")
        DISPATCHED_BODY = "dispatched_body", _("Dispatched body of a department")
        AUTHORISED_ORGANISATION = "authorised_organisation", _("Organisation authorised by law")
        CITY_BRANCH = "city_branch", _("City bureau's branch")
        VERTICAL = "vertical", _("Vertically led agency (tax, customs, finance supervision, state security)")
        JUSTICE_BUREAU = "justice_bureau", _("Justice bureau of the banner")
        OTHER = "other", _("Other agency")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False, default="")
    pinyin = models.CharField(max_length=400, editable=False, default="")
    initials = models.CharField(max_length=200, editable=False, default="")
    organisation_core = models.CharField(max_length=200, editable=False, default="")
    mongolian_name = models.CharField(_("name in Mongolian script"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    ethnicity = models.CharField(_("ethnic group"), max_length=20, blank=True)

    identity_kind = models.CharField(_("identity document"), max_length=8, choices=IdentityKind.choices, blank=True)
    masked_number = models.CharField(_("document number"), max_length=24, blank=True, editable=False)
    identity_cipher = models.BinaryField(null=True, blank=True, editable=False)
    identity_index = models.CharField(max_length=64, blank=True, editable=False, default="")
    identity_note = models.CharField(_("why there is no document"), max_length=200, blank=True)
    masked_phone = models.CharField(_("phone"), max_length=24, blank=True, editable=False)
    phone_cipher = models.BinaryField(null=True, blank=True, editable=False)
    phone_index = models.CharField(max_length=64, blank=True, editable=False, default="")

    address = models.CharField(_("address"), max_length=200, blank=True)
    village = models.CharField(_("village or community"), max_length=80, blank=True)
    service_address = models.CharField(_("address for service"), max_length=200, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=100, blank=True)
    representative_post = models.CharField(_("post of the representative"), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    agency_kind = models.CharField(_("kind of agency"), max_length=24, choices=AgencyKind.choices, blank=True)
    # Nearly always null: an ordinary index on these would tempt SQLite's planner to walk all of its nulls.
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="parties",
        verbose_name=_("unit of the banner"),
    )
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="subordinates",
        verbose_name=_("superior agency"),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    registered_by = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("registered by"),
    )
    registered_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = history(excluded_fields=["identity_index", "phone_index"])

    class Meta:
        verbose_name = _("party")
        indexes = [
            models.Index(fields=["name_key"], name="party_name_key"),
            models.Index(fields=["pinyin", "birth_on"], name="party_pinyin"),
            models.Index(fields=["initials"], name="party_initials"),
            models.Index(fields=["identity_index"], name="party_number"),
            models.Index(fields=["phone_index"], name="party_phone"),
            models.Index(fields=["organisation_core"], name="party_core"),
            models.Index(fields=["unit"], name="party_unit", condition=Q(unit__isnull=False)),
            models.Index(fields=["superior"], name="party_superior", condition=Q(superior__isnull=False)),
            models.Index(fields=["successor"], name="party_successor", condition=Q(successor__isnull=False)),
            models.Index(fields=["merged_into"], name="party_merged", condition=Q(merged_into__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_index"],
                condition=~Q(identity_index="") & Q(merged_into__isnull=True),
                name="party_number_once",
                violation_error_message=_("This document number is already in the registry."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, update_fields=None, **kwargs) -> None:
        if update_fields is None or "name" in update_fields:
            self.derive()
            if update_fields is not None:
                update_fields = {
                    *update_fields,
                    "name_key",
                    "pinyin",
                    "initials",
                    "organisation_core",
                    "mongolian_name",
                }
        super().save(*args, update_fields=update_fields, **kwargs)
        if (pending := self.__dict__.pop("_pending_key", None)) is not None:
            PartyKey.objects.create(party=self, wrapped_key=pending.wrapped_key, key_id=pending.key_id)
        if getattr(self, "_indexed_key", None) != self.name_key:
            self.reindex()

    @classmethod
    def from_db(cls, db, field_names, values) -> Party:
        party = super().from_db(db, field_names, values)
        party._indexed_key = party.__dict__.get("name_key")
        return party

    def derive(self) -> None:
        """Fill the columns that follow from the name; `save` does it, bulk writers call it themselves."""
        self.name = names.stored_name(self.name)
        self.mongolian_name = names.stored_name(self.mongolian_name)
        self.name_key = names.name_key(self.name)[:200]
        self.pinyin = names.full_pinyin(self.name)[:400]
        self.initials = names.pinyin_initials(self.name)[:200]
        is_person = self.kind == self.Kind.PERSON
        self.organisation_core = "" if is_person else names.organisation_core(self.name)[:200]

    def reindex(self) -> None:
        """Bring the gram table in step with the name, former names and aliases."""
        wanted = names.grams(self.name)
        for other in self.other_names.all():
            wanted |= names.grams(other.name)
        known = set(PartyGram.objects.filter(party=self).values_list("gram", flat=True))
        if known - wanted:
            PartyGram.objects.filter(party=self, gram__in=known - wanted).delete()
        PartyGram.objects.bulk_create([PartyGram(gram=gram, party_id=self.pk) for gram in wanted - known])
        self._indexed_key = self.name_key

    # Numbers

    @property
    def identity_last4(self) -> str:
        return self.masked_number[-4:].lstrip("*")

    @property
    def phone_last4(self) -> str:
        return self.masked_phone[-4:].lstrip("*")

    def data_key(self) -> bytes:
        """This party's own key, made at first need. :raises CannotOpen: erased, or FIELD_KEYS lack its wrapping key."""
        if (cached := self.__dict__.get("_data_key")) is not None:
            return cached
        if self.pk is not None and (stored := PartyKey.objects.filter(party_id=self.pk).first()) is not None:
            key = crypto.unwrap(stored.wrapped_key)
        elif self.identity_cipher or self.phone_cipher:
            raise crypto.CannotOpen
        else:
            key = crypto.new_data_key()
            wrapped, key_id = crypto.wrap(key)
            pending = fresh(PartyKey, wrapped_key=wrapped, key_id=key_id)
            if self.pk is not None:
                pending.party = self
                pending.save()
            else:
                self._pending_key = pending
        self._data_key = key
        return key

    def keep_key(self, stored: PartyKey) -> None:
        """Spare `data_key` its query when the row was read before; one that cannot be opened is left to it."""
        with suppress(crypto.CannotOpen):
            self._data_key = crypto.unwrap(stored.wrapped_key)

    def set_number(self, kind: str, text: str, today: date | None = None) -> None:
        """Encrypt and index a checked number; sex and birth follow from a resident number when `today` is given."""
        number = normalise_number(kind, text)
        self.identity_kind = kind
        self.masked_number = mask_number(number)
        self.identity_cipher = self._encrypted(b"identity", number)
        self.identity_index = crypto.blind_index(index_group(kind), number)
        if today is not None and (told := told_by(kind, number, today)):
            self.birth_on, self.sex = told.birth, told.sex

    def set_phone(self, text: str) -> None:
        number = normalise_phone(text)
        self.masked_phone = mask_phone(number)
        self.phone_cipher = self._encrypted(b"phone", number)
        self.phone_index = crypto.blind_index(PHONE, number)

    def open_number(self) -> str:
        """The number for comparison and for printing inside the file; what people see goes through `full_number`."""
        return self._opened(b"identity", self.identity_cipher)

    def open_phone(self) -> str:
        """As `open_number`."""
        return self._opened(b"phone", self.phone_cipher)

    def _encrypted(self, label: bytes, number: str) -> bytes | None:
        if not number:
            return None
        cipher = crypto.encrypt(self.data_key(), label, number.encode())
        self.__dict__.setdefault("_just_set", {})[label] = (cipher, number)
        return cipher

    def _opened(self, label: bytes, cipher: bytes | None) -> str:
        """Decrypted, unless it is what this very object has just encrypted: its snapshot is taken at once."""
        if not cipher:
            return ""
        just_set = self.__dict__.get("_just_set", {}).get(label)
        if just_set is not None and just_set[0] is cipher:
            return just_set[1]
        return crypto.decrypt(self.data_key(), label, cipher).decode()

    def full_number(self, actor, reason: str) -> str:
        """The number in full, with a row in the access log. :raises ValidationError: no reason given."""
        return self._look("document number", self.open_number, actor, reason)

    def full_phone(self, actor, reason: str) -> str:
        """The phone in full, with a row in the access log. :raises ValidationError: no reason given."""
        return self._look("phone", self.open_phone, actor, reason)

    def _look(self, what: str, opened, actor, reason: str) -> str:
        reason = (reason or "").strip()
        if not reason:
            raise ValidationError(
                {"reason": _("Say why you need the full number: the look is recorded with its reason.")}
            )
        number = opened()
        record_access(actor, "full_number_seen", self, reason=reason, what=what)
        return number

    # What may be shown

    def shown_name(self, in_scope: bool, today: date | None = None) -> str:
        """In full inside one's scope; outside it a person's name is masked and a minor has none."""
        if in_scope or self.kind != self.Kind.PERSON:
            return self.name
        if today is not None and self.is_minor_on(today):
            return str(_("Minor, name withheld"))
        return names.list_mask(self.name)

    def shown_address(self, in_scope: bool) -> str:
        """In full inside one's scope; outside it only the village."""
        return self.address if in_scope or self.kind != self.Kind.PERSON else self.village

    def age_on(self, day: date) -> int | None:
        return age_on(self.birth_on, day) if self.birth_on else None

    def is_minor_on(self, day: date) -> bool:
        age = self.age_on(day)
        return age is not None and age < ADULT_AGE

    def survivor(self) -> Party:
        """The record that answers for this one after merges; old ids still resolve."""
        return self._end_of("merged_into")

    def current(self) -> Party:
        """The agency or organisation that answers today: the end of the successor chain after reforms."""
        return self._end_of("successor")

    def _end_of(self, link: str) -> Party:
        party, seen = self, {self.pk}
        while (following := getattr(party, f"{link}_id")) and following not in seen:
            seen.add(following)
            party = getattr(party, link)
        return party


class PartyName(models.Model):
    """A former name, with its span where known, or an alias."""

    class Kind(models.TextChoices):
        FORMER = "former", _("Former name")
        ALIAS = "alias", _("Alias")

    party = models.ForeignKey(Party, models.CASCADE, related_name="other_names", verbose_name=_("party"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False, default="")
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("other name")
        indexes = [models.Index(fields=["name_key"], name="other_name_key")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.derive()
        super().save(*args, **kwargs)
        self.party.reindex()

    def derive(self) -> None:
        """Mend the name and fill its key; `save` does it, bulk writers call it themselves."""
        self.name = names.stored_name(self.name)
        self.name_key = names.name_key(self.name)[:200]


class PartyKey(models.Model):
    """The data key of one party, wrapped by FIELD_KEYS. Outside history: rotation rewraps it, erasure deletes it."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="key")
    wrapped_key = models.BinaryField()
    key_id = models.CharField(max_length=16, db_index=True)

    class Meta:
        verbose_name = _("data key")

    def __str__(self) -> str:
        return f"{self.key_id} · {self.party_id}"


class PartyGram(models.Model):
    """Inverted index of names: one row for each character and each pair (docs/decisions/0002-name-grams.md)."""

    pk = models.CompositePrimaryKey("gram", "party_id")
    gram = models.CharField(max_length=8)
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("name gram")
