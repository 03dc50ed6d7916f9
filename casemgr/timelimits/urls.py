from django.urls import path

from casemgr.timelimits import views

urlpatterns = [
    path("calculator/", views.calculator, name="calculator"),
    path("calculator/", views.calculator, name="timelimit_calculator"),
    path("calendar/<int:year>/local/", views.calendar_override, name="calendar_override"),
    path("calendar/local/<int:pk>/remove/", views.calendar_override_remove, name="calendar_override_remove"),
]
