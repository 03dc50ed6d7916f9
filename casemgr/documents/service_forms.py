"""Forms about the service of an issued paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Participation
from casemgr.documents.forms import proof_field
from casemgr.documents.models import Document, Publication, Service
from casemgr.documents.states import OVER, DocumentState, ServiceState
from casemgr.pages.forms import ContextForm, DateField

Method = Service.Method
CHOOSE = ("", gettext_lazy("Please choose"))
EVERY_WAY = ("participation", "method", "sent_on", "served_on")
BY_WAY: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("signer", (Method.IN_PERSON, Method.POST, Method.ENTRUSTED, Method.TRANSFERRED),
     ("receiver_name", "receiver_kind", "relation")),
    ("left", (Method.LEFT_BEHIND,), ("place", "refused_because", "witness", "is_recorded")),
    ("post", (Method.POST,), ("postal_number",)),
    ("electronic", (Method.ELECTRONIC,), ("medium", "paper_was_given")),
    ("through", (Method.ENTRUSTED, Method.TRANSFERRED), ("via",)),
    ("transferred", (Method.TRANSFERRED,), ("via_kind",)),
    ("notice", (Method.PUBLIC_NOTICE,), ("notice_ground", "published_in", "published_name", "notice")),
)  # fmt: skip
"""Fields that only some ways of service ask for: a page hides the others."""
PROOF_FIELDS = ("note", "proof")


def named(part: Participation) -> str:
    return part.with_role


def unserved_recipients(document: Document) -> list[Participation]:
    """Recipients for whom no service took effect or is under way."""
    taken = {service.participation_id for service in document.services.all() if service.state not in OVER}
    return [part for part in document.kind_info.recipients(document.case) if part.pk not in taken]


class RecipientForm(ContextForm):
    """Base of forms about one recipient who is not served yet."""

    participation = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Recipient"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document: Document = self.subject
        open_parts = unserved_recipients(document)
        field = self.fields["participation"]
        field.queryset = document.case.participations.filter(pk__in=[part.pk for part in open_parts])
        field.label_from_instance = named
        field.error_messages["invalid_choice"] = _(
            "This recipient is already served, or the paper is on its way there: record first that it failed."
        )
        if not self.is_bound and open_parts:
            field.initial = open_parts[0].pk


class ServeForm(RecipientForm):
    """One recipient, one way. Which fields are needed depends on the way of service."""

    takes_numbers = frozenset({"postal_number"})

    method = forms.ChoiceField(label=gettext_lazy("Way of service"), choices=Method.choices, widget=forms.RadioSelect)
    sent_on = DateField(label=gettext_lazy("Sent on"), required=False)
    served_on = DateField(
        label=gettext_lazy("Signed, arrived, left or published on"),
        required=False,
        help_text=gettext_lazy(
            "In person: day of signing. By post: day on the return slip. Electronically: day of arrival. "
            "Public notice: day of publication; it takes effect 30 days later. Leave empty while it is on its way."
        ),
    )
    receiver_name = forms.CharField(
        label=gettext_lazy("Signed for by"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Only when it was not the recipient."),
    )
    receiver_kind = forms.ChoiceField(
        label=gettext_lazy("Signed as"), required=False, choices=[CHOOSE, *Service.Receiver.choices]
    )
    relation = forms.CharField(
        label=gettext_lazy("Relation to the recipient"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("In words, for example: wife, living in the same household."),
    )
    place = forms.CharField(
        label=gettext_lazy("Where it was left"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The recipient's home, or the premises of an organisation."),
    )
    refused_because = forms.CharField(label=gettext_lazy("Why reception was refused"), required=False, max_length=200)
    witness = forms.CharField(
        label=gettext_lazy("Witness"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Of the village or residents' committee or the workplace: name and post."),
    )
    is_recorded = forms.BooleanField(label=gettext_lazy("Photographed or filmed"), required=False)
    postal_number = forms.CharField(label=gettext_lazy("Postal number"), required=False, max_length=40)
    medium = forms.ChoiceField(
        label=gettext_lazy("Electronic medium"),
        required=False,
        choices=[CHOOSE, *Service.Medium.choices],
        help_text=gettext_lazy("Empty: the one the recipient agreed to."),
    )
    paper_was_given = forms.BooleanField(
        label=gettext_lazy("The recipient asked for paper and was given it"), required=False
    )
    via = forms.CharField(label=gettext_lazy("Organ or institution that delivers"), required=False, max_length=120)
    via_kind = forms.ChoiceField(
        label=gettext_lazy("Who passes it on"), required=False, choices=[CHOOSE, *Service.Transferor.choices]
    )
    notice_ground = forms.ChoiceField(
        label=gettext_lazy("Why by public notice"),
        choices=[("", gettext_lazy("— (another way of service)")), *Service.NoticeGround.choices],
        required=False,
    )
    published_in = forms.ChoiceField(
        label=gettext_lazy("Published where"), required=False, choices=[CHOOSE, *Publication.Place.choices]
    )
    published_name = forms.CharField(
        label=gettext_lazy("Name of the board, paper or website"), required=False, max_length=200
    )
    notice = forms.ModelChoiceField(
        Document.objects.none(),
        label=gettext_lazy("The notice as issued"),
        required=False,
        help_text=gettext_lazy("The text of the notice, drafted and issued as a paper of the case."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note on the proof"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Of a public notice: its reason and what was done before it."),
    )
    proof = proof_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document: Document = self.subject
        notices = [kind.code for kind in document.case.definition.document_kinds if kind.purpose == "notice"]
        issued = document.case.documents.filter(kind__in=notices, state__in=(DocumentState.ISSUED, DocumentState.FILED))
        self.fields["notice"].queryset = issued
        self.fields["notice"].label_from_instance = lambda paper: f"{paper.title} {paper.issued_on}"

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the page: the ways of service that ask for the fields ("" for all), and the fields."""
        found = [("", [self[name] for name in EVERY_WAY])]
        found += [(" ".join(ways), [self[name] for name in names]) for _code, ways, names in BY_WAY]
        return [*found, ("", [self[name] for name in PROOF_FIELDS])]


class AttemptForm(RecipientForm):
    """A try that reached nobody: what later has to be shown before a public notice."""

    method = forms.ChoiceField(
        label=gettext_lazy("Way of service"),
        choices=[choice for choice in Method.choices if choice[0] != Method.PUBLIC_NOTICE],
    )
    sent_on = DateField(label=gettext_lazy("Tried on"))
    place = forms.CharField(label=gettext_lazy("Where"), required=False, max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Why it failed"),
        max_length=200,
        help_text=gettext_lazy("For instance: nobody at home, moved away, number not in use."),
    )
    proof = proof_field()


class OnItsWayForm(ContextForm):
    """Base of forms about a service that is on its way."""

    notices: bool | None = None
    """True: only public notices; False: none of them; None: all."""

    service = forms.ModelChoiceField(Service.objects.none(), label=gettext_lazy("Service"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        rows = self.subject.services.filter(state=ServiceState.SENT).select_related("participation")
        if self.notices:
            rows = rows.filter(method=Method.PUBLIC_NOTICE)
        field.queryset = rows
        field.label_from_instance = lambda service: f"{service.participation.name}（{service.get_method_display()}）"
        if not self.is_bound:
            field.initial = next((service.pk for service in field.queryset), None)


class ConfirmServiceForm(OnItsWayForm):
    served_on = DateField(label=gettext_lazy("Arrived on"))
    receiver_name = forms.CharField(
        label=gettext_lazy("Signed for by"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Only when it was not the recipient."),
    )
    receiver_kind = forms.ChoiceField(
        label=gettext_lazy("Signed as"), required=False, choices=[CHOOSE, *Service.Receiver.choices]
    )
    relation = forms.CharField(label=gettext_lazy("Relation to the recipient"), required=False, max_length=60)
    note = forms.CharField(
        label=gettext_lazy("Note on the proof"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )
    proof = proof_field()


class AddProofForm(ContextForm):
    """Which service the signed receipt, return slip or picture belongs to."""

    service = forms.ModelChoiceField(Service.objects.none(), label=gettext_lazy("Which service"))
    proof = proof_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = Service.objects.filter(document_id=self.subject.pk, state=ServiceState.EFFECTIVE, proof_file="")
        self.fields["service"].queryset = waiting.select_related("participation")
        self.fields["proof"].required = True
        if not self.is_bound and (only := list(waiting[:2])) and len(only) == 1:
            self.fields["service"].initial = only[0].pk


class ServiceFailedForm(OnItsWayForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it failed"),
        max_length=200,
        help_text=gettext_lazy(
            "For instance: returned, moved away, refused. A public notice: withdrawn, or defective and how."
        ),
    )


class ReturnedForm(OnItsWayForm):
    """Mail to a confirmed address that came back."""

    returned_on = DateField(label=gettext_lazy("Came back on"))
    deemed = forms.ChoiceField(label=gettext_lazy("Why it came back"), choices=[CHOOSE, *Service.Deemed.choices])
    note = forms.CharField(label=gettext_lazy("Note on the proof"), max_length=500, required=False)
    proof = proof_field()


class PublicationForm(OnItsWayForm):
    """A further place of a running notice, or proof of one."""

    notices = True

    published_in = forms.ChoiceField(label=gettext_lazy("Published where"), choices=Publication.Place.choices)
    published_name = forms.CharField(label=gettext_lazy("Name of the board, paper or website"), max_length=200)
    published_on = DateField(label=gettext_lazy("Published on"))
    proof = proof_field()


class PaperCopyForm(ContextForm):
    """A copy on paper that somebody asks for after electronic service (Civil Procedure Law 2023, art. 90(1))."""

    service = forms.ModelChoiceField(Service.objects.none(), label=gettext_lazy("Service"))
    paper_asked_on = DateField(label=gettext_lazy("Asked for on"))
    paper_given_on = DateField(
        label=gettext_lazy("Given or sent on"), required=False, help_text=gettext_lazy("Empty while it is still owed.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.subject.services.filter(state=ServiceState.EFFECTIVE, method=Method.ELECTRONIC)
        self.fields["service"].queryset = rows.select_related("participation")
        self.fields["service"].label_from_instance = lambda service: service.participation.name
        if not self.is_bound:
            self.fields["service"].initial = next((row.pk for row in rows), None)
