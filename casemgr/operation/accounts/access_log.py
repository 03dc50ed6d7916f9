"""The access log as auditors read it: who looked at what, when, and why."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from casemgr.audit.kinds import LABELS
from casemgr.audit.models import AccessLog
from casemgr.organisation.models import User
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.clock import today
from casemgr.pages.dates import moment
from casemgr.pages.forms import DateField, Form
from casemgr.pages.pagination import Page, paginate

READERS = ("auditor", "admin")
BY, ABOUT = "by", "about"
SIDES = [(BY, gettext_lazy("did it")), (ABOUT, gettext_lazy("has the account it was done to"))]
PEOPLE = 50
"""Of so many people of a name at most."""


class AccessLogFilter(Form):
    """Conditions in the address; a faulty one is named and left out."""

    q = forms.CharField(label=gettext_lazy("Name or user name"), required=False, max_length=50)
    side = forms.ChoiceField(label=gettext_lazy("The person"), required=False, choices=SIDES)
    kind = forms.ChoiceField(label=gettext_lazy("Step"), required=False)
    from_on = DateField(label=gettext_lazy("From"), required=False)
    until_on = DateField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *LABELS.items()]

    def rows(self):
        self.is_valid()
        asked, rows = self.cleaned_data, AccessLog.objects.all()
        if asked.get("q"):
            rows = rows.filter(_about(asked["q"], asked.get("side") or BY))
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        if asked.get("from_on"):
            rows = rows.filter(at__gte=moment(asked["from_on"]))
        if asked.get("until_on"):
            rows = rows.filter(at__lt=moment(asked["until_on"] + timedelta(days=1)))
        return rows


def _about(text: str, side: str) -> Q:
    """Rows by people of that name, or about their accounts: by their ids, on an index, never by a look at every row."""
    people = User.objects.filter(Q(full_name__contains=text) | Q(username__icontains=text))
    ids = list(people.order_by("pk").values_list("pk", flat=True)[:PEOPLE])
    if side == BY:
        return Q(actor_id__in=ids)
    return Q(subject_type=User._meta.label_lower, subject_id__in=ids)


def require_reader(request: HttpRequest) -> None:
    """For auditors and administrators of the whole banner: logs and seals know no units."""
    if scope(request.user, today()).units_of_role(READERS) is not ALL:
        raise PermissionDenied(_("The access log is read by auditors and administrators of the whole banner."))


def _name_accounts(page: Page) -> None:
    """Rows about an account say whose: one query for the page."""
    about = {row.subject_id for row in page if row.subject_type == User._meta.label_lower}
    names = dict(User.objects.filter(pk__in=about).values_list("pk", "full_name")) if about else {}
    for row in page:
        row.subject_name = names.get(row.subject_id, "") if row.subject_type == User._meta.label_lower else ""


@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    require_reader(request)
    form = AccessLogFilter(request.GET)
    page = paginate(form.rows(), ["-at", "-pk"], request.GET)
    _name_accounts(page)
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return render(request, "organisation/access_log.html", {"form": form, "page": page, "is_filtered": is_filtered})
