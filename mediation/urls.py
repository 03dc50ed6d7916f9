from django.urls import include, path

from mediation import views

urlpatterns = [
    path("register/", views.register, name="mediation_register"),
    path("", include("mediation.organisations.urls")),
    path("", include("mediation.oral_files.urls")),
    path("", include("mediation.campaigns.urls")),
    path("", include("mediation.administrative.urls")),
    path("", include("mediation.tables.urls")),
    path("", include("mediation.subsidy.urls")),
]
