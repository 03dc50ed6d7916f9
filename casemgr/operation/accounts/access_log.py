"""The access log as auditors read it: who looked at what, when, and why."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from casemgr.audit.kinds import LABELS
from casemgr.audit.models import AccessLog
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.clock import today
from casemgr.pages.forms import DateField, Form
from casemgr.pages.pagination import paginate

READERS = ("auditor", "admin")


class AccessLogFilter(Form):
    """Conditions in the address; a faulty one is named and left out."""

    q = forms.CharField(label=gettext_lazy("Person"), required=False, max_length=50)
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
            rows = rows.filter(actor_name__contains=asked["q"])
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        if asked.get("from_on"):
            rows = rows.filter(at__gte=_midnight(asked["from_on"]))
        if asked.get("until_on"):
            rows = rows.filter(at__lt=_midnight(asked["until_on"] + timedelta(days=1)))
        return rows


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def require_reader(request: HttpRequest) -> None:
    """For auditors and administrators of the whole banner: logs and seals know no units."""
    if scope(request.user, today()).units_of_role(READERS) is not ALL:
        raise PermissionDenied(_("The access log is read by auditors and administrators of the whole banner."))


@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    require_reader(request)
    form = AccessLogFilter(request.GET)
    page = paginate(form.rows(), ["-pk"], request.GET)
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return render(request, "organisation/access_log.html", {"form": form, "page": page, "is_filtered": is_filtered})
