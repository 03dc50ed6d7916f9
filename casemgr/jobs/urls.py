"""Addresses of the jobs' page."""

from django.urls import path

from casemgr.jobs import views

urlpatterns = [path("jobs/", views.job_list, name="job_list")]
