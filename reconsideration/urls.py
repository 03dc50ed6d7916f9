from django.urls import include, path

from reconsideration import views

urlpatterns = [
    path("register/", views.register, name="reconsideration_register"),
    path("", include("reconsideration.normative.urls")),
]
