from django.urls import include, path

from litigation import views
from litigation.court import pages

urlpatterns = [
    path("register/", views.register, name="litigation_register"),
    path("sessions/", pages.session_list, name="court_sessions"),
    path("", include("litigation.backlog.urls")),
]
