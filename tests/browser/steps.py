"""What people do on the pages, in the words of the pages: by name, as a screen reader would find it."""

from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.utils.crypto import get_random_string
from playwright.sync_api import Locator, Page

from accounts.models import User
from coaching.models import Person
from tests.accounts.people import PASSWORD, code_sent_to
from tests.coaching.shell_makers import a_plan, a_visitor

ANSWERS: dict[str, dict[str, str | list[str]]] = {
    "What matters to you": {"Are you 18": "Yes", "What matters": ["Time with family", "Rest and good sleep"]},
    "Below the waist": {},
    "After a fall, or pregnant": {},
    "Chest, tummy, sudden pain": {},
    "Feeling ill": {},
    "How the pain is": {},
    "One direct question": {},
    "Your pain": {"How long": "Over 12 weeks", "pain on average": "6", "enjoyment of life": "5", "activity": "7"},
    "Worry and mood": {
        "nervous": "More than half the days",
        "stop or control": "Several days",
        "Little interest": "Not at all",
        "Feeling down": "Several days",
    },
    "More on worry": {
        "Worrying too much": "Several days",
        "Trouble relaxing": "More than half the days",
        "restless": "Not at all",
        "irritable": "Several days",
        "something awful": "Several days",
    },
    "Body and thoughts": {"rush of strong fear": "No", "tight or tense": "7", "stuck in your mind": "6", "avoid": "6"},
    "Your days and nights": {"sleep": "3", "active for 10 minutes": "1", "use for your back": ["Rest", "Medicine"]},
    "What you know of it": {"Where does it sit": "Low back", "turns it up": ["A bad night"], "rather do": "Move"},
    "Heart, lungs, pregnancy": {},
    "Bones, back and nerves": {},
    "Eyes, blood and skin": {},
    "Stomach, kidneys, medicines": {},
    "Mind, sleep and work": {},
}
"""Title of a step -> words of each question -> what is tapped."""

BUTTONS = {"One direct question": "No"}
"""Of a screen without a tick, the button that answers it; of a group, "None of these"."""


def question(page: Page, words: str) -> Locator:
    return page.get_by_role("group", name=words)


def tap(page: Page, words: str, answer: str | list[str]) -> None:
    for each in [answer] if isinstance(answer, str) else answer:
        question(page, words).get_by_label(each, exact=True).check()


def answer_step(page: Page, **changed: str | list[str]) -> None:
    """Answer the step that is open as `ANSWERS` has it, but for what is changed, and go on."""
    title = page.get_by_role("heading", level=1).inner_text()
    answers = {**ANSWERS[title], **changed}
    for words, answer in answers.items():
        tap(page, words, answer)
    go_on(page, "Next" if answers else BUTTONS.get(title, "None of these"))


def answer_danger(page: Page, said: str = "No") -> None:
    """From any of its screens to the end: nothing of it, and what is said to the direct question."""
    while (title := page.get_by_role("heading", level=1).inner_text()) != "One direct question":
        assert not ANSWERS[title], title
        go_on(page, "None of these")
    go_on(page, said)


def go_on(page: Page, button: str = "Next") -> None:
    """Press a button that leads to another page, and be there."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def open_safety(page: Page) -> None:
    page.goto("/intake/goal/")
    answer_step(page)
    page.wait_for_url("**/intake/below-the-waist/")


def sign_up(page: Page, email: str = "nadia@example.org") -> None:
    """From the sign-up page to wherever it leads, and the code entered."""
    main = page.locator("main")
    main.get_by_label("Email address").fill(email)
    main.locator("#id_password1").fill(PASSWORD)
    main.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/today/")
    main.get_by_role("link", name="Enter the code").click()
    page.wait_for_url("**/confirm-email/")
    main.get_by_label("Code").fill(code_sent_to(email))
    main.get_by_role("button", name="Go on").click()


def be_logged_in(page: Page, user: User) -> None:
    """As after logging in, without the pages of it."""
    client = Client()
    client.force_login(user)
    take_session(page, client)


def have_a_plan(page: Page) -> Person:
    """As after answering everything, without the pages of it."""
    client = Client()
    person = a_visitor(client)
    a_plan(person)
    take_session(page, client)
    return person


def take_session(page: Page, client: Client) -> None:
    """With a secret against forged forms, as every log-in leaves one: two requests at once would each bring another."""
    cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": get_random_string(CSRF_SECRET_LENGTH)}
    page.context.add_cookies(
        [{"name": name, "value": value, "domain": "localhost", "path": "/"} for name, value in cookies.items()]
    )
