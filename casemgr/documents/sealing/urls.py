from django.urls import path

from casemgr.documents.sealing import views

urlpatterns = [
    path("sealing/", views.sealing_list, name="sealing_list"),
    path("sealing/register/", views.sealing_register, name="sealing_register"),
    path("sealing/book/<int:year>.pdf", views.sealing_book, name="sealing_book"),
    path("sealing/book/<int:year>.xlsx", views.sealing_excel, name="sealing_excel"),
    path("sealing/<int:pk>/", views.sealing_detail, name="sealing_detail"),
    path("sealing/<int:pk>/<str:name>/", views.sealing_action, name="sealing_action"),
]
