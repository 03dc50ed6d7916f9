"""Addresses of the pages of ledgers."""

from django.urls import path

from casemgr.ledgers import views

urlpatterns = [
    path("ledgers/", views.import_list, name="ledger_list"),
    path("ledgers/send/", views.import_send, name="ledger_send"),
    path("ledgers/imports/<int:pk>/", views.import_detail, name="ledger_import"),
    path("ledgers/imports/<int:pk>/refused/", views.refused_rows, name="ledger_refused"),
    path("ledgers/imports/<int:pk>/people/", views.import_people, name="ledger_people"),
    path("ledgers/imports/<int:pk>/stop/", views.import_stop, name="ledger_stop"),
    path("ledgers/imports/<int:pk>/resume/", views.import_resume, name="ledger_resume"),
    path("ledgers/imports/<int:pk>/<slug:step>/", views.import_step, name="ledger_step"),
    path("ledgers/<slug:kind>/", views.ledger_fetch, name="ledger_fetch"),
]
