"""The second factor at the API's log-in: asked for as on the page, where the person has one."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from casemgr.audit.access import record_access
from casemgr.organisation.models import User
from casemgr.organisation.second_factor import Answer, check, is_enrolled, is_required
from casemgr.pages.api.problems import Problem


def demand_second_factor(user: User, code: str, today: date) -> None:
    """:raises Problem: 403, a code is needed or wrong, or the person must enrol first."""
    if not is_enrolled(user):
        if is_required(user, today):
            raise refused(
                user, "second-factor-needed", _("Your role asks for a second factor: set it up on the page first.")
            )
        return
    if not code:
        raise refused(user, "otp-needed", _("Send the code of your second factor as “otp”."))
    answer = check(user, code)
    if answer is Answer.LOCKED:
        raise refused(user, "otp-locked", _("Too many wrong codes: wait a quarter of an hour."))
    if not answer:
        raise refused(user, "otp-wrong", _("The code is wrong or used already. Wait for the next one."))


def refused(user: User, code: str, detail: str) -> Problem:
    """A refusal after the right password, on record."""
    record_access(user, "token_refused", user, why=code)
    return Problem(403, detail, code=code)
