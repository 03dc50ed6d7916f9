"""Pages of the backups."""

from django.urls import path

from casemgr.operation.backup import views

urlpatterns = [
    path("backups/", views.backup_list, name="backup_list"),
    path("backups/now/", views.backup_now, name="backup_now"),
]
