"""Forms of the steps of a paper. The fields of a kind's own form are mixed in where its data are asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case
from casemgr.documents import text
from casemgr.documents.approvals.rounds import text_of
from casemgr.documents.kinds import DocumentKind, draftable
from casemgr.documents.models import Document
from casemgr.documents.part_names import NEW_PART, part_label
from casemgr.documents.uploads.fields import ExaminedFileField
from casemgr.documents.uploads.file_kinds import PROOF
from casemgr.pages.forms import ContextForm

TEXT_PREFIX, HEADING_PREFIX = "text_", "heading_"
MAX_PROOF_MB = 20


def plain_data(kind: DocumentKind, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The kind's own fields as JSON keeps them; what is empty is left out."""
    kept = {name: cleaned[name] for name in kind.form.base_fields if cleaned.get(name) not in (None, "", False)}
    return {name: _plain(value) for name, value in kept.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "pk"):
        return value.pk
    return value if isinstance(value, str | int | bool | list) else str(value)


class DraftForm(forms.Form):
    """Mixed with the form of the chosen kind (see `draft_form`)."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"))
    corrects = forms.ModelChoiceField(
        Document.objects.none(),
        label=gettext_lazy("Corrects the issued paper"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case: Case = self.subject
        kinds = case.definition.document_kinds
        self.fields["kind"].choices = [(kind.code, kind.name) for kind in kinds]
        self.fields["corrects"].queryset = case.documents.exclude(sha256="")
        if not self.is_bound:
            self.fields["kind"].initial = next((kind.code for kind in draftable(case)), None)

    def clean_corrects(self) -> Document | None:
        """A paper that corrects another moves the case no more: only one of the same kind may."""
        corrected: Document | None = self.cleaned_data["corrects"]
        if corrected is not None and corrected.kind != self.cleaned_data.get("kind"):
            raise forms.ValidationError(_("A paper is corrected by one of the same kind."))
        return corrected


def draft_form(kind: DocumentKind | None) -> type[forms.Form]:
    """The form that drafts a paper: its kind, and what the kind asks for."""
    bases = (DraftForm, kind.form) if kind else (DraftForm, ContextForm)
    return type("DraftForm", bases, {"wants_context": True})


def _rows(section: Mapping[str, Any]) -> int:
    """Lines of a text field that the part fills."""
    return min(max(3, sum(1 + len(line) // 40 for line in section["paragraphs"])), 24)


class EditForm(forms.Form):
    """Text of each part and the kind's data. What an API leaves out stays as it is; a page sends everything."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    addressee = forms.CharField(label=gettext_lazy("Addressee"), max_length=200, required=False)
    rewrite = forms.BooleanField(
        label=gettext_lazy("Draft all text anew from the case (what was typed into the text is lost)"), required=False
    )

    as_typed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    """Keep the text as it is and draft nothing anew: what the page saves by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document: Document = self.subject
        new = {"code": NEW_PART, "heading": "", "paragraphs": []}
        for number, section in enumerate((*document.sections, new), 1):
            code = section["code"]
            self.fields[HEADING_PREFIX + code] = forms.CharField(
                label=_("Heading"), required=False, max_length=60, initial=section["heading"]
            )
            self.fields[TEXT_PREFIX + code] = forms.CharField(
                label=part_label(number, code),
                required=False,
                max_length=40_000,
                initial="\n".join(section["paragraphs"]),
                widget=forms.Textarea({"rows": _rows(section)}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and text.personal_numbers(value, self.today):
                self.add_error(
                    name,
                    _(
                        "A paper's draft holds no identity or mobile number. Delete it; where the form asks for it, "
                        "write a reference like {申请人1证件号码}: it is filled in, masked, when the paper is printed."
                    ),
                )
        return cleaned

    @property
    def kind_fields(self) -> list[forms.BoundField]:
        """What the kind asks for besides the text, as far as its form asks it in this case."""
        asked = self.subject.kind_info.form.base_fields
        return [self[name] for name in self.fields if name in asked]

    def sections(self) -> list[text.Section]:
        """The parts as typed. A part emptied by hand stays, empty, so that it is not drafted again."""
        result = []
        for section in self.subject.sections:
            code = section["code"]
            result.append(section | self._typed(code))
        if (added := self._typed(NEW_PART))["paragraphs"]:
            result.append({"code": self._free_code(), **added, "made": ""})
        return result

    def _typed(self, code: str) -> dict[str, Any]:
        return {
            "heading": self.cleaned_data.get(HEADING_PREFIX + code, "").strip(),
            "paragraphs": text.lines_of(self.cleaned_data.get(TEXT_PREFIX + code, "")),
        }

    def _free_code(self) -> str:
        taken = {section["code"] for section in self.subject.sections}
        return next(code for n in range(1, 100) if (code := f"own{n}") not in taken)


def edit_form(kind: DocumentKind) -> type[forms.Form]:
    """The edit form of a paper of this kind."""
    return type("EditForm", (EditForm, kind.form), {"wants_context": True})


def current_values(document: Document) -> dict[str, Any]:
    """The edit form's fields as they stand, for callers that send only what changes."""
    values: dict[str, Any] = {"title": document.title, "addressee": document.addressee, **document.data}
    for section in document.sections:
        values[HEADING_PREFIX + section["code"]] = section["heading"]
        values[TEXT_PREFIX + section["code"]] = "\n".join(section["paragraphs"])
    return values


class OpinionForm(ContextForm):
    """An opinion for the approval sheet; pages offer the words that fit most often, ready to be changed."""

    offered = "同意。"
    phrase_parts = ("opinion",)

    opinion = forms.CharField(
        label=gettext_lazy("Opinion"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("opinion", self.offered)


class SubmitForm(OpinionForm):
    offered = "拟同意发文，请审签。"


class ReturnForm(ContextForm):
    """What must be changed, and if the examiner likes, the text as they would have it."""

    phrase_parts = ("return",)

    opinion = forms.CharField(
        label=gettext_lazy("What must be changed"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {}
        for number, section in enumerate(self.subject.sections, 1):
            name = TEXT_PREFIX + section["code"]
            self.parts[name] = section
            self.fields[name] = forms.CharField(
                label=part_label(number, section["code"]),
                required=False,
                max_length=40_000,
                initial="\n".join(section["paragraphs"]),
                widget=forms.Textarea({"rows": _rows(section)}),
            )

    @property
    def part_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.parts]

    def proposal(self) -> dict[str, Any] | None:
        """The whole text with what was changed in the form; None when nothing was."""
        proposed = text_of(self.subject)
        is_changed = False
        for section in proposed["sections"]:
            name = TEXT_PREFIX + section["code"]
            if name in self.data and (typed := text.lines_of(self.cleaned_data[name])) != section["paragraphs"]:
                section["paragraphs"], is_changed = typed, True
        return proposed if is_changed else None


class DiscardForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class ProofField(ExaminedFileField):
    """A scan or photo: PDF, JPEG or PNG by its content, examined like every file people bring, at most 20 MB."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(codes=PROOF, most_mb=MAX_PROOF_MB, **kwargs)


def proof_field() -> ProofField:
    return ProofField(
        label=gettext_lazy("Proof (scan or photo)"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 20 MB."),
    )
