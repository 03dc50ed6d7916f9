from django.urls import path

from mediation.administrative import pages

urlpatterns = [
    path("administrative/", pages.administrative_list, name="administrative_list"),
    path("administrative/new/", pages.administrative_new, name="administrative_new"),
    path("administrative/<int:pk>/", pages.administrative_detail, name="administrative_detail"),
    path("administrative/<int:pk>/<str:name>/", pages.administrative_action, name="administrative_action"),
]
