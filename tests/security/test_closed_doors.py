"""Nobody is let in by a guessed address, a forged form or an action that belongs to a paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from casemgr.actions import registry
from casemgr.actions.errors import ActionError, Forbidden, InvalidInput, NotVisible
from casemgr.actions.perform import perform
from casemgr.cases.actions import CaseAction
from casemgr.cases.models import CaseAccess, CaseRecusal
from casemgr.cases.procedure import procedures
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.models import Document
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party
from tests.support.flow import application
from tests.support.papers import COPY, RECEIPT, RECEIVED, a_case, accepted, an_office, part_of, under_review
from tests.support.register import OTHER, applicant, person, unit

pytestmark = pytest.mark.django_db
TODAY = clock_today()


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def case(office):
    return a_case(office)


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestActionsOfPapers:
    def test_no_person_performs_what_only_a_paper_or_the_sweep_does(self, office):
        case = under_review(office)
        for action in registry.for_model(case):
            if action.nested_only:
                for actor in (office.officer, office.head, office.authority):
                    with pytest.raises(Forbidden):
                        perform(action.name, case, {"on": COPY}, actor, COPY)

    def test_every_action_a_paper_causes_is_closed_to_people(self):
        caused = {
            name
            for procedure in procedures()
            for kind in procedure.document_kinds
            for name in (kind.issue_action, kind.served_action)
            if name
        }
        assert caused
        assert [name for name in sorted(caused) if not registry.get(name).nested_only] == []

    @pytest.mark.parametrize("name", ["reconsideration.decide", "reconsideration.decision_served", "document.draft"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_the_pages_do_not_know_them(self, office, case, name, method):
        client = logged_in(office.head)
        assert getattr(client, method)(f"/cases/{case.pk}/actions/{name}/").status_code == 404

    def test_the_page_of_a_paper_does_not_perform_actions_of_the_case_nor_of_the_sweep(self, office, case):
        paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
        client = logged_in(office.head)
        for name in ("reconsideration.accept", "document.complete_notice", "party.correct", "nothing.at_all"):
            assert client.post(f"/documents/{paper.pk}/actions/{name}/").status_code == 404, name

    def test_a_paper_corrects_only_one_of_its_own_kind(self, office, case):
        """Else a decision “correcting” a receipt would be issued without deciding the case."""
        receipt = office.paper(case, "receipt", RECEIVED, RECEIPT)
        with pytest.raises(InvalidInput) as refused:
            perform("document.draft", case, {"kind": "decision", "corrects": receipt.pk}, office.officer, RECEIVED)
        assert [refusal.field for refusal in refused.value.refusals] == ["corrects"]
        perform("document.draft", case, {"kind": "receipt", "corrects": receipt.pk}, office.officer, RECEIVED)

    def test_a_paper_of_another_case_is_not_corrected_here(self, office, case):
        receipt = office.paper(a_case(office), "receipt", RECEIVED, RECEIPT)
        with pytest.raises(InvalidInput):
            perform("document.draft", case, {"kind": "receipt", "corrects": receipt.pk}, office.officer, RECEIVED)


class TestOutOfScope:
    def test_no_action_on_a_foreign_case_or_paper(self, office, case):
        """Not even with every role there is, held elsewhere."""
        paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
        for role in ("head", "authority", "archive", "admin"):
            RoleAssignment.objects.create(user=office.stranger, role=role, unit=unit(OTHER))
        client = logged_in(office.stranger)
        for action in registry.every().values():
            if isinstance(action, CaseAction | DocumentAction) and not action.creates:
                subject = paper if isinstance(action, DocumentAction) else case
                with pytest.raises(ActionError) as refused:
                    perform(action.name, subject, {}, office.stranger, TODAY)
                assert isinstance(refused.value, NotVisible | Forbidden), action.name
                for address in (f"/cases/{case.pk}", f"/documents/{paper.pk}"):
                    assert client.post(f"{address}/actions/{action.name}/").status_code == 404, action.name

    def test_papers_files_proofs_and_deadlines_of_a_foreign_case_do_not_exist(self, office):
        case = under_review(office)
        notice = case.documents.get(kind="reply_notice")
        service = notice.services.first()
        addresses = [
            f"/cases/{case.pk}/",
            f"/cases/{case.pk}/deadlines/{case.deadlines.first().pk}/",
            f"/cases/{case.pk}/documents/draft/?kind=receipt",
            f"/documents/{notice.pk}/",
            f"/documents/{notice.pk}/file/",
            f"/documents/{notice.pk}/edit/",
            f"/documents/services/{service.pk}/proof/",
        ]
        client = logged_in(office.stranger)
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)
        assert client.post(f"/documents/{notice.pk}/autosave/").status_code == 404
        assert client.post(f"/cases/{case.pk}/documents/draft/", {"kind": "receipt"}).status_code == 404
        assert notice.number_text not in client.get("/documents/unserved/").content.decode()

    def test_a_deadline_of_another_case_is_not_shown_through_ones_own(self, office, case):
        foreign = a_case(office)
        address = f"/cases/{case.pk}/deadlines/{foreign.deadlines.first().pk}/"
        assert logged_in(office.officer).get(address).status_code == 404

    def test_who_recused_himself_sees_and_does_nothing(self, office, case):
        paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
        CaseRecusal.objects.create(case=case, user=office.officer, reason="近亲属")
        client = logged_in(office.officer)
        for address in (f"/cases/{case.pk}/", f"/documents/{paper.pk}/", f"/documents/{paper.pk}/file/"):
            assert client.get(address).status_code == 404
        assert case.number not in client.get("/cases/").content.decode()
        with pytest.raises(NotVisible):
            perform("reconsideration.examine", case, {}, office.officer, RECEIVED)

    def test_who_recused_himself_does_not_see_the_applicants_numbers(self, office, case):
        party = part_of(case, "applicant").party
        party.registered_by = unit()
        party.save()
        CaseRecusal.objects.create(case=case, user=office.officer, reason="近亲属")
        answer = logged_in(office.officer).post(f"/parties/{party.pk}/number/", {"what": "number", "reason": "看看"})
        assert answer.status_code == 403

    def test_a_shared_case_is_read_not_worked_on(self, office, case):
        CaseAccess.objects.create(case=case, unit=unit(OTHER), level="read")
        client = logged_in(office.stranger)
        assert client.get(f"/cases/{case.pk}/").status_code == 200
        assert client.get(f"/cases/{case.pk}/actions/reconsideration.examine/").status_code == 403
        with pytest.raises(Forbidden):
            perform("reconsideration.examine", case, {}, office.stranger, TODAY)
        CaseAccess.objects.update(until_on=TODAY - timedelta(days=1))
        assert logged_in(office.stranger).get(f"/cases/{case.pk}/").status_code == 404

    def test_an_ended_role_ends_what_an_open_session_sees(self, office, case):
        client = logged_in(office.officer)
        assert client.get(f"/cases/{case.pk}/").status_code == 200
        RoleAssignment.objects.filter(user=office.officer).update(until_on=TODAY - timedelta(days=1))
        assert client.get(f"/cases/{case.pk}/").status_code == 404
        assert client.get("/parties/").status_code == 403


class TestForgedForms:
    def test_an_entry_of_another_case_is_not_corrected(self, office, case):
        event = a_case(office).events.first()
        data = {"event": event.pk, "on": RECEIVED, "reason": "笔误"}
        with pytest.raises(InvalidInput) as refused:
            perform("cases.correct_date", case, data, office.officer, RECEIVED)
        assert refused.value.refusals[0].field == "event"

    def test_a_party_of_another_case_takes_no_part_here(self, office):
        case = accepted(office, a_case(office))
        foreign = applicant("白音").pk
        data = {"party": foreign, "on": COPY, "channel": "phone", "content": "同意"}
        with pytest.raises(InvalidInput) as refused:
            perform("reconsideration.hear_opinion", case, data, office.officer, COPY)
        assert refused.value.refusals[0].field == "party"

    def test_a_recipient_of_another_case_is_not_served(self, office, case):
        paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
        foreign = part_of(a_case(office), "applicant")
        data = {"participation": foreign.pk, "method": "in_person", "served_on": RECEIVED}
        with pytest.raises(InvalidInput) as refused:
            perform("document.serve", paper, data, office.officer, RECEIVED)
        assert refused.value.refusals[0].field == "participation"

    def test_a_case_is_registered_only_at_a_unit_of_ones_own(self, office):
        with pytest.raises(InvalidInput) as refused:
            perform(
                "reconsideration.register", None, application(RECEIVED, unit=unit(OTHER).pk), office.officer, RECEIVED
            )
        assert {refusal.field for refusal in refused.value.refusals} == {"unit"}

    @pytest.mark.parametrize("case_of", ["elsewhere", "ended", "later"])
    def test_the_handler_works_at_the_unit_today(self, office, case_of):
        """Else the case would lie with somebody who cannot open it."""
        handler = person("handler", "officer", at=OTHER if case_of == "elsewhere" else unit().code)
        held = RoleAssignment.objects.filter(user=handler)
        if case_of == "ended":
            held.update(until_on=RECEIVED - timedelta(days=1))
        if case_of == "later":
            held.update(from_on=RECEIVED + timedelta(days=1))
        entries = application(RECEIVED, lead_handler=handler.pk)
        with pytest.raises(InvalidInput) as refused:
            perform("reconsideration.register", None, entries, office.officer, RECEIVED)
        assert {refusal.field for refusal in refused.value.refusals} == {"lead_handler"}

    def test_a_forged_party_id_does_not_tell_the_name_behind_it(self, office):
        hidden = applicant("额尔敦达来")
        row = {"known_party": hidden.pk}
        with pytest.raises(InvalidInput) as refused:
            perform(
                "reconsideration.register", None, application(RECEIVED, people=[row, row]), office.officer, RECEIVED
            )
        assert hidden.name not in str(refused.value.message)
        assert hidden.name not in str(refused.value.form.errors)

    @pytest.mark.parametrize("role", ["mediator", "finance", "department", "panel"])
    def test_an_agency_is_not_renamed_by_whoever_has_some_role(self, role):
        agency = Party.objects.filter(kind=Party.Kind.AGENCY).first()
        somebody = person("somebody", role, at=OTHER)
        data = {"name": "改名局", "identity_kind": "NONE", "reason": "x", "agency_kind": "department"}
        with pytest.raises((NotVisible, Forbidden)):
            perform("party.correct", agency, data, somebody, TODAY)
        client = logged_in(somebody)
        assert client.get(f"/parties/{agency.pk}/correct/").status_code == 403
        assert client.post(f"/parties/{agency.pk}/number/", {"what": "phone", "reason": "x"}).status_code == 403

    def test_a_kind_of_paper_that_does_not_exist_is_not_found(self, office, case):
        client = logged_in(office.officer)
        for kind in ("", "nothing", "__class__"):
            assert client.get(f"/cases/{case.pk}/documents/draft/", {"kind": kind}).status_code == 404
            assert client.post(f"/cases/{case.pk}/documents/draft/", {"kind": kind}).status_code == 404

    def test_the_kind_of_a_draft_is_fixed_by_the_state(self, office, case):
        answer = logged_in(office.officer).post(f"/cases/{case.pk}/documents/draft/", {"kind": "decision"})
        assert answer.status_code == 409
        assert not Document.objects.filter(case=case).exists()

    @pytest.mark.parametrize(
        ("key", "version"), [("k" * 500, ""), ("a\0b", "1"), ("k", "9" * 5000), ("", "-1"), ("k", "²")]
    )
    def test_a_mangled_key_or_version_breaks_nothing(self, office, case, key, version):
        sent = {"request_key": key, "seen_version": version}
        client = logged_in(office.officer)
        answer = client.post(f"/cases/{case.pk}/actions/reconsideration.examine/", sent)
        assert answer.status_code in (302, 400, 409, 422)
