"""What openness registers with the ground when the application starts."""

from __future__ import annotations


def connect() -> None:
    from django.utils.translation import gettext_lazy, pgettext_lazy

    from casemgr.actions import outbox, registry
    from casemgr.audit import evidence, kinds
    from casemgr.cases.panels import register_steps
    from casemgr.documents import orphans
    from casemgr.documents.evidence import damaged
    from casemgr.web import navigation
    from reconsideration import models
    from reconsideration.openness.codes.actions import ACTIONS as CODES
    from reconsideration.openness.complaints.actions import ACTIONS as COMPLAINTS
    from reconsideration.openness.complaints.actions import NOTICES
    from reconsideration.openness.publications.actions import ACTIONS as PUBLICATIONS
    from reconsideration.openness.publications.reminding import NOTICES as PUBLICATION_NOTICES
    from reconsideration.openness.roles import READERS
    from reconsideration.openness.waiting import openness_steps

    registry.register(*PUBLICATIONS, *CODES, *COMPLAINTS)
    outbox.declare(*NOTICES, *PUBLICATION_NOTICES)
    register_steps(openness_steps)
    navigation.register(
        navigation.Entry(
            pgettext_lazy("tab", "Openness"),
            "publication_list",
            READERS,
            48,
            navigation.HANDLING,
            below=("/reconsideration/complaints/",),
        )
    )
    evidence.seal_table(models.PublishedPaper)
    evidence.register_check("published", lambda: damaged(models.PublishedPaper, "file", "sha256"))
    orphans.own("published", "reconsideration.PublishedPaper", "file")
    evidence.mirror(models.Publication, "document_id", "state", "published_on", "withdrawn_on", "ground")
    evidence.mirror(models.QueryCode, "case_id", "participation_id", "revoked_on")
    evidence.mirror(models.HandlingComplaint, "number_id", "unit_id", "case_id", "state", "due_on", "answered_on")
    kinds.register(
        progress_looked=gettext_lazy("Progress looked up by code"),
        progress_refused=gettext_lazy("Progress asked with a wrong code or word"),
        complaint_looked=gettext_lazy("Answer to a complaint looked up by code"),
        complaint_refused=gettext_lazy("Answer to a complaint asked with a wrong code"),
    )
