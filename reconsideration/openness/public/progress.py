"""How far a case is, for whoever has its code: no names, no numbers; the next days and why, what to bring, what
silence means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.deadline_rows import rule_by, rule_name
from casemgr.cases.models import Deadline
from casemgr.cases.procedure import Text
from casemgr.documents.redaction.finding import propose
from casemgr.documents.redaction.persons import known_words
from casemgr.pages.articles import basis_in_words
from reconsideration.models import QueryCode, ReconsiderationCase
from reconsideration.timelimits.laws import LAW_2023

TOLD = ("R-ACC", "R-CORR-2", "R-REPLY", "R-REPLY-S", "R-DEC", "R-DEC-S", "R-SUE15", "R-REDO")
OWN = ("R-SUE15",)
"""Of these only the person's own."""


@dataclass(frozen=True)
class Words:
    """`stage` in plain words, what to bring, and what it means when nothing comes."""

    stage: str | Promise
    bring: str | Promise = ""
    silence: str | Promise = ""


_UNDER_TRIAL = _(
    "If no decision has reached you when the decision period has ended, you can sue within fifteen days after it "
    "(Administrative Litigation Law, art. 45)."
)
WORDS: dict[str, Words] = {
    "RECEIVED": Words(
        _("Your application has arrived. It is being examined whether it is accepted."),
        _("Nothing for now. Keep your identity card and the paper you complain about at hand."),
        _("If you hear nothing until then, your application counts as accepted, article 30(3)."),
    ),
    "CORRECTING": Words(
        _("Something is missing in your application. The correction notice lists everything that is needed."),
        _("What the correction notice lists, at the counter or by post."),
        _("If you do not bring it in time and have no good reason, the application counts as given up, article 31(2)."),
    ),
    "NOT_ACCEPTED": Words(
        _("Your application was not accepted. The paper says why."),
        "",
        _("You can sue within the period the paper names."),
    ),
    "ABANDONED": Words(_("The application counts as given up or was taken back.")),
    "NOT_HANDLED": Words(_("You were told that the same matter is not handled again.")),
    "ACCEPTED": Words(_("Your application is accepted. The agency is asked to answer."), "", _UNDER_TRIAL),
    "AWAIT_REPLY": Words(
        _("The agency has been asked for its reply and its evidence."),
        _("You can read and copy its reply and evidence once they are here; bring your identity card."),
        _("If the agency does not answer in time, its act counts as without evidence, article 70."),
    ),
    "IN_REVIEW": Words(
        _("The case is under review. Your opinion is heard before the decision."),
        _("Further evidence, if you have any, and your identity card when you come."),
        _UNDER_TRIAL,
    ),
    "SUSPENDED": Words(
        _("The case is suspended. The notice says why; when the reason is gone it goes on."),
        "",
        _("While it is suspended the decision period does not run."),
    ),
    "DECIDED": Words(
        _("The decision has been made and is on its way to you."),
        _("Your identity card, if you fetch it at the counter."),
        _("It takes effect for you on the day you receive it, article 75(2)."),
    ),
    "DISMISSED": Words(
        _("The application was dismissed. The paper says why."), "", _("You can sue within the period the paper names.")
    ),
    "MEDIATED": Words(_("The case was closed by mediation. The mediation paper is binding.")),
    "TERMINATED": Words(_("The case was ended without a decision. The paper says why.")),
    "TAKEN_UP": Words(
        _("A superior authority tries your case now. Its own notice tells you more."),
        "",
        _("Its decision period begins on the day it receives the papers."),
    ),
    "SERVED": Words(
        _("The decision is in effect."),
        "",
        _("Whoever does not sue in time can no longer attack it; the agency must perform it."),
    ),
    "PERFORMING": Words(
        _("The agency must perform the decision; the office sees to it."),
        _("Tell the office when you got what the decision gives you, or when the day has passed."),
        _("If nothing happens in time, the agency is ordered to perform, article 77."),
    ),
    "PERFORMED": Words(_("The decision has been performed.")),
    "ARCHIVED": Words(
        _("The case is closed and its file is archived. You can ask to read it with your identity card.")
    ),
    "VOID": Words(_("The entry was made by mistake. Ask at the counter.")),
}


@dataclass(frozen=True)
class NextDay:
    on: date
    name: Text
    article: str
    counted_from: date
    on_expiry: Text
    is_estimated: bool


@dataclass(frozen=True)
class Happened:
    """A milestone by its kind's name: its own sentence may tell more than is for here."""

    label: Text
    on: date


@dataclass(frozen=True)
class Progress:
    words: Words
    happened: list[Happened]
    days: list[NextDay]
    items: list[str]


def progress_of(code: QueryCode) -> Progress:
    """What the page tells; it is looked up once the code was right."""
    case = ReconsiderationCase.objects.prefetch_related("events").get(pk=code.case_id)
    kinds = {kind.code: kind for kind in case.definition.event_kinds if kind.is_milestone}
    happened = {
        (fact.kind, fact.occurred_on): Happened(kinds[fact.kind].label, fact.occurred_on)
        for fact in events.facts_of(case)
        if fact.kind in kinds and fact.occurred_on
    }
    return Progress(
        words=WORDS.get(case.state, WORDS["VOID"]),
        happened=list(happened.values()),
        days=_days(case, code.participation.party_id),
        items=_items(case) if case.state == "CORRECTING" else [],
    )


def _days(case: ReconsiderationCase, party_id: int) -> list[NextDay]:
    rows = Deadline.objects.filter(case_id=case.pk, rule__in=TOLD, status=Deadline.Status.OPEN, due_on__isnull=False)
    found = []
    for row in rows.order_by("due_on", "pk"):
        if row.rule in OWN and row.party_id != party_id:
            continue
        rule = rule_by(row.rule, row.law)
        article = basis_in_words(rule.citation.partition("；")[0], str(LAW_2023.name)) if rule else ""
        is_estimated = row.calendar_status != "published"
        on_expiry = rule.on_expiry if rule else ""
        name = rule_name(row.rule, row.law)
        found.append(NextDay(row.due_on, name, article, row.start_on, on_expiry, is_estimated))
    return found


def _items(case: ReconsiderationCase) -> list[str]:
    """What the notice asks for, without names and numbers that an officer may have written into it."""
    items = [str(one) for one in case.facts.correction_items]
    persons = known_words(case)
    for found in propose(items, persons.known, exempt=persons.exempt):
        items = [text.replace(found.words, found.replacement) for text in items]
    return items


__all__ = ["WORDS", "Happened", "NextDay", "Progress", "Words", "progress_of"]
