from django.urls import path

from mediation.oral_files import views

urlpatterns = [
    path("oral-files/", views.oral_files, name="oral_files"),
    path("oral-files/<int:pk>/", views.oral_file, name="oral_file"),
]
