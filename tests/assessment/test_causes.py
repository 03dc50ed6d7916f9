"""Root causes: findings of both procedures, the tables and the cases behind each number, letters and what came back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from casemgr.actions.errors import Forbidden, InvalidInput
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.assessment.causes.definition import Agency, Cause, Finding, SentLetter
from casemgr.assessment.causes.matrix import by_agency, by_article, flaws_of, narrowed
from casemgr.assessment.causes.reading import came_back, findings, letter_lines, letters
from casemgr.assessment.models import CauseRecord, Flaw
from casemgr.cases import events
from casemgr.cases.links import link
from casemgr.cases.models import Act, Case, CaseLink
from casemgr.documents.models import Document
from casemgr.pages.clock import today as clock_today
from litigation.causes import FLAW_OF_REASON
from litigation.terms import LossReason
from reconsideration.causes import FLAW_OF_GROUND, causes_of
from reconsideration.documents.outcomes import OUTCOMES
from reconsideration.terms import FOUND_AT_FAULT, Outcome
from tests.litigation.test_performance import lost
from tests.litigation.test_suggestions import Suggestion
from tests.reconsideration.test_aftermath import OPINION, SERVED, decided, step
from tests.support.papers import an_office, fresh
from tests.support.register import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
POLICE, OTHERS = Agency("u1", "达拉特旗公安局"), Agency("u2", "达拉特旗自然资源局")
ANALYSIS = {"article": "《行政处罚法》第六十三条", "flaw": "未告知听证权利", "lesson": "告知书由法制审核"}


def finding(case_id: int = 2, *flaws: str, **changes: Any) -> Finding:
    values = {
        "source": "reconsideration", "case_id": case_id, "number": f"{case_id}号", "agency": POLICE,
        "on": date(2026, 6, 1), "acted_on": date(2026, 5, 1), "outcome": "撤销",
        "causes": tuple(Cause("第六十四条", flaw) for flaw in flaws),
    }  # fmt: skip
    return Finding(**values | changes)


def letter(answered_on: date | None, *flaws: str) -> SentLetter:
    causes = tuple(Cause("", flaw) for flaw in flaws)
    return SentLetter(
        "reconsideration",
        1,
        "意见书1号",
        "行政复议意见书",
        POLICE,
        date(2026, 1, 5),
        None,
        answered_on,
        None,
        True,
        causes,
    )


ANSWERED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("answered_on", "of_letter", "found", "expected"),
    [
        (ANSWERED, ("facts",), finding(2, "facts"), True),
        (ANSWERED, ("facts", "power"), finding(2, "procedure", "power"), True),
        # not answered yet: it has not come back, it has not gone
        (None, ("facts",), finding(2, "facts"), False),
        # another flaw, another agency, the letter's own case
        (ANSWERED, ("facts",), finding(2, "procedure"), False),
        (ANSWERED, ("facts",), finding(2, "facts", agency=OTHERS), False),
        (ANSWERED, ("facts",), finding(1, "facts"), False),
        # the act was made before the answer, or on its very day, though corrected long after
        (ANSWERED, ("facts",), finding(2, "facts", acted_on=date(2026, 2, 28)), False),
        (ANSWERED, ("facts",), finding(2, "facts", acted_on=ANSWERED), False),
        (ANSWERED, ("facts",), finding(2, "facts", acted_on=date(2026, 3, 2)), True),
        # nobody recorded the day of the act: the day it was found
        (ANSWERED, ("facts",), finding(2, "facts", acted_on=None), True),
        (ANSWERED, ("facts",), finding(2, "facts", acted_on=None, on=ANSWERED), False),
        # a letter or a finding without a flaw says nothing
        (ANSWERED, (), finding(2, "facts"), False),
        (ANSWERED, ("facts",), finding(2), False),
    ],
)
def test_when_a_flaw_came_back(answered_on: Any, of_letter: tuple[str, ...], found: Finding, expected: bool) -> None:
    assert bool(came_back(letter(answered_on, *of_letter), [found])) is expected


CODES = ("facts", "basis", "procedure", "power")
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
FINDINGS = st.lists(
    st.builds(
        lambda case_id, flaws, agency, on, acted_on: finding(case_id, *flaws, agency=agency, on=on, acted_on=acted_on),
        st.integers(1, 9),
        st.sets(st.sampled_from(CODES)).map(sorted),
        st.sampled_from((POLICE, OTHERS)),
        DAYS,
        st.none() | DAYS,
    ),
    max_size=12,
)


@given(FINDINGS, st.none() | DAYS, st.sets(st.sampled_from(CODES)).map(sorted))
def test_what_came_back_only_grows_with_findings_and_shrinks_with_later_answers(
    found: list[Finding], answered_on: date | None, flaws: list[str]
) -> None:
    sent = letter(answered_on, *flaws)
    back = came_back(sent, found)
    for one in back:
        assert one in found
        assert one.agency == sent.agency
        assert set(flaws) & {cause.flaw for cause in one.causes}
        assert (one.acted_on or one.on) > answered_on
    assert len(came_back(sent, [*found, finding(99, "facts")])) >= len(back)
    if answered_on is not None:
        later = letter(answered_on + timedelta(days=30), *flaws)
        assert all(one in back for one in came_back(later, found))


@given(FINDINGS)
def test_every_number_of_a_table_counts_exactly_the_cases_behind_it(found: list[Finding]) -> None:
    names = dict.fromkeys(CODES, "缺陷")

    def cases(chosen: Iterable[Finding]) -> int:
        return len({one.case_id for one in chosen})

    for matrix, side in ((by_agency(found, names), "agency"), (by_article(found, names), "article")):
        for line in matrix.lines:
            assert line.total == cases(narrowed(found, **{side: line.key}))
            for number, (flaw, _name) in zip(line.cells, matrix.flaws, strict=True):
                assert number == cases(narrowed(found, flaw=flaw, **{side: line.key}))
        for number, (flaw, _name) in zip(matrix.foot.cells, matrix.flaws, strict=True):
            slow = {one.case_id for one in found if flaw in flaws_of(one)}
            assert number == len(slow) == cases(narrowed(found, flaw=flaw))
        assert matrix.foot.total == cases(found)


def test_every_ground_and_reason_is_read_or_left_open_on_purpose() -> None:
    silent = {"65-1-1", "65-2-1", "65-2-2"}
    grounds = {ground.code for outcome in FOUND_AT_FAULT for ground in OUTCOMES[outcome].grounds}
    assert grounds - set(FLAW_OF_GROUND) == silent
    assert set(FLAW_OF_REASON) == set(LossReason)
    codes = set(Flaw.objects.values_list("code", flat=True))
    assert {*FLAW_OF_GROUND.values(), *FLAW_OF_REASON.values()} <= codes


def test_a_lawful_change_of_an_agreement_is_no_breach_but_lacks_compensation() -> None:
    """Reconsideration Law 2023, art. 71: paragraph 2 presupposes that change or end were lawful."""
    papers = [Document(data={"grounds": [ground]}) for ground in ("71-1", "71-2")]
    flaws = [[cause.flaw for cause in causes_of(Outcome.AGREEMENT_LIABILITY, [paper])] for paper in papers]
    assert flaws == [["agreement"], ["compensation"]]


def test_a_corrected_act_its_opinion_and_the_flaw_that_came_back() -> None:
    office = an_office()
    case = decided(office, grounds=["64-1", "64-2"], redo_is_ordered=False)
    upheld = decided(office, outcome="upheld", grounds=[], redo_is_ordered=False, redo_term_days=None)
    (one,) = findings(system_actor, TODAY, *YEAR)
    assert (one.case_id, one.agency.name, one.on) == (case.pk, "达拉特旗公安局", date(2026, 10, 20))
    assert one.causes == (
        Cause("《行政复议法》第六十四条第一款第一项", "facts"),
        Cause("《行政复议法》第六十四条第一款第二项", "procedure"),
    )
    assert findings(system_actor, TODAY, date(2026, 10, 21), None) == []
    assert upheld.pk not in {found.case_id for found in findings(system_actor, TODAY, None, None)}

    organ = one.agency
    paper = office.paper(case, "opinion_letter", SERVED, OPINION | {"organ": case.act.agency_id})
    (sent,) = letters(system_actor, TODAY, *YEAR)
    assert (sent.number, sent.agency, sent.flaws) == (paper.number.text, organ, {"facts", "procedure"})
    case = step(office, fresh(case), "letter_received", date(2026, 10, 22), letter=f"letter:{paper.pk}")
    case = step(office, case, "opinion_reported", date(2026, 11, 2), letter=f"letter:{paper.pk}", report="已自查")
    again = decided(office, grounds=["64-2"], redo_is_ordered=False)
    (line,) = letter_lines(letters(system_actor, TODAY, *YEAR), system_actor, TODAY)
    assert (line.letter.answered_on, line.letter.due_on) == (date(2026, 11, 2), date(2026, 12, 21))
    found_on = again.events.get(kind="decided")
    events.record(again, events.CORRECTION, date(2026, 11, 20), corrects=found_on)
    act = Act.objects.get(pk=again.act_id)
    for acted_on, back in ((date(2026, 9, 1), ()), (date(2026, 11, 3), (again.pk,))):
        act.acted_on = acted_on
        act.save()
        (line,) = letter_lines(letters(system_actor, TODAY, *YEAR), system_actor, TODAY)
        assert tuple(found.case_id for found in line.back) == back


def test_a_lost_suit_counts_by_its_analysis_and_not_once_it_is_replaced() -> None:
    suit = lost("annulled")
    (one,) = findings(system_actor, TODAY, *YEAR)
    assert (one.source, one.agency.name, one.flaws) == ("litigation", "达拉特旗公安局", frozenset())
    suit.act("analyse_loss", on=suit.day, reasons=["procedure", "competence", "abuse"], **ANALYSIS)
    (one,) = findings(system_actor, TODAY, *YEAR)
    assert one.causes == (Cause(ANALYSIS["article"], "procedure"), Cause(ANALYSIS["article"], "power"))
    lost("claim_rejected")
    assert len(findings(system_actor, TODAY, *YEAR)) == 1
    suggestion = Suggestion(date(2026, 9, 28), kind="governance", sender="达拉特旗人民法院")
    link(CaseLink.Kind.AROSE_FROM, suggestion.case, suit.case)
    (sent,) = letters(system_actor, TODAY, *YEAR)
    assert (sent.agency, sent.flaws, sent.answered_on) == (one.agency, {"procedure", "power"}, None)
    suggestion.answer(date(2026, 10, 9))
    (sent,) = letters(system_actor, TODAY, *YEAR)
    assert sent.answered_on == date(2026, 10, 9)
    ruling = suit.ruling
    ruling.is_replaced = True
    ruling.save()
    assert findings(system_actor, TODAY, *YEAR) == []


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_tables_lead_to_the_cases_and_the_office_says_what_is_missing() -> None:
    suit = lost("annulled")
    year = suit.ruling.made_on.year
    follower = person("causes-liaison", "liaison", at="150621-SFJ")
    client = as_(follower)
    page = client.get(f"/assessment/causes/?year={year}").content.decode()
    assert "未记录缺陷" in page
    (address, *_more) = re.findall(r'href="(/assessment/causes/cases/\?[^"]*flaw=)"', page)
    rows = client.get(address.replace("&amp;", "&")).content.decode()
    assert suit.case.number in rows
    say = f"/assessment/causes/cases/{suit.case.pk}/"
    assert say in rows
    assert client.post(say, {"case": suit.case.pk, "flaws": []}).status_code == 422
    answer = client.post(say, {"case": suit.case.pk, "flaws": ["procedure"], "article": "第七十条"}, follow=True)
    assert answer.status_code == 200
    assert CauseRecord.objects.get().flaws == ["procedure"]
    (one,) = findings(follower, clock_today(), date(year, 1, 1), date(year, 12, 31))
    assert one.causes == (Cause("第七十条", "procedure"),)
    outsider = person("causes-town", "town", at="150621100")
    assert suit.case.number not in as_(outsider).get(address.replace("&amp;", "&")).content.decode()
    assert as_(outsider).get(say).status_code == 404
    with pytest.raises(Forbidden):
        perform("flaw.add", None, {"code": "x", "name": "x", "order": 1}, outsider, TODAY)
    with pytest.raises(InvalidInput):
        perform("flaw.add", None, {"code": "facts", "name": "x", "order": 1}, follower, TODAY)
    for address in ("/assessment/causes/letters/?from=2026-01-01&to=2026-12-31", "/assessment/causes/flaws/"):
        assert client.get(address).status_code == 200
    assert client.get("/assessment/causes/?from=2026-13-01").status_code == 200
    assert Case.objects.count()
