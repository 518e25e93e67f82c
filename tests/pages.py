"""The public pages: what a visitor without an account can open."""

PUBLIC = [
    "/",
    "/about/",
    "/privacy/",
    "/lessons/",
    "/lessons/the-loop/",
    "/lessons/breathing/",
    "/lessons/breathing/?size=12",
    "/intake/",
    "/practice/",
    "/practice/breathing/",
    "/practice/pmr/",
    "/help-now/",
    "/help-now/emergency/",
    "/help-now/crisis/",
    "/tips/",
    "/newsletter/",
    "/accounts/signup/",
    "/accounts/login/",
    "/accounts/password/reset/",
]
