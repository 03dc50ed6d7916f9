"""What the law asks of each way of service, checked on what was entered (Civil Procedure Law 2023, art. 87–95)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casemgr.actions.errors import Refusal
from casemgr.cases.models import Participation
from casemgr.cases.representation.acting import SPEAKERS
from casemgr.documents.models import Document, Publication, Service
from casemgr.documents.service_addresses.consent import agreed_electronically
from casemgr.documents.service_rules import LAW, citation
from casemgr.documents.states import ServiceState
from casemgr.parties.models import Party

Data = Mapping[str, Any]
Method, Receiver = Service.Method, Service.Receiver
ONLY_PEOPLE = frozenset({Receiver.FAMILY})
ONLY_ORGANISATIONS = frozenset({Receiver.HEAD, Receiver.MAIL_ROOM})
PERSONAL_ARTICLE = gettext_lazy("Interpretation of the Civil Procedure Law, article 133")
PLACES_ARTICLE = gettext_lazy("Interpretation of the Civil Procedure Law, article 138")
IMPERSONAL = frozenset({Method.LEFT_BEHIND, Method.PUBLIC_NOTICE})
TO_BE_TRIED = (Method.IN_PERSON, Method.POST)
"""What must have failed before a public notice because no other way worked; what was agreed electronically, too."""
STANDS_FOR = {
    Method.IN_PERSON: {Method.IN_PERSON, Method.LEFT_BEHIND, Method.ENTRUSTED, Method.TRANSFERRED},
    Method.POST: {Method.POST},
    Method.ELECTRONIC: {Method.ELECTRONIC},
}


def of_way(data: Data, recipient: Participation, document: Document) -> list[Refusal]:
    """What the way of service chosen lacks, and whether the kind of paper allows it."""
    found = list(_of_kind(data, recipient, document))
    if check := _CHECKS.get(data["method"]):
        found += check(data, recipient)
    return found


def _of_kind(data: Data, recipient: Participation, document: Document) -> Iterator[Refusal]:
    """A paper that works only when its party signs for it reaches nobody behind their back."""
    if not document.kind_info.personal:
        return
    if data["method"] in IMPERSONAL:
        message = _(
            "“%(paper)s” goes to the party in person: it can neither be left behind nor served by public notice. "
            "If the party does not take it, the mediation has failed."
        )
        yield Refusal("personal", message % {"paper": document.title}, str(PERSONAL_ARTICLE), "method")
    is_person = recipient.party.kind == Party.Kind.PERSON
    receiver = data.get("receiver_name")
    if is_person and receiver and receiver != recipient.name and data.get("receiver_kind") != Receiver.DESIGNATED:
        message = _(
            "For this paper only the party signs, or a person whom the party has named to receive papers because it "
            "cannot come itself."
        )
        yield Refusal("personal-receiver", message, str(PERSONAL_ARTICLE), "receiver_kind")


def _signed(data: Data, recipient: Participation) -> Iterator[Refusal]:
    """Who may sign besides the recipient (art. 88)."""
    receiver, kind = data.get("receiver_name"), data.get("receiver_kind")
    article = str(LAW) % "88"
    if receiver and receiver != recipient.name and not kind and not data.get("relation"):
        message = _(
            "Somebody else signed: say in what relation they stand (adult family member living with the recipient, "
            "legal representative, mail-room, agent, appointed receiver)."
        )
        yield Refusal("relation-missing", message, article, "relation")
    if kind and not receiver:
        yield Refusal("receiver-missing", _("Enter the name of who signed."), article, "receiver_name")
    is_person = recipient.party.kind == Party.Kind.PERSON
    if kind in ONLY_PEOPLE and not is_person:
        message = _("An organisation has no family: its head, its mail room, an agent or a named receiver signs.")
        yield Refusal("no-family", message, article, "receiver_kind")
    if kind in ONLY_ORGANISATIONS and is_person:
        message = _(
            "For a person sign: an adult of the family who lives with them, an agent, or somebody they have named."
        )
        yield Refusal("no-mail-room", message, article, "receiver_kind")
    if kind == Receiver.AGENT and receiver and not _is_agent_of(recipient, receiver, data.get("served_on")):
        message = _(
            "%(agent)s is not recorded as an agent of %(name)s for that day. Record the power of attorney on the case "
            "page first, or serve the party itself."
        )
        yield Refusal("no-agent", message % {"agent": receiver, "name": recipient.name}, article, "receiver_kind")


def _is_agent_of(recipient: Participation, name: str, on: date | None) -> bool:
    """Whether somebody of this name speaks for the recipient's party in the case, on the day if it is known."""
    speaking = Participation.objects.filter(case_id=recipient.case_id, role__in=SPEAKERS, name=name)
    for part in speaking.select_related("represents").prefetch_related("mandates__principal"):
        powers = [one for one in part.mandates.all() if one.principal.party_id == recipient.party_id]
        if any(on is None or power.stands_on(on) for power in powers):
            return True
        if part.group_id is not None and part.group_id == recipient.group_id:
            return True
        if not powers and part.represents is not None and part.represents.party_id == recipient.party_id:
            return True
    return False


def _left_behind(data: Data, recipient: Participation) -> Iterator[Refusal]:
    article = citation(Method.LEFT_BEHIND)
    if not data.get("witness") and not data.get("is_recorded"):
        message = _(
            "Leaving a paper behind needs a witness from the local organisation or workplace, "
            "or photographs or a film of it."
        )
        yield Refusal("no-witness", message, article, "witness")
    elif not data.get("is_recorded") and not data.get("refused_because") and not data.get("note"):
        message = _("Before a witness, why reception was refused is noted on the receipt: enter it.")
        yield Refusal("no-refusal-reason", message, article, "refused_because")


def _electronic(data: Data, recipient: Participation) -> Iterator[Refusal]:
    article = citation(Method.ELECTRONIC)
    consents, address = agreed_electronically(recipient, data.get("sent_on") or data.get("served_on"))
    if not consents:
        message = _(
            "The recipient has not agreed to electronic service. Record the consent first, or serve in another way."
        )
        yield Refusal("no-consent", message, article, "method")
    elif not address:
        message = _("No system or address of the recipient is recorded in which the paper could arrive.")
        yield Refusal("no-system", message, article, "method")


def _post(data: Data, recipient: Participation) -> Iterator[Refusal]:
    if not data.get("postal_number"):
        message = _("Enter the postal number: the return slip is found by it.")
        yield Refusal("no-postal-number", message, citation(Method.POST), "postal_number")
    yield from _signed(data, recipient)


def _through(data: Data, recipient: Participation) -> Iterator[Refusal]:
    article = citation(data["method"])
    if not data.get("via"):
        message = _("Name the organ or institution through which the paper is delivered.")
        yield Refusal("no-deliverer", message, article, "via")
    if data["method"] == Method.TRANSFERRED:
        if not data.get("via_kind"):
            message = _(
                "A paper is passed on only to servicemen, by the political organ of their regiment or above, and to "
                "people in custody or compulsory education, by the institution. Choose which."
            )
            yield Refusal("no-transferor", message, article, "via_kind")
        if recipient.party.kind != Party.Kind.PERSON:
            message = _("A paper is passed on to people only. Serve the organisation at its seat.")
            yield Refusal("transfer-to-organisation", message, article, "method")
    yield from _signed(data, recipient)


def _public_notice(data: Data, recipient: Participation) -> Iterator[Refusal]:
    article = citation(Method.PUBLIC_NOTICE)
    ground = data.get("notice_ground")
    if not ground:
        message = _(
            "Public notice is allowed only when the whereabouts are unknown or no other way worked. Choose which."
        )
        yield Refusal("no-notice-ground", message, article, "notice_ground")
    if not data.get("note"):
        message = _(
            "Reason and course of the public notice must be noted in the file: "
            "write where it was published and what was tried before."
        )
        yield Refusal("no-notice-record", message, article, "note")
    if not data.get("published_in") or not data.get("published_name"):
        message = _("Enter where the notice was published: the kind of place and its name.")
        yield Refusal("no-publication", message, article, "published_in")
    if data.get("published_in") == Publication.Place.HOME and not data.get("proof"):
        message = _("Posting at the recipient's home is photographed or filmed: add the picture.")
        yield Refusal("no-picture", message, str(PLACES_ARTICLE), "proof")
    if ground == Service.NoticeGround.OTHER_WAYS_FAILED and (untried := not_tried(recipient)):
        ways = pgettext("between two names", ", ").join(str(Method(method).label) for method in untried)
        message = _("No failed attempt is recorded yet for: %(ways)s. Record each attempt with its day and reason.")
        yield Refusal("not-tried", message % {"ways": ways}, article, "notice_ground")


def attempts(recipient: Participation) -> list[Service]:
    """What was tried in vain on this recipient with any paper of the case, in order."""
    rows = recipient.services.filter(state=ServiceState.FAILED).exclude(method=Method.PUBLIC_NOTICE)
    return list(rows.order_by("sent_on", "pk"))


def not_tried(recipient: Participation) -> list[str]:
    """Ways of service that were not yet tried in vain."""
    tried = {service.method for service in attempts(recipient)}
    wanted = [*TO_BE_TRIED, *([Method.ELECTRONIC] if recipient.consents_to_electronic_service else [])]
    return [method for method in wanted if not tried & STANDS_FOR[method]]


_CHECKS: dict[str, Callable[[Data, Participation], Iterator[Refusal]]] = {
    Method.IN_PERSON: _signed,
    Method.LEFT_BEHIND: _left_behind,
    Method.ELECTRONIC: _electronic,
    Method.POST: _post,
    Method.ENTRUSTED: _through,
    Method.TRANSFERRED: _through,
    Method.PUBLIC_NOTICE: _public_notice,
}
