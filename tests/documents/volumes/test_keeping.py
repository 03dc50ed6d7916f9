"""Frozen volumes: shelf, loans, appraisal by several people, destruction that leaves the record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.audit.verification import verify
from casemgr.documents.volumes.models import Appraisal, Loan, RetentionRule, Volume
from casemgr.documents.volumes.notices import tell_overdue
from casemgr.notices.models import Notice
from casemgr.organisation.models import RoleAssignment
from tests.support.register import person
from tests.support.volumes import CLOSING, a_decided_case, frozen

pytestmark = pytest.mark.django_db
LATER = date(2057, 2, 1)


def codes(error) -> set[str]:
    return {refusal.code for refusal in error.value.refusals}


def kept():
    office, case = a_decided_case()
    case.outcome = "upheld"
    case.save()
    return office, frozen(office, case)[0]


def fresh(volume: Volume) -> Volume:
    return Volume.objects.get(pk=volume.pk)


def test_a_volume_is_placed_lent_and_taken_back_and_overdue_loans_are_told_once_a_week() -> None:
    office, volume = kept()
    perform("volume.place", volume, {"room": "三楼档案室", "cabinet": "2", "box": "15"}, office.archive, CLOSING)
    lent = {"borrower": "赵永胜", "borrower_unit": "旗法院", "purpose": "应诉", "due_on": CLOSING + timedelta(days=7),
            "borrower_account": office.officer.username}  # fmt: skip
    perform("volume.lend", fresh(volume), lent, office.archive, CLOSING)
    with pytest.raises(GuardRefused) as error:
        perform("volume.lend", fresh(volume), lent, office.archive, CLOSING)
    assert codes(error) == {"lent"}
    assert fresh(volume).place == "三楼档案室 / 2 / 15"
    for days, told in ((7, 0), (8, 1), (9, 1), (15, 2)):
        tell_overdue(CLOSING + timedelta(days=days))
        mine = Notice.objects.filter(kind="loan_overdue")
        assert mine.filter(recipient=office.archive).count() == mine.filter(recipient=office.officer).count() == told
    back = {"is_whole": "on", "return_note": "完好"}
    perform("volume.take_back", fresh(volume), back, office.archive, CLOSING + timedelta(days=16))
    loan = Loan.objects.get()
    assert (loan.returned_on, loan.received_by) == (CLOSING + timedelta(days=16), office.archive)
    assert tell_overdue(CLOSING + timedelta(days=30)) == 0
    with pytest.raises(Forbidden):
        perform("volume.lend", fresh(volume), lent, office.officer, CLOSING)


def test_nothing_is_appraised_before_its_term_is_over_and_never_what_is_permanent() -> None:
    office, volume = kept()
    asked = {"verdict": "destroy", "reason": "无保存价值"}
    with pytest.raises(GuardRefused) as error:
        perform("volume.propose_appraisal", volume, asked, office.archive, date(2056, 12, 31))
    assert codes(error) == {"term-runs"}
    office, case = a_decided_case()
    volume = frozen(office, case)[0]
    assert volume.term == "permanent"
    with pytest.raises(GuardRefused) as error:
        perform("volume.propose_appraisal", volume, asked, office.archive, LATER)
    assert codes(error) == {"permanent"}


def test_two_other_people_approve_a_destruction_which_waits_for_the_backups_and_leaves_the_record() -> None:
    office, volume = kept()
    boss = person("vol-leader", "leader", at="150621-SFJ", full_name="云巴特尔")
    both = person("vol-both", "archive", full_name="王桂花")
    RoleAssignment.objects.create(user=both, role="head", unit=both.role_assignments.get().unit)
    asked = {"verdict": "destroy", "reason": "保管期满，无继续保存价值"}
    perform("volume.propose_appraisal", fresh(volume), asked, both, LATER)
    told = set(Notice.objects.filter(kind="volume_appraisal").values_list("recipient_id", flat=True))
    assert {boss.pk, office.head.pk} <= told and both.pk not in told
    appraisal = Appraisal.objects.get()
    for somebody in (both, office.head, office.head):
        if somebody is office.head and Appraisal.objects.get().status == "proposed":
            perform("appraisal.approve", Appraisal.objects.get(), {}, somebody, LATER)
            continue
        with pytest.raises(GuardRefused) as error:
            perform("appraisal.approve", Appraisal.objects.get(), {}, somebody, LATER)
        assert codes(error) == {"second-person"}
    perform("appraisal.approve", Appraisal.objects.get(), {}, boss, LATER)
    appraisal = Appraisal.objects.get()
    assert appraisal.status == "approved" and Notice.objects.filter(kind="volume_destruction").exists()
    done = {"witness": "李志强", "second_witness": "苏日娜", "backup_is_good": "on"}
    for alone in (done | {"second_witness": ""}, done | {"second_witness": "李志强"}):
        with pytest.raises(InvalidInput):
            perform("appraisal.destroy", appraisal, alone, office.archive, appraisal.not_before)
    with pytest.raises(GuardRefused) as error:
        perform("appraisal.destroy", appraisal, done, office.archive, LATER)
    assert codes(error) == {"too-early"}
    name, digest = volume.file, volume.sha256
    papers = [item.file for item in volume.items.exclude(file="")]
    perform("appraisal.destroy", Appraisal.objects.get(), done, office.archive, appraisal.not_before)
    gone = fresh(volume)
    assert (gone.file, gone.destroyed_on, gone.sha256) == ("", appraisal.not_before, digest)
    assert gone.items.count() and papers and all(default_storage.exists(paper) for paper in papers)
    assert default_storage.exists(name)  # until the transaction commits; the test never does
    assert verify().findings == []


def test_keeping_longer_takes_two_approvals_too_and_counts_from_the_year_of_the_appraisal() -> None:
    office, volume = kept()
    asked = {"verdict": "keep", "term": "y10", "reason": "涉及草原权属"}
    perform("volume.propose_appraisal", volume, asked, office.archive, LATER)
    perform("appraisal.approve", Appraisal.objects.get(), {}, office.head, LATER)
    assert fresh(volume).keep_until == date(2056, 12, 31)
    perform("appraisal.approve", Appraisal.objects.get(), {}, office.authority, LATER)
    assert (fresh(volume).keep_until, fresh(volume).term) == (date(2067, 12, 31), "y10")


def test_a_class_of_the_table_is_proposed_by_the_keeper_approved_by_another_and_counts_for_what_is_frozen_later() -> (
    None
):
    office, volume = kept()
    rule = RetentionRule.objects.get(procedure="reconsideration", outcome="")

    def now() -> RetentionRule:
        return RetentionRule.objects.get(pk=rule.pk)

    change = {"term": "permanent", "source": "达司发〔2026〕9号", "is_office_decision": "on"}
    with pytest.raises(Forbidden):
        perform("retention.propose", rule, change, office.officer, CLOSING)
    both = person("vol-keeper-head", "archive", full_name="王桂花")
    RoleAssignment.objects.create(user=both, role="head", unit=both.role_assignments.get().unit)
    perform("retention.propose", rule, change, both, CLOSING)
    told = set(Notice.objects.filter(kind="retention_proposal").values_list("recipient_id", flat=True))
    assert office.head.pk in told and both.pk not in told
    assert now().term == "y30", "nothing counts before somebody else agreed"
    for nobody in (both, office.archive, office.officer):
        with pytest.raises(Forbidden):
            perform("retention.approve", now(), {}, nobody, CLOSING)
    perform("retention.approve", now(), {}, office.head, CLOSING)
    assert fresh(volume).term == "y30"
    _office, case = a_decided_case(office)
    case.outcome = "upheld"
    case.save()
    assert frozen(office, case)[0].term == "permanent"


def test_a_refused_class_leaves_the_table_as_it_was() -> None:
    office, _volume = kept()
    rule = RetentionRule.objects.get(procedure="reconsideration", outcome="")
    perform("retention.propose", rule, {"term": "y10", "source": "达司发〔2026〕9号"}, office.archive, CLOSING)
    now = RetentionRule.objects.get(pk=rule.pk)
    perform("retention.refuse", now, {}, office.head, CLOSING)
    now.refresh_from_db()
    assert (now.term, now.proposal) == ("y30", {})
    with pytest.raises(WrongState):
        perform("retention.approve", now, {}, office.head, CLOSING)
