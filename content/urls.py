from django.urls import path

from content.feeds import TipFeed
from content.views.preview import preview
from content.views.tips import tip, tips

app_name = "content"
urlpatterns = [
    path("tips/", tips, name="tips"),
    path("tips/feed/", TipFeed(), name="tip_feed"),
    path("tips/<slug:slug>/", tip, name="tip"),
    path("preview/<str:token>/", preview, name="preview"),
]
