"""Pages that read in lists of users and of units."""

from django.urls import path

from casemgr.operation.sheets import views

urlpatterns = [
    path("users/import/", views.user_import, name="user_import"),
    path("units/import/", views.unit_import, name="unit_import"),
]
