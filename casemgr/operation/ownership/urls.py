from django.urls import path

from casemgr.operation.ownership import views

urlpatterns = [path("ownership/", views.ownership, name="ownership")]
