"""A decision on its way to the public: proposals, verdicts, the second person, the text that is read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, WrongState
from casemgr.actions.perform import perform
from casemgr.audit.evidence import checks
from casemgr.audit.models import AppendOnlyError
from casemgr.documents.models import Document
from casemgr.documents.orphans import remove_orphans
from casemgr.notices.models import Notice
from reconsideration.models import Publication, PublishedPaper
from reconsideration.openness.public.caching import forget
from reconsideration.openness.publications.papers import publish_by, waiting_papers
from reconsideration.openness.publications.reminding import remind_to_publish
from reconsideration.openness.publications.sheet import Sheet
from tests.support.papers import DECIDED, DECISION, Office, an_applicant, under_review

pytestmark = pytest.mark.django_db
NAME, MASK = "阿拉腾乌拉·其其格", "阿某"
TODAY = DECIDED


def proposed(office: Office, decision: Document) -> Publication:
    sent = {"document": decision.pk, "act_is_open": "yes"}
    return perform("publication.propose", None, sent, office.officer, TODAY)


def judged(office: Office, publication: Publication, verdict: str = "redact", reason: str = "") -> Publication:
    ids = list(publication.redactions.values_list("pk", flat=True))
    sent = {"redactions": ids, "verdict": verdict, "reason": reason}
    return perform("publication.judge", publication, sent, office.officer, TODAY)


def published(office: Office, decision: Document) -> PublishedPaper:
    publication = judged(office, proposed(office, decision))
    publication = perform("publication.approve", publication, {}, office.head, TODAY)
    return perform("publication.publish", publication, {}, office.head, TODAY).paper


def codes(error) -> set[str]:
    return {refusal.code for refusal in error.value.refusals}


def test_what_the_case_knows_is_proposed_and_the_public_reads_neither_name_nor_number(office, decision) -> None:
    publication = proposed(office, decision)
    found = {row.words: row.redaction.replacement for row in Sheet(publication).rows()}
    assert found[NAME] == MASK
    assert found["树林召镇锡尼街12号"] == "××"
    assert found["1990年3月7日"] == "××"
    assert "达拉特旗树林召镇西园路" not in found, "where an agency sits is public"
    paper = published_text(office, publication)
    assert MASK in paper.plain
    assert "住达拉特旗××" in paper.plain
    for secret in (NAME, "锡尼街", "1990年3月7日", "15062119900307002X", "1506**"):
        assert secret not in paper.plain
        assert secret.encode() not in paper.pdf()
    assert (paper.outcome, paper.respondent, paper.year) == ("annulled", "达拉特旗公安局", 2026)
    assert paper.number == decision.number_text


def published_text(office: Office, publication: Publication) -> PublishedPaper:
    publication = judged(office, publication)
    publication = perform("publication.approve", publication, {}, office.head, TODAY)
    return perform("publication.publish", publication, {}, office.head, TODAY).paper


def test_the_proposer_cannot_approve_and_every_proposal_must_be_judged(office, decision) -> None:
    publication = proposed(office, decision)
    with pytest.raises(Forbidden):
        perform("publication.approve", publication, {}, office.officer, TODAY)
    with pytest.raises(GuardRefused) as refused:
        perform("publication.approve", publication, {}, office.head, TODAY)
    assert codes(refused) == {"not-judged"}
    by_head = {"document": decision.pk, "act_is_open": "yes"}
    perform("publication.keep_back", publication, {"ground": "other", "reason": "试"}, office.officer, TODAY)
    with pytest.raises(GuardRefused) as refused:
        perform("publication.propose", None, by_head, office.head, TODAY)
    assert codes(refused) == {"already-decided"}


def test_a_known_name_that_was_left_keeps_the_paper_inside(office, decision) -> None:
    publication = judged(office, proposed(office, decision), "leave", "公开人物")
    with pytest.raises(GuardRefused) as refused:
        perform("publication.approve", publication, {}, office.head, TODAY)
    assert codes(refused) == {"persons-named"}
    assert NAME not in str(refused.value.refusals[0].message)


def test_leaving_needs_a_reason_and_own_words_must_stand_in_the_text(office, decision) -> None:
    publication = proposed(office, decision)
    with pytest.raises(InvalidInput):
        judged(office, publication, "leave")
    words = "询问笔录2份"
    with pytest.raises(InvalidInput):
        perform("publication.add", publication, {"words": "没有这句", "kind": "secret"}, office.officer, TODAY)
    sent = {"words": words, "kind": "secret", "replacement": "（略）"}
    publication = perform("publication.add", publication, sent, office.officer, TODAY)
    paper = published_text(office, publication)
    assert words not in paper.plain
    assert "（略）" in paper.plain


def test_only_what_is_in_effect_and_about_an_open_act(office) -> None:
    case = under_review(office)
    decision = office.paper(case, "decision", DECIDED, DECISION)
    sent = {"document": decision.pk, "act_is_open": "no"}
    with pytest.raises(GuardRefused) as refused:
        perform("publication.propose", None, sent, office.officer, TODAY)
    assert codes(refused) == {"not-in-effect", "act-not-open"}


def test_what_is_published_never_changes_and_after_a_withdrawal_nobody_reads_it(office, decision) -> None:
    paper = published(office, decision)
    with pytest.raises(AppendOnlyError):
        paper.save()
    with pytest.raises(AppendOnlyError):
        PublishedPaper.objects.update(title="试")
    client, address = Client(), f"/public/decisions/{paper.pk}/"
    page = client.get(address)
    assert page.status_code == 200
    assert MASK in page.content.decode()
    assert NAME not in page.content.decode()
    pdf = client.get(f"/public/decisions/{paper.pk}.pdf")
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    with pytest.raises(WrongState):
        perform("publication.judge", paper.publication, {}, office.officer, TODAY)
    perform("publication.withdraw", paper.publication, {"reason": "当事人异议成立"}, office.officer, TODAY)
    forget()
    assert client.get(address).status_code == 410
    assert client.get(f"/public/decisions/{paper.pk}.pdf").status_code == 410
    assert paper.number not in client.get("/public/decisions/").content.decode()
    assert proposed(office, decision).state == "proposed"


def test_a_minor_has_no_name_at_all(office) -> None:
    minor = an_applicant()
    minor.birth_on = date(2012, 1, 1)
    minor.save()
    case = under_review(office)
    part = case.participations.get(role="applicant")
    part.party.birth_on = TODAY - timedelta(days=365 * 12)
    part.party.save()
    decision = office.serve(office.paper(case, "decision", DECIDED, DECISION), DECIDED)
    assert {row.redaction.replacement for row in Sheet(proposed(office, decision)).rows() if row.words == NAME} == {
        "某未成年人"
    }


def test_the_page_shows_both_texts_and_works_by_posting_alone(client, office, decision) -> None:
    publication = proposed(office, decision)
    client.force_login(office.officer)
    page = client.get(f"/reconsideration/publications/{publication.pk}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert f"<del>{NAME}</del>" in text
    assert f"<ins>{MASK}</ins>" in text
    first = publication.redactions.first()
    address = f"/reconsideration/publications/{publication.pk}/publication.judge/"
    client.post(address, {"redactions": first.pk, "verdict": "redact", "reason": "", "seen_version": 1})
    first.refresh_from_db()
    assert (first.verdict, first.judged_by_id) == ("redact", office.officer.pk)


def test_it_waits_and_the_handler_is_told_until_somebody_decides(office, decision) -> None:
    waiting = waiting_papers(office.officer, TODAY)
    assert [paper.pk for paper in waiting] == [decision.pk]
    # R-PUB, 20 working days after 20 October 2026: 21 to 23, 26 to 30, 2 to 6, 9 to 13, 16, 17 November
    assert publish_by(DECIDED) == date(2026, 11, 17)
    for day in (21, 22, 23):
        remind_to_publish(date(2026, 10, day))
    remind_to_publish(date(2026, 11, 12))
    assert Notice.objects.filter(recipient=office.officer, kind="publication_waiting").count() == 2
    perform(
        "publication.decline", None, {"document": decision.pk, "ground": "minor", "reason": "试"}, office.officer, TODAY
    )
    assert not waiting_papers(office.officer, TODAY).exists()


def test_the_published_file_is_checked_as_evidence_and_kept_from_the_removal_of_orphans(office, decision) -> None:
    paper = published(office, decision)
    assert paper.file not in remove_orphans(timezone.now() + timedelta(hours=3))
    assert list(checks()["published"]()) == []
    default_storage.delete(paper.file)
    assert [(one.what, one.row) for one in checks()["published"]()] == [("file-damaged", paper.pk)]
