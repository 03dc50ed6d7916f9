from django.urls import include, path

from litigation import views
from litigation.court import pages
from litigation.registers.pages import register_file, register_page
from litigation.two_years.pages import two_years_list

urlpatterns = [
    path("register/", views.register, name="litigation_register"),
    path("register/enforcement/", views.register_enforcement, name="litigation_register_enforcement"),
    path("suggestions/register/", views.register_suggestion, name="litigation_register_suggestion"),
    path("supervision/register/", views.register_supervision, name="litigation_register_supervision"),
    path("sessions/", pages.session_list, name="court_sessions"),
    path("ledgers/", register_page, name="court_registers"),
    path("ledgers/file/", register_file, name="court_register_file"),
    path("appearance/", pages.appearance, name="head_appearance"),
    path("appearance/rows/", pages.appearance_rows, name="head_appearance_rows"),
    path("appearance/line/", pages.assessed, name="head_appearance_line"),
    path("two-years/", two_years_list, name="two_years"),
    path("", include("litigation.backlog.urls")),
    path("", include("litigation.cooperation.urls")),
]
