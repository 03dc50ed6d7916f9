from django.urls import path

from reconsideration import views

urlpatterns = [path("register/", views.register, name="reconsideration_register")]
