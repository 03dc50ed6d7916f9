"""Address of the practice system's page."""

from django.urls import path

from casemgr.operation.practice import views

urlpatterns = [path("practice/", views.practice, name="practice")]
