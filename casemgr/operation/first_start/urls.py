"""The page of the first start."""

from django.urls import path

from casemgr.operation.first_start import views

urlpatterns = [path("first-start/<str:token>/", views.first_start, name="first_start")]
