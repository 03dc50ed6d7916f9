from django.urls import path

from casemgr.web.api.mounting import PREFIX, build

api = build()
urlpatterns = [path(PREFIX, api.urls)]
