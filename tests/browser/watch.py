"""Watches the pages of a test: a request elsewhere, an error in the console or a failing server is a fault."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError


class Watch:
    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        self.documents: set[str] = set()
        self.expected: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("request", self.note_request)
        context.on("response", self.note_response)
        context.on("console", self.note_console)
        context.on("weberror", self.note_error)

    def expect(self, words: str) -> None:
        """A fault with these words is what the test is about (a page asked for while offline, say)."""
        self.expected.append(words)

    def note_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self.documents.add(request.url)
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:", "about:")):
            self.faults.append(f"asked another origin: {request.url}")

    def note_response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"the server failed with {response.status}: {response.url}")

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self.is_only_a_status(message):
            self.faults.append(f"in the console: {message.text}")

    def is_only_a_status(self, message: ConsoleMessage) -> bool:
        """Chromium reports a page that came with 404 or 422 as an error; a person just sees that page."""
        return message.text.startswith("Failed to load resource") and message.location["url"] in self.documents

    def note_error(self, error: WebError) -> None:
        self.faults.append(f"a script broke: {error.error}")

    def unexpected(self) -> list[str]:
        return [fault for fault in self.faults if not any(words in fault for words in self.expected)]


HEIGHTS = {390: 844, 320: 640}
"""Of screens of these widths; others are a desk's."""

STILL = """
async () => {
    await document.fonts.ready;
    document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
}
"""


def settled(page: Page) -> Page:
    """The page once all it asked for is there, and no colour is on its way to another.

    A colour scheme that has just changed fades in for a moment: whoever looks then sees neither scheme. The fading is
    brought to its end, not waited for: a page that nobody sees need not draw, and what is not drawn never ends.
    """
    page.wait_for_load_state("load")
    page.evaluate(STILL)
    return page


def height_at(width: int) -> int:
    return HEIGHTS.get(width, 900)


def widen(page: Page, width: int) -> Page:
    """The same page on another screen."""
    page.set_viewport_size({"width": width, "height": height_at(width)})
    return page
