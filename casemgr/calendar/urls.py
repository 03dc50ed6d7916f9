from django.urls import path

from casemgr.calendar import views

urlpatterns = [
    path("calendar/", views.calendar_year, name="calendar"),
    path("calendar/", views.calendar_year, name="calendar_year"),
    path("calendar/<int:year>/", views.calendar_year, name="calendar_year"),
]
