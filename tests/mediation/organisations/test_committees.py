"""Committees and mediators: composition as the law asks it, terms, the notice to the court, misconduct."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, NotVisible
from casemgr.actions.perform import perform
from casemgr.cases.models import Referral
from casemgr.organisation.office import seal_on
from casemgr.organisation.scope import scope
from mediation.models import Committee, Engagement, Filing, Mediator
from mediation.organisations.api import COMMITTEES
from mediation.organisations.findings import findings, findings_of
from mediation.organisations.roster import mediator_lines
from mediation.organisations.sealing import may_seal, sealing_unit
from tests.support.mediation import dispute
from tests.support.organisations import FOUNDED, TODAY, committee_row, mediator_row, town, whole_committee
from tests.support.register import person

pytestmark = pytest.mark.django_db
OFFICE = "150621100"


@pytest.fixture
def clerk():
    return person("town-1", "town", at=OFFICE)


def fresh(user):
    """As in the next request: a person's scope is kept for one request only."""
    return type(user).objects.get(pk=user.pk)


def found(clerk, **changed) -> Committee:
    sent = {
        "area": town().pk, "kind": "town", "name": "树林召镇人民调解委员会", "number_word": "树",
        "is_multiethnic": "on", "founded_by": "树林召镇", "founded_on": FOUNDED.isoformat(), **changed,
    }  # fmt: skip
    return perform("committee.found", None, sent, clerk, TODAY)


def enter(clerk, committee, name, **changed) -> Mediator:
    sent = {
        "committee": committee.pk, "name": name, "sex": "M", "ethnicity": "汉族", "position": "member",
        "how": "elected", "from_on": FOUNDED.isoformat(), "is_listed": "on", **changed,
    }  # fmt: skip
    return perform("mediator.register", None, sent, fresh(clerk), TODAY)


MEN = [("M", "汉族", "chair")] + [("M", "汉族", "member")] * 8


@pytest.mark.parametrize(
    ("people", "codes"),
    [
        ([], ["members", "chair", "woman", "minority"]),
        ([("M", "汉族", "chair"), ("F", "蒙古族", "member")], ["members"]),
        ([("M", "汉族", "chair"), ("F", "汉族", "member"), ("M", "蒙古族", "member")], []),
        ([("M", "汉族", "chair"), ("F", "汉族", "chair"), ("M", "蒙古族", "member")], ["chair"]),
        ([("M", "汉族", "chair"), ("F", "汉族", "member"), ("M", "汉族", "member")], ["minority"]),
        ([("M", "蒙古族", "chair"), ("M", "汉族", "member"), ("M", "汉族", "member")], ["woman"]),
        ([*MEN[:8], ("F", "蒙古族", "member")], []),
        ([*MEN, ("F", "蒙古族", "member")], ["members"]),
        ([*MEN[:3], ("F", "蒙古族", "mediator")], ["woman", "minority"]),
    ],
)
def test_what_the_law_asks_of_the_members(people, codes) -> None:
    """People's Mediation Law, art. 8: three to nine, a woman, a minority; hired mediators are no members."""
    committee = committee_row()
    for sex, ethnicity, position in people:
        how = "hired" if position == "mediator" else "elected"
        mediator_row(committee, sex=sex, ethnicity=ethnicity, position=position, how=how)
    assert [finding.code for finding in findings(committee, TODAY)] == codes


def test_where_one_nationality_lives_no_minority_is_asked_for() -> None:
    committee = whole_committee()
    mongolian = Mediator.objects.get(ethnicity="蒙古族")
    mongolian.ethnicity = "汉族"
    mongolian.save()
    assert [finding.code for finding in findings(committee, TODAY)] == ["minority"]
    committee.is_multiethnic = False
    assert findings(committee, TODAY) == []


def test_the_term_lasts_three_years_to_the_day() -> None:
    committee = whole_committee(founded_on=date(2023, 11, 24))
    assert committee.term_until == date(2026, 11, 23)
    assert findings(committee, date(2026, 11, 23)) == []
    assert [finding.code for finding in findings(committee, date(2026, 11, 24))] == ["term"]


def test_findings_of_many_committees_take_one_query(django_assert_num_queries) -> None:
    committees = [whole_committee() for _ in range(3)]
    with django_assert_num_queries(1):
        assert all(not rows for rows in findings_of(committees, TODAY).values())


def test_a_committee_is_entered_with_its_seal_and_the_court_is_to_be_told(clerk) -> None:
    committee = found(clerk)
    enter(clerk, committee, "韩有全", position="chair")
    assert (committee.unit.code, committee.unit.parent, committee.term_until) == (
        "150621100-T01", town(), date(2028, 3, 2),
    )  # fmt: skip
    assert seal_on(committee.unit.code, TODAY) == "树林召镇人民调解委员会"
    filing = Filing.objects.get(committee=committee)
    assert (filing.matter, filing.court_informed_on, filing.due_on) == ("founded", None, None)


def test_a_later_change_of_members_is_told_by_itself(clerk) -> None:
    section = person("section", "guidance", at="150621")
    committee = found(clerk)
    mediator = enter(clerk, committee, "韩有全", position="chair")
    told = {"court_informed_on": "2026-01-05", "court": "达拉特旗人民法院"}
    perform("filing.complete", Filing.objects.get(), told, section, TODAY)
    sent = {"engagement": mediator.engagements.get().pk, "ended_on": "2026-11-02", "ground": "own_request"}
    perform("mediator.end_engagement", mediator, sent, fresh(clerk), TODAY)
    assert list(Filing.objects.open().values_list("matter", "happened_on")) == [("members", date(2026, 11, 2))]
    with pytest.raises(Forbidden):
        perform("filing.complete", Filing.objects.last(), told, fresh(clerk), TODAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "street"}, "kind"),
        ({"kind": "trade"}, "trade"),
        ({"founded_on": "2026-12-01"}, "founded_on"),
        ({"area": 0}, "area"),
    ],
)
def test_what_a_committee_cannot_be(clerk, changed, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        found(clerk, **changed)
    assert field in refused.value.form.errors


def test_one_committee_a_town_and_one_word_each(clerk) -> None:
    found(clerk)
    with pytest.raises(GuardRefused) as refused:
        found(clerk)
    assert {refusal.code for refusal in refused.value.refusals} == {"name-taken", "word-taken", "one-each"}


def test_a_town_reaches_only_its_own(clerk) -> None:
    foreign = committee_row(town("150621101"))
    with pytest.raises(InvalidInput):
        found(clerk, area=town("150621101").pk)
    with pytest.raises(NotVisible):
        perform("committee.end", foreign, {"ended_on": "2026-11-01", "reason": "合并"}, clerk, TODAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"how": "hired"}, "how"),  # members of a village committee are elected, art. 9(1)
        ({"position": "mediator"}, "how"),
        ({"birth_year": 2010}, "birth_year"),
        ({"from_on": "2024-01-01"}, "from_on"),
        ({"salaried_until": "2026-01-01"}, "salaried_from"),
        ({"specialities": "电话13800001234"}, "specialities"),
    ],
)
def test_what_an_entry_of_a_mediator_cannot_say(clerk, changed, field) -> None:
    committee = committee_row(kind="village")
    with pytest.raises(InvalidInput) as refused:
        enter(clerk, committee, "折茂林", **changed)
    assert field in refused.value.form.errors


def test_who_was_elected_is_removed_and_who_was_hired_is_dismissed(clerk) -> None:
    """People's Mediation Law, art. 15."""
    committee = whole_committee()
    elected, hired = mediator_row(committee), mediator_row(committee, position="mediator", how="hired")
    sent = {"committee": committee.pk, "ground": "gain", "decided_on": "2026-11-10", "decided_by": "村民会议"}
    for mediator, wrong, right in ((elected, "dismissal", "removal"), (hired, "removal", "dismissal")):
        with pytest.raises(InvalidInput):
            perform("mediator.sanction", mediator, {**sent, "kind": wrong}, clerk, TODAY)
        perform("mediator.sanction", mediator, {**sent, "kind": "criticism"}, clerk, TODAY)
        assert mediator.is_active(TODAY)
        perform("mediator.sanction", mediator, {**sent, "kind": right}, clerk, TODAY)
        row = mediator.engagements.get()
        assert (row.ended_on, row.end_ground) == (date(2026, 11, 10), "misconduct")
        assert mediator.sanctions.count() == 2


def test_a_new_election_ends_who_is_not_elected_again(clerk) -> None:
    committee = whole_committee(founded_on=date(2023, 11, 1))
    staying = committee.engagements.order_by("pk")[:2]
    sent = {"term_from": "2026-11-01", "staying": [row.pk for row in staying]}
    committee = perform("committee.renew", committee, sent, clerk, TODAY)
    assert committee.term_until == date(2029, 10, 31)
    assert committee.engagements.in_force(TODAY).count() == 2
    assert set(committee.engagements.in_force(TODAY).values_list("until_on", flat=True)) == {date(2029, 10, 31)}


def test_a_committee_with_open_cases_is_not_ended(clerk) -> None:
    committee = whole_committee()
    case = dispute(TODAY, TODAY, at=committee.unit)
    sent = {"ended_on": "2026-11-20", "reason": "村改居"}
    with pytest.raises(GuardRefused) as refused:
        perform("committee.end", committee, sent, clerk, TODAY)
    assert [refusal.code for refusal in refused.value.refusals] == ["open-cases"]
    type(case).objects.filter(pk=case.pk).update(stage="closed")
    committee = perform("committee.end", committee, sent, clerk, TODAY)
    assert (committee.state, committee.unit.ended_on) == ("ENDED", date(2026, 11, 19))
    assert not committee.engagements.in_force(TODAY).exists()
    assert findings(committee, TODAY) == []


def test_salary_counts_by_its_days() -> None:
    mediator = mediator_row(committee_row())
    assert not mediator.is_salaried(TODAY)
    mediator.salaried_from, mediator.salaried_until = TODAY - timedelta(days=9), TODAY
    assert [mediator.is_salaried(TODAY + timedelta(days=n)) for n in (-10, -9, 0, 1)] == [False, True, True, False]


def test_the_seal_is_the_committees_and_its_keeper_may_set_it(clerk) -> None:
    committee = whole_committee()
    keeper = person("keeper", "mediator", at=committee.unit.code)
    secretary = person("secretary", "committee", at=committee.unit.code)
    assert sealing_unit(committee.unit) == committee.unit
    assert sealing_unit(town()) is None
    assert not may_seal(keeper, committee.unit, TODAY)
    mediator = committee.engagements.first().mediator
    perform("mediator.link_account", mediator, {"user": keeper.pk}, clerk, TODAY)
    perform("committee.change", committee, {"founded_by": "镇政府", "seal_keeper": mediator.pk}, secretary, TODAY)
    assert may_seal(keeper, committee.unit, TODAY)
    assert may_seal(secretary, committee.unit, TODAY)
    assert not may_seal(clerk, committee.unit, TODAY)


def test_the_roster_names_nothing_personal_and_leaves_out_who_is_not_listed(clerk) -> None:
    committee = found(clerk)
    enter(clerk, committee, "韩有全", position="chair", specialities="草牧场", education="college", birth_year=1970)
    enter(clerk, committee, "苗凤英", is_listed="")
    lines = mediator_lines(TODAY)
    assert [line[0] for line in lines] == ["韩有全"]
    assert lines[0][1:2] + lines[0][3:] == ("树林召镇人民调解委员会", "", "草牧场")


def test_a_page_of_committees_reads_the_members_once(clerk, django_assert_max_num_queries) -> None:
    for _each in range(6):
        whole_committee()
    assert scope(clerk, TODAY).procedures
    with django_assert_max_num_queries(8):
        rows = list(COMMITTEES.visible(clerk, TODAY))
        found = [COMMITTEES.item(row, clerk, TODAY)["findings"] for row in rows]
    assert len(rows) >= 6 and found[-1] == []


def test_a_mediator_who_moved_is_no_longer_changed_by_the_former_committee(clerk) -> None:
    here, there = whole_committee(), whole_committee(town("150621101"))
    mediator = mediator_row(here, "王小红", how="hired", position="mediator")
    mediator.engagements.update(ended_on=date(2026, 3, 2), end_ground="left")
    sent = {"name": "王小红", "sex": "F", "ethnicity": "汉族"}
    perform("mediator.change", mediator, sent, clerk, TODAY)  # engaged nowhere: the last ones put it right
    Engagement.objects.create(mediator=mediator, committee=there, position="mediator", how="hired",
                              from_on=date(2026, 3, 2))  # fmt: skip
    with pytest.raises(Forbidden):
        perform("mediator.change", mediator, {**sent, "salaried_from": "2020-01-01"}, fresh(clerk), TODAY)
    other = person("town-2", "town", at="150621101")
    assert perform("mediator.change", mediator, {**sent, "specialities": "婚姻"}, other, TODAY).specialities == "婚姻"


def test_a_committee_enters_a_salary_and_does_not_take_it_back(clerk) -> None:
    """Who is on a public salary gets no subsidy: a secretary would clear it for the batch of the month."""
    committee = whole_committee()
    mediator, secretary = mediator_row(committee), person("secretary", "committee", at=committee.unit.code)
    sent = {"name": mediator.name, "sex": "M", "ethnicity": "汉族"}
    mediator = perform("mediator.change", mediator, {**sent, "salaried_from": "2020-01-01"}, secretary, TODAY)
    for salary in ({}, {"salaried_from": "2020-01-01", "salaried_until": "2026-01-31"}):
        with pytest.raises(InvalidInput) as refused:
            perform("mediator.change", mediator, {**sent, **salary}, secretary, TODAY)
        assert set(refused.value.form.errors) == {"salaried_from"}
    assert perform("mediator.change", mediator, sent, clerk, TODAY).salaried_from is None


def test_a_committee_does_not_end_while_somebody_waits_for_its_answer(clerk) -> None:
    committee = whole_committee()
    waiting = Referral.objects.create(direction="in", dock="court", kind="delegated", state="RECEIVED",
                                      procedure="mediation", unit=committee.unit, organ="达拉特旗人民法院",
                                      sent_on=FOUNDED, received_on=FOUNDED)  # fmt: skip
    sent = {"ended_on": TODAY.isoformat(), "reason": "撤并"}
    with pytest.raises(GuardRefused) as refused:
        perform("committee.end", committee, sent, clerk, TODAY)
    assert [refusal.code for refusal in refused.value.refusals] == ["open-referrals"]
    Referral.objects.filter(pk=waiting.pk).update(state="DECLINED")
    assert perform("committee.end", committee, sent, clerk, TODAY).state == "ENDED"
