"""Cases still tried under the law of 2017: the papers of 2023 do not fit them, and what the officer does instead.

Their grounds stand in the Implementing Regulation of 2007, whose articles and numbers differ (art. 41: eight grounds
to suspend; art. 42: five to terminate; art. 48: two to dismiss; art. 50: two kinds of cases to mediate).
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard

LAW_2017 = "2017"


def _not_under_the_old_law(advice: str | Promise) -> Guard:
    return Guard("old-law", "", advice, lambda case, data, today: case.law_version != LAW_2017)


not_suspended_under_the_old_law = _not_under_the_old_law(
    gettext_lazy(
        "The case is tried under the law of 2017: make the notice outside this system on article 41 of the regulation "
        "of 2007, serve it, and record its time as time that does not count, kind “suspension of an old case”."
    )
)
not_terminated_under_the_old_law = _not_under_the_old_law(
    gettext_lazy(
        "The case is tried under the law of 2017: make the termination decision outside this system on article 42 of "
        "the regulation of 2007, have it sealed and served, and enter number, day and service as a note on the case. "
        "The register does not close the case by it: tell the head of the office."
    )
)
not_dismissed_under_the_old_law = _not_under_the_old_law(
    gettext_lazy(
        "The case is tried under the law of 2017: make the decision to dismiss the application outside this system on "
        "article 48 of the regulation of 2007, have it sealed and served, and enter number, day and service as a note "
        "on the case. The register does not close the case by it: tell the head of the office."
    )
)
not_mediated_under_the_old_law = _not_under_the_old_law(
    gettext_lazy(
        "The case is tried under the law of 2017: only discretion and compensation can be mediated (article 50 of the "
        "regulation of 2007). Make the mediation paper outside this system, have it signed and sealed, and enter "
        "number and day as a note on the case. The register does not close the case by it: tell the head of the office."
    )
)
