"""Pages of the number series."""

from django.urls import path

from casemgr.operation.series import views

urlpatterns = [
    path("series/", views.series_list, name="series_list"),
    path("series/<str:code>/<slug:step>/", views.series_step, name="series_step"),
]
