from itertools import pairwise

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from content.core.vocabulary import Topic
from content.models import Tip
from content.models.tip import TipQuerySet
from content.reading.pages import tip_page

TIPS_A_PAGE = 12


@require_safe
def tips(request: HttpRequest) -> HttpResponse:
    topic = _topic(request)
    published = _tips(topic).select_related("practice").defer("body", "html", "plain", "loaded")
    page = Paginator(published, TIPS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "topic": topic, "topics": list(Topic)}
    return render(request, "content/tips.html", context)


@require_safe
def tip(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(_tips(None).select_related("practice"), slug=slug)
    return render(request, "content/tip.html", {"page": tip_page(shown), "following": _after(shown)})


def _after(tip: Tip) -> Tip | None:
    """The next tip of the list, for whoever reads on."""
    listed = list(_tips(None).only("slug", "title"))
    return next((later for earlier, later in pairwise(listed) if earlier.pk == tip.pk), None)


def _tips(topic: Topic | None) -> TipQuerySet:
    published = Tip.objects.published(timezone.now()).newest_first()
    return published.on(topic.value) if topic else published


def _topic(request: HttpRequest) -> Topic | None:
    """The topic asked for; a made-up one has no page."""
    asked = request.GET.get("topic", "")
    if not asked:
        return None
    try:
        return Topic(asked)
    except ValueError:
        raise Http404(f"no topic called {asked}") from None
