"""Why an action was refused. Each maps to one HTTP status and one sentence a clerk understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Refusal:
    """One reason: `code` for programs, `article` when the law forbids, `field` when one entry is at fault."""

    code: str
    message: str | Promise
    article: str = ""
    field: str | None = None


class ActionError(Exception):
    """Base of all refusals of `perform`; nothing was written."""

    status = 400

    def __init__(self, message: str | Promise = "", refusals: Sequence[Refusal] = ()) -> None:
        self.refusals = tuple(refusals)
        self.message = message or " ".join(str(refusal.message) for refusal in self.refusals)
        super().__init__(str(self.message))


class NotVisible(ActionError):
    """The subject is outside the person's scope; it must look as if it did not exist."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("There is no such record within your scope."))


class Forbidden(ActionError):
    status = 403


class Conflict(ActionError):
    status = 409


class StaleVersion(Conflict):
    """Somebody else changed the subject since the form was opened."""

    def __init__(self, current: int) -> None:
        self.current = current
        super().__init__(
            refusals=[
                Refusal(
                    "stale-version",
                    _(
                        "Somebody changed this record after you opened the page. "
                        "What you typed is kept below: check the new state, then send it again."
                    ),
                )
            ]
        )


class WrongState(Conflict):
    pass


class GuardRefused(Conflict):
    pass


class KeyReused(Conflict):
    pass


class InvalidInput(ActionError):
    """Field errors of the action's form: `form.errors`."""

    status = 422

    def __init__(self, form) -> None:
        self.form = form
        refusals = [
            Refusal("invalid", message, field=None if name == "__all__" else name)
            for name, messages in form.errors.items()
            for message in messages
        ]
        super().__init__(refusals=refusals)
