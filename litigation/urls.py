from django.urls import path

from litigation import views

urlpatterns = [path("register/", views.register, name="litigation_register")]
