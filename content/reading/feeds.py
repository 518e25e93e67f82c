from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from content.models import Tip
from content.models.tip import TipQuerySet

TIPS_IN_FEED = 30


class TipFeed(Feed[Tip, None]):
    feed_type = Atom1Feed
    title = "Unloop tips"
    subtitle = "Short, sourced tips for backs and worries that feed each other."
    link = reverse_lazy("content:tips")
    feed_url = reverse_lazy("content:tip_feed")

    def items(self) -> TipQuerySet:
        return Tip.objects.published(timezone.now()).newest_first().defer("body", "loaded")[:TIPS_IN_FEED]

    def item_title(self, item: Tip) -> str:
        return item.title

    def item_description(self, item: Tip) -> str:
        return item.summary

    def item_pubdate(self, item: Tip) -> datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Tip) -> datetime:
        return item.updated
