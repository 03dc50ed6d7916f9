from django.urls import include, path

from reconsideration import views
from reconsideration.aftermath.supervising import performance_list
from reconsideration.committee.urls import urlpatterns as committee
from reconsideration.evidence.urls import urlpatterns as evidence
from reconsideration.helping.pages import help_papers
from reconsideration.quality.urls import urlpatterns as quality
from reconsideration.reading.urls import urlpatterns as reading
from reconsideration.reception.urls import urlpatterns as reception

urlpatterns = [
    path("register/", views.register, name="reconsideration_register"),
    path("performance/", performance_list, name="performance_list"),
    path("", include("reconsideration.normative.urls")),
    path("help/<int:pk>/papers/", help_papers, name="help_papers"),
    path("", include("reconsideration.hearings.urls")),
    *committee,
    *evidence,
    path("", include("reconsideration.openness.urls")),
    *reading,
    *reception,
    *quality,
]
