"""What people can do: an action is one class with its form, roles, guards and effect; `perform` runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.pages.forms import Form

Check = Callable[[Any, Mapping | None, date], bool]
Detail = Callable[[Any, Mapping | None, date], str]


@dataclass(frozen=True)
class Guard:
    """A legal condition. `check(subject, data, today)` is true when it holds.

    `article`: a bare number of the procedure's own statute, like 30(1), or a full citation of another text.
    `needs_data`: judged only with the filled form; otherwise a page can show the refusal before anybody types.
    `message` says what is missing and what to do next; `detail` may add the concrete values.
    """

    code: str
    article: str | Promise
    message: str | Promise
    check: Check
    field: str | None = None
    needs_data: bool = False
    detail: Detail | None = None

    def refusal(self, subject, data: Mapping | None, today: date) -> Refusal | None:
        if self.check(subject, data, today):
            return None
        message = self.message
        if self.detail is not None:
            message = f"{message} {self.detail(subject, data, today)}"
        return Refusal(self.code, message, str(self.article), self.field)


@dataclass
class ActionContext:
    """What an action's effect may need besides its form: who, which day, and the open form itself."""

    actor: Any
    today: date
    form: forms.Form
    key: str | None = None


class EmptyForm(Form):
    """For actions that ask nothing."""


class Action:
    """Subclass, set the class attributes, implement `execute`; register with `registry.register`."""

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    submit_label: ClassVar[str | Promise] = ""
    """What the button of the form says; empty: the label."""
    consequence: ClassVar[str | Promise] = ""
    """Shown on the confirm page of a legally binding step."""
    binding: ClassVar[bool] = False
    primary: ClassVar[int] = 0
    """The offered action with the highest value is the page's next lawful step; 0 never is."""
    form: ClassVar[type[forms.BaseForm]] = EmptyForm
    roles: ClassVar[tuple[str, ...]] = ()
    guards: ClassVar[tuple[Guard, ...]] = ()
    model: ClassVar[type[models.Model] | None] = None
    creates: ClassVar[bool] = False
    """True when `perform` is called with subject=None."""
    listed: ClassVar[bool] = True
    """False for actions that no page offers by themselves."""
    news_fields: ClassVar[tuple[str, ...]] = ()
    """Columns named to a person whose form is out of date; empty: every column with a label."""
    topic: ClassVar[Topic | None] = Topic.COURSE
    """Under which heading its subject's page offers it; None: only beside the thing it works on."""
    nested_only: ClassVar[bool] = False
    """True for what a person causes only through another action, such as deciding by issuing the decision."""

    def label_for(self, subject: models.Model) -> str | Promise:
        """What the step is called on this subject; by default `label`."""
        return self.label

    def consequence_for(self, subject: models.Model) -> str | Promise:
        """What the step brings about on this subject; by default `consequence`."""
        return self.consequence

    def priority(self, subject: models.Model) -> int:
        """How likely the action is the subject's next lawful step; by default `primary`."""
        return self.primary

    def lock(self, subject: models.Model | None) -> models.Model | None:
        """Lock the subject (the case first, then what belongs to it) and return it afresh."""
        if subject is None:
            return None
        return type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)

    def version_of(self, subject: models.Model) -> int | None:
        return getattr(subject, "version", None)

    def form_values(self, subject: models.Model, at: datetime | None) -> Mapping[str, Any]:
        """What the form is filled with, by entry: as it is now, or for the subject as it was `at` a moment before."""
        columns = {column.name: column.attname for column in subject._meta.concrete_fields}
        return {
            name: getattr(subject, columns[name]) for name in getattr(self.form, "base_fields", {}) if name in columns
        }

    def news_lines(self, subject: models.Model, since: datetime) -> list[str]:
        """What else happened to the subject since then, in sentences: rows that hang on it."""
        return []

    def is_visible(self, subject, actor, today: date) -> bool:
        return True

    def is_permitted(self, subject, actor, today: date) -> bool:
        """Whether the actor's roles allow the action on this subject."""
        return bool(set(self.roles) & actor.role_codes(today))

    def forbidden_message(self, subject, actor, today: date) -> str:
        """What a person reads whom `is_permitted` turned away."""
        return _("Your roles do not allow “%(action)s” here.") % {"action": self.label}

    def state_refusal(self, subject, today: date) -> Refusal | None:
        """Why the subject's state forbids the action, or None."""
        return None

    def build_form(self, subject, data: Mapping | None, files: Mapping | None, actor, today: date) -> forms.BaseForm:
        """The bound (or, with `data=None`, unbound) form. Forms that need context take `subject`, `actor`, `today`."""
        if getattr(self.form, "wants_context", False):
            return self.form(data, files, subject=subject, actor=actor, today=today)
        return self.form(data, files)

    def prepare(self, files: Mapping[str, Any]) -> None:
        """Slow work on what was sent, before anything is locked: each file field of the form may look at its files."""
        for name, field in getattr(self.form, "base_fields", {}).items():
            if name in files and hasattr(field, "prepare"):
                field.prepare(files.getlist(name) if hasattr(files, "getlist") else files[name])

    def guard_refusals(self, subject, data: Mapping | None, today: date) -> list[Refusal]:
        """Every guard that refuses, in article order; with `data=None` only those that need none."""
        applicable = (guard for guard in self.guards if data is not None or not guard.needs_data)
        return [refusal for guard in applicable if (refusal := guard.refusal(subject, data, today))]

    def run(self, subject, data: Mapping, context: ActionContext) -> models.Model:
        """What `perform` calls: `execute`, and around it what a kind of subject keeps of every action on it."""
        return self.execute(subject, data, context)

    def execute(self, subject, data: Mapping, context: ActionContext) -> models.Model:
        """Make the change and return the subject (or what was created). Runs inside the transaction."""
        raise NotImplementedError

    @classmethod
    def reason_of(cls, data: Mapping) -> str:
        """What history keeps as the reason."""
        return str(data.get("reason") or "")
