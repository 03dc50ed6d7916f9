"""What the ground knows of a kind of paper: a procedure lists its `DocumentKind`s in `Procedure.document_kinds`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.utils.functional import Promise

from casemgr.cases.procedure import get_procedure
from casemgr.documents.rendering import KeyValues, Pictures, SignLines, Table
from casemgr.documents.wording.passages import Passage, spoken
from casemgr.pages.forms import ContextForm

if TYPE_CHECKING:
    from casemgr.cases.models import Case, Participation
    from casemgr.documents.models import Document

Text = str | Promise
Data = Mapping[str, Any]
Block = Table | KeyValues | SignLines | Pictures


@dataclass(frozen=True)
class Missing:
    """Something a paper must say or rest on before it can be issued."""

    code: str
    message: Text
    article: str = ""
    field: str | None = None
    mended_by: str = ""
    """Action on the case that enters it, when the paper's own form does not ask for it."""


@dataclass(frozen=True)
class Part:
    """One part of a paper's text as drafted from the case; `code` names it across redrafts."""

    code: str
    paragraphs: tuple[str, ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class Composed:
    """A paper as drafted from the case. Written in Chinese whatever the language of the pages."""

    parts: tuple[Part, ...]
    addressee: str = ""


class KindForm(ContextForm):
    """Base of what a kind asks for besides its text. Nothing is required of a draft: see `DocumentKind.requires`.

    `subject` is the document, or the case when the paper is drafted.
    """

    @property
    def case(self) -> Case:
        return getattr(self.subject, "case", self.subject)


def _nothing(*args: Any) -> tuple:
    return ()


def _always(*args: Any) -> bool:
    return True


def _no_data(*args: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Issuer:
    """Who issues a paper: the name printed on it, and the name of the seal stamped over that name, on a day."""

    name: Callable[[Case, date], str]
    seal: Callable[[Case, date], str]
    is_sealed_elsewhere: bool = False
    """Whether another organ keeps the seal, and the register of its uses: nobody here is asked to stamp the paper."""

    def __format__(self, _format: str) -> str:
        raise TypeError("an issuer has a name on a day only: issuer.name(case, on)")


@dataclass(frozen=True)
class DocumentKind:
    """One kind of paper.

    `title` and the issuer's name are printed; `series` is the code of its number series, or empty.
    Levels of approval: the author hands in, `reviewer_roles` examine, `signer_roles` sign; a level without roles is
    skipped. What the head of the office may decide needs no examination besides; what the law asks of the head of the
    authority is examined by the head of the office first.
    `compose(case, data, today)` drafts the text (call `composed`); `blocks(case, data)` adds forms and tables to parts
    when printed; `passages` are what the office may word itself in it.
    Issuing performs `issue_action` on the case with `issue_data(document)`; each effective service performs
    `served_action`. `requires(case, data)` lists what is missing before the paper may go on.
    """

    code: str
    name: Text
    title: str
    issuer: Issuer
    compose: Callable[[Case, Data, date], Composed] | None
    states: tuple[str, ...] = ()
    series: str = ""
    drafter_roles: tuple[str, ...] = ("officer", "head")
    reviewer_roles: tuple[str, ...] = ()
    signer_roles: tuple[str, ...] = ("head",)
    issuer_roles: tuple[str, ...] = ("officer", "head")
    form: type[KindForm] = KindForm
    issue_action: str = ""
    issue_data: Callable[[Document], dict[str, Any]] = _no_data
    served_action: str = ""
    recipients: Callable[[Case], Sequence[Participation]] = _nothing
    requires: Callable[[Case, Data], Sequence[Missing]] = _nothing
    blocks: Callable[[Case, Data], Mapping[str, tuple[Block, ...]]] = _no_data
    attachments: Callable[[Case, Data], tuple[str, ...]] = _nothing
    enclosures: Callable[[Case], Sequence[tuple[str, str]]] = _nothing
    """What goes with the draft to whoever signs, inside the office: title and text. The approval sheet prints it."""
    passages: tuple[Passage, ...] = ()
    may_pass_own_draft: bool = False
    """Whether who drafted a paper may also examine or sign it; the approval sheet then says so."""
    layout: Literal["official", "receipt", "record"] = "official"
    issuer_from: Callable[[Case, Data], Issuer] | None = None
    """Who issues this very paper, where that depends on what was entered: one of several agencies that are sued."""
    is_headed: bool = True
    """Whether the issuer's name stands over the title; not over what an agency hands in to a court."""
    signed_by_issuer: bool = True
    """Whether issuer and day stand under the text (a form that people sign by hand has neither)."""
    dated_by_hand: bool = False
    """Whether room is left for the day: the paper is dated when people sign and seal it, not when it is printed."""
    finds_case: bool = False
    """Whether a QR code on the paper leads whoever may see the case to its page."""
    is_single: bool = True
    """Whether the case can have only one living paper of the kind at a time."""
    is_form: bool = False
    """A form to be printed and filled in by hand: drafted and issued in one step."""
    personal: bool = False
    """Whether it works only when the party itself signs for it, as a mediation paper does: never left behind."""
    purpose: Literal["", "receipt", "address", "notice"] = ""
    """What a paper is for that serves others: the service receipt, the confirmation of address, the public notice."""
    offered_if: Callable[[Case], bool] = _always
    """Whether pages offer it in its states: what ends a thing, only while the thing lasts."""
    marks: Callable[[Document], Sequence[Text]] = _nothing
    """What its page says beside the title of what befell it: that a decision was sued over."""
    primary: int = 0
    """The higher, the more likely it is the next paper of the state."""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def issuer_of(self, case: Case, data: Data) -> Issuer:
        """Who issues the paper with these data."""
        return self.issuer_from(case, data) if self.issuer_from else self.issuer

    def composed(self, case: Case, data: Data, today: date, worded_on: date | None = None) -> Composed:
        """The paper as drafted today, in the standing wording of `worded_on`: that of the day a draft was begun."""
        from casemgr.documents.wording.versions import wording_on

        with spoken(wording_on(worded_on or today, self.passages)):
            return self.compose(case, data, today)


def kinds_of(procedure_code: str) -> dict[str, DocumentKind]:
    """The kinds of one procedure by code, in the order it lists them."""
    return {kind.code: kind for kind in get_procedure(procedure_code).document_kinds}


def kind_of(case: Case, code: str) -> DocumentKind:
    """KeyError for a kind the case's procedure does not have."""
    return kinds_of(case.procedure)[code]


def draftable(case: Case) -> list[DocumentKind]:
    """Kinds to offer in the case's state, the likeliest first."""
    kinds = [kind for kind in kinds_of(case.procedure).values() if case.state in kind.states and kind.offered_if(case)]
    return sorted(kinds, key=lambda kind: -kind.primary)
