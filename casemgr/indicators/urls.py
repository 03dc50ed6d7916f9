from django.urls import path

from casemgr.indicators import views

urlpatterns = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("indicators/targets/", views.indicator_targets, name="indicator_targets"),
    path("indicators/self-check/", views.indicator_checks, name="indicator_checks"),
    path("indicators/<slug:code>/", views.indicator_detail, name="indicator_detail"),
    path("indicators/<slug:code>/rows/", views.indicator_rows, name="indicator_rows"),
    path("indicators/<slug:code>/export/", views.indicator_export, name="indicator_export"),
]
