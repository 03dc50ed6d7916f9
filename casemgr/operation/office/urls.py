"""Pages of the office's particulars and seals."""

from django.urls import path

from casemgr.operation.office import views

urlpatterns = [
    path("office/", views.office, name="office"),
    path("office/change/", views.office_change, name="office_change"),
    path("office/seals/<int:pk>/", views.seal_change, name="seal_change"),
]
