"""Two people at one file: one gets through, the other is told; what is refused leaves neither file nor gap."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from casemgr.actions.errors import ActionError, KeyReused, StaleVersion
from casemgr.actions.perform import perform
from casemgr.documents.models import Document
from casemgr.numbering.models import Counter, IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party
from tests.support.papers import COPY, RECEIPT, RECEIVED, a_case, accepted, an_office, fresh, part_of
from tests.support.register import person, unit
from tests.support.upload_files import a_pdf

TODAY = clock_today()


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def together(*works) -> list[BaseException | None]:
    """Run each in a thread of its own from the same moment; what each raised."""
    outcomes: list[BaseException | None] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(index: int) -> None:
        try:
            start.wait(timeout=10)
            works[index]()
        except BaseException as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "a deadlock"
    return outcomes


def opinion(office, case, text: str, **options):
    data = {"party": part_of(case, "applicant").party_id, "on": COPY, "channel": "phone", "content": text}
    return perform("reconsideration.hear_opinion", fresh(case), data, office.officer, COPY, **options)


def signed(office, case) -> Document:
    """A reply notice that is ready to be issued."""
    paper = perform("document.draft", case, {"kind": "reply_notice"}, office.officer, COPY)
    for step, actor in (("submit", office.officer), ("sign", office.head)):
        paper = perform(f"document.{step}", paper, {}, actor, COPY)
    return paper


@pytest.mark.rivals
@pytest.mark.django_db(transaction=True)
class TestRivals:
    def test_of_two_who_saw_the_same_version_one_is_told(self):
        office = an_office()
        case = accepted(office, a_case(office))
        outcomes = together(
            *[lambda text=text: opinion(office, case, text, version=case.version) for text in ("甲", "乙")]
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "StaleVersion"]
        assert case.events.filter(kind="opinion_heard").count() == 1
        assert fresh(case).version == case.version + 1

    def test_issuing_a_paper_and_a_step_of_its_case_wait_for_each_other(self):
        office = an_office()
        for _round in range(3):
            case = accepted(office, a_case(office))
            paper = signed(office, case)
            outcomes = together(
                lambda paper=paper: perform("document.issue", paper, {}, office.officer, COPY),
                lambda case=case: opinion(office, case, "坚持请求"),
                lambda case=case: opinion(office, case, "补充"),
            )
            assert outcomes == [None, None, None]
            assert list(case.events.values_list("sequence", flat=True)) == list(range(1, case.events.count() + 1))

    def test_two_who_issue_one_paper_give_it_one_number(self):
        office = an_office()
        paper = signed(office, accepted(office, a_case(office)))
        before = stored_files()
        outcomes = together(*[lambda: perform("document.issue", paper, {}, office.officer, COPY)] * 2)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "WrongState"]
        series = Document.objects.get(pk=paper.pk).number.series
        assert IssuedNumber.objects.filter(series=series).count() == 1
        assert sorted(path.suffix for path in stored_files() - before) == [".docx", ".json", ".pdf"]


@pytest.mark.django_db(transaction=True)
def test_an_issue_that_fails_at_the_end_leaves_no_file_no_number_and_no_step(monkeypatch) -> None:
    office = an_office()
    case = accepted(office, a_case(office))
    paper = signed(office, case)
    before, numbers = stored_files(), list(IssuedNumber.objects.order_by("pk").values_list("text", flat=True))
    counters = list(Counter.objects.order_by("pk").values_list("series", "year", "last"))
    with monkeypatch.context() as patch:
        patch.setattr(Document, "save", lambda self, **kwargs: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            perform("document.issue", paper, {}, office.officer, COPY, key="issue-1")
    assert stored_files() == before
    assert list(IssuedNumber.objects.order_by("pk").values_list("text", flat=True)) == numbers
    assert list(Counter.objects.order_by("pk").values_list("series", "year", "last")) == counters
    assert fresh(case).state == "ACCEPTED"
    done = perform("document.issue", Document.objects.get(pk=paper.pk), {}, office.officer, COPY, key="issue-1")
    assert (done.state, done.number.number) == ("ISSUED", 1)


@pytest.mark.django_db
class TestForms:
    def test_a_stale_page_of_a_case_is_a_conflict_that_keeps_what_was_typed(self):
        office = an_office()
        case = accepted(office, a_case(office))
        client = Client()
        client.force_login(office.officer)
        sent = {"party": part_of(case, "applicant").party_id, "on": TODAY, "channel": "phone", "content": "坚持请求"}
        stale = sent | {"seen_version": case.version - 1, "request_key": "s1"}
        answer = client.post(f"/cases/{case.pk}/actions/reconsideration.hear_opinion/", stale)
        assert answer.status_code == 409
        assert "坚持请求" in answer.content.decode()
        assert not case.events.filter(kind="opinion_heard").exists()

    def test_what_is_no_version_is_a_stale_one(self):
        office = an_office()
        case = accepted(office, a_case(office))
        client = Client()
        client.force_login(office.officer)
        sent = {"party": part_of(case, "applicant").party_id, "on": TODAY, "channel": "phone", "content": "x"}
        for version in ("0", "-1", "x", "9" * 30):
            answer = client.post(
                f"/cases/{case.pk}/actions/reconsideration.hear_opinion/", sent | {"seen_version": version}
            )
            assert answer.status_code == 409, version

    def test_a_unit_changed_in_the_meantime_is_not_overwritten(self):
        client = Client()
        client.force_login(person("boss", "admin", at="150621"))
        address = f"/units/{unit().pk}/change/"
        form = client.get(address).content.decode()
        seen = form.split('name="seen_version" value="')[1].split('"')[0]
        sent = {"kind": "office", "parent": unit().parent_id, "seen_version": seen}
        assert client.post(address, sent | {"name": "复议科", "request_key": "u1"}).status_code == 302
        answer = client.post(address, sent | {"name": "应诉科", "request_key": "u2"})
        assert answer.status_code == 409
        assert "应诉科" in answer.content.decode()
        assert Unit.objects.get(pk=unit().pk).name == "复议科"
        now = answer.content.decode().split('name="seen_version" value="')[1].split('"')[0]
        again = sent | {"name": "应诉科", "request_key": "u3", "seen_version": now}
        assert client.post(address, again).status_code == 302

    def test_a_form_to_sign_is_drafted_once_by_a_double_click(self):
        office = an_office()
        case = a_case(office)
        receipt = office.paper(case, "receipt", RECEIVED, RECEIPT)
        client = Client()
        client.force_login(office.officer)
        sent = {
            "kind": "service_receipt",
            "document": receipt.pk,
            "recipient": part_of(case, "applicant").pk,
            "request_key": "f1",
        }
        address = f"/cases/{case.pk}/documents/draft/"
        first, second = client.post(address, sent), client.post(address, sent)
        assert first.status_code == second.status_code == 302
        assert first.url == second.url
        assert Document.objects.filter(kind="service_receipt").count() == 1

    def test_another_scan_under_a_used_key_is_not_taken_for_the_first(self):
        office = an_office()
        case = a_case(office)
        paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
        data = {
            "participation": part_of(case, "applicant").pk,
            "method": "in_person",
            "served_on": RECEIVED.isoformat(),
        }
        scans = [SimpleUploadedFile(f"{name}.pdf", a_pdf(name)) for name in ("first", "second")]
        perform("document.serve", paper, data, office.officer, RECEIVED, key="k", files={"proof": scans[0]})
        with pytest.raises(KeyReused):
            perform("document.serve", paper, data, office.officer, RECEIVED, key="k", files={"proof": scans[1]})

    def test_a_party_corrected_in_the_meantime_is_a_conflict(self):
        agency = Party.objects.filter(kind=Party.Kind.AGENCY).first()
        boss = person("boss", "admin", at="150621")
        data = {"name": agency.name, "identity_kind": "NONE", "reason": "核对", "agency_kind": agency.agency_kind}
        perform("party.correct", agency, data | {"address": "甲"}, boss, TODAY, version=agency.version)
        with pytest.raises(StaleVersion):
            perform("party.correct", agency, data | {"address": "乙"}, boss, TODAY, version=agency.version)

    def test_a_notice_that_fails_does_not_stop_the_others_of_the_night(self, monkeypatch):
        from casemgr.documents import services

        office = an_office()
        papers = [office.paper(a_case(office), "receipt", RECEIVED, RECEIPT) for _number in range(2)]
        for paper in papers:
            data = {
                "participation": part_of(paper.case, "applicant").pk,
                "method": "public_notice",
                "served_on": RECEIVED.isoformat(),
                "notice_ground": "unknown",
                "note": "公告版面",
                "published_in": "board",
                "published_name": "旗政府公告栏",
            }
            perform("document.serve", paper, data, office.officer, RECEIVED)
        done, real = [], perform

        def sometimes(name, subject, *args, **kwargs):
            if subject.pk == papers[0].pk:
                raise RuntimeError("damaged")
            done.append(real(name, subject, *args, **kwargs).pk)

        monkeypatch.setattr(services, "perform", sometimes)
        assert services.complete_due(TODAY) == 1
        assert done == [papers[1].pk]


def test_every_refusal_is_an_answer_not_a_crash() -> None:
    assert {error.status for error in ActionError.__subclasses__()} <= {403, 404, 409, 422}
