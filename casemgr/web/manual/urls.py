from django.urls import path

from casemgr.web.manual import views

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/search/", views.search_page, name="help_search"),
    path("help/pictures/<slug:name>.png", views.picture, name="help_picture"),
    path("help/<slug:code>/", views.chapter, name="help_chapter"),
]
