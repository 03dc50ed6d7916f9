"""The go-live list."""

from django.urls import path

from casemgr.operation.golive import views

urlpatterns = [
    path("going-live/", views.go_live, name="go_live"),
    path("going-live/<slug:code>/", views.go_live_confirm, name="go_live_confirm"),
]
