from django.urls import path

from content.reading.feeds import TipFeed
from content.views.evidence import evidence
from content.views.picture import picture
from content.views.preview import phone, preview
from content.views.tips import tip, tips

app_name = "content"
urlpatterns = [
    path("evidence/", evidence, name="evidence"),
    path("tips/", tips, name="tips"),
    path("tips/feed/", TipFeed(), name="tip_feed"),
    path("tips/<slug:slug>/", tip, name="tip"),
    path("pictures/<str:name>", picture, name="picture"),
    path("preview/<str:token>/", preview, name="preview"),
    path("preview/<str:token>/phone/", phone, name="preview_phone"),
]
