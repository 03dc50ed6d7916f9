from django.urls import path

from casemgr.documents.delivery import views

urlpatterns = [
    path("documents/unserved/", views.unserved_list, name="document_unserved"),
    path("documents/notices/", views.notice_list, name="document_notices"),
    path("documents/delivery/<str:what>/", views.delivery_print, name="delivery_print"),
    path("documents/mailing/", views.delivery_post, name="delivery_post"),
    path("documents/arrivals/", views.delivery_arrivals, name="delivery_arrivals"),
]
