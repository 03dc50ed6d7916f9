from django.urls import include, path

from reconsideration import views
from reconsideration.committee.urls import urlpatterns as committee
from reconsideration.evidence.urls import urlpatterns as evidence

urlpatterns = [
    path("register/", views.register, name="reconsideration_register"),
    path("", include("reconsideration.normative.urls")),
    *committee,
    *evidence,
]
