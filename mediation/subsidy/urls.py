from django.urls import path

from mediation.subsidy import pages

urlpatterns = [
    path("subsidy/", pages.subsidy_list, name="subsidy_list"),
    path("subsidy/new/", pages.subsidy_new, name="subsidy_new"),
    path("subsidy/rates/", pages.subsidy_rates, name="subsidy_rates"),
    path("subsidy/rates/new/", pages.subsidy_rate_new, name="subsidy_rate_new"),
    path("subsidy/<int:pk>/", pages.subsidy_batch, name="subsidy_batch"),
    path("subsidy/<int:pk>/file/<str:form>/", pages.subsidy_file, name="subsidy_file"),
    path("subsidy/<int:pk>/<str:name>/", pages.subsidy_action, name="subsidy_action"),
]
