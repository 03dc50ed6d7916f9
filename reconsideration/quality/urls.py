"""Addresses of quality: reviews, rules of the office, model cases, time per stage."""

from django.urls import path

from reconsideration.quality import pages, register_pages

urlpatterns = [
    path("reviews/", pages.round_list, name="review_rounds"),
    path("reviews/new/", pages.round_new, name="review_round_new"),
    path("reviews/checklists/", pages.checklists, name="review_checklists"),
    path("reviews/checklists/new/", pages.checklist_new, name="review_checklist_new"),
    path("reviews/<int:pk>/", pages.round_detail, name="review_round"),
    path("reviews/<int:pk>/<str:name>/", pages.round_action, name="review_round_action"),
    path("file-reviews/<int:pk>/", pages.file_review, name="file_review"),
    path("file-reviews/<int:pk>/<str:name>/", pages.file_review_action, name="file_review_action"),
    path("findings/<int:pk>/<str:name>/", pages.finding_action, name="review_finding_action"),
    path("times/", pages.times, name="stage_times"),
    path("rules/", register_pages.rule_list, name="office_rules"),
    path("rules/new/", register_pages.rule_new, name="office_rule_new"),
    path("rules/<int:pk>/", register_pages.rule_detail, name="office_rule"),
    path("rules/<int:pk>/<str:name>/", register_pages.rule_action, name="office_rule_action"),
    path("model-cases/", register_pages.model_list, name="model_cases"),
    path("model-cases/<int:pk>/", register_pages.model_detail, name="model_case"),
    path("model-cases/<int:pk>/<str:name>/", register_pages.model_action, name="model_case_action"),
]
