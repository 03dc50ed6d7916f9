from django.urls import path

from mediation.organisations.pages import committees, coverage, mediators, others, studios

urlpatterns = [
    path("organisations/", others.organisation_overview, name="organisation_overview"),
    path("organisations/committees/", committees.committee_list, name="committee_list"),
    path("organisations/committees/new/", committees.committee_new, name="committee_new"),
    path("organisations/committees/<int:pk>/", committees.committee_detail, name="committee_detail"),
    path("organisations/committees/<int:pk>/<str:name>/", committees.committee_action, name="committee_action"),
    path("organisations/mediators/", mediators.mediator_list, name="mediator_list"),
    path("organisations/mediators/new/", mediators.mediator_new, name="mediator_new"),
    path("organisations/mediators/<int:pk>/", mediators.mediator_detail, name="mediator_detail"),
    path("organisations/mediators/<int:pk>/<str:name>/", mediators.mediator_action, name="mediator_action"),
    path("organisations/roster/", mediators.mediator_roster, name="mediator_roster"),
    path("organisations/studios/", studios.studio_list, name="studio_list"),
    path("organisations/studios/new/", studios.studio_new, name="studio_new"),
    path("organisations/studios/rules/", studios.studio_policy_list, name="studio_policy_list"),
    path("organisations/studios/rules/new/", studios.studio_policy_new, name="studio_policy_new"),
    path("organisations/studios/<int:pk>/", studios.studio_detail, name="studio_detail"),
    path("organisations/studios/<int:pk>/<str:name>/", studios.studio_action, name="studio_action"),
    path("organisations/coverage/", coverage.studio_coverage, name="studio_coverage"),
    path("organisations/coverage/freeze/", coverage.coverage_freeze, name="coverage_freeze"),
    path("organisations/filings/", others.filing_list, name="filing_list"),
    path("organisations/filings/<int:pk>/", others.filing_detail, name="filing_detail"),
    path("organisations/filings/<int:pk>/<str:name>/", others.filing_action, name="filing_action"),
    path("organisations/dock-agreements/", others.dock_agreement_list, name="dock_agreement_list"),
    path("organisations/dock-agreements/new/", others.dock_agreement_new, name="dock_agreement_new"),
    path("organisations/dock-agreements/<int:pk>/", others.dock_agreement_detail, name="dock_agreement_detail"),
    path("organisations/dock-agreements/<int:pk>/file/", others.dock_agreement_file, name="dock_agreement_file"),
    path(
        "organisations/dock-agreements/<int:pk>/<str:name>/", others.dock_agreement_action, name="dock_agreement_action"
    ),
]
