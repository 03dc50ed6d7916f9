from django.urls import path

from casemgr.parties import views

urlpatterns = [
    path("parties/", views.party_list, name="party_list"),
    path("parties/new/", views.party_new, name="party_new"),
    path("parties/lookup/", views.party_lookup, name="party_lookup"),
    path("parties/similar/", views.party_similar, name="party_similar"),
    path("parties/<int:pk>/", views.party_detail, name="party_detail"),
    path("parties/<int:pk>/number/", views.party_number, name="party_number"),
    path("parties/<int:pk>/correct/", views.party_correct, name="party_correct"),
]
