from django.urls import path

from casemgr.operation.access_review import views

urlpatterns = [
    path("access/reviews/", views.access_review_list, name="access_review_list"),
    path("access/reviews/begin/", views.access_review_begin, name="access_review_begin"),
    path("access/reviews/<int:pk>/", views.access_review, name="access_review"),
    path("access/reviews/<int:pk>/sign/", views.access_review_sign, name="access_review_sign"),
    path("access/reviews/<int:pk>/sheet/", views.access_review_sheet, name="access_review_sheet"),
]
