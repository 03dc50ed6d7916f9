from django.urls import path

from mediation import views

urlpatterns = [path("register/", views.register, name="mediation_register")]
