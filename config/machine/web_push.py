"""Reminders on devices (Web Push): which push services may be posted to."""

PUSH_SERVICES = [
    "fcm.googleapis.com",  # Chrome, Edge on Android, Opera, Samsung Internet
    "push.services.mozilla.com",  # Firefox
    "push.apple.com",  # Safari
    "notify.windows.com",  # Edge on Windows
]
"""Of the browsers that have them: the only ones that reminders are posted to. A browser names the address itself, so a
page of somebody else could name any other. A host stands for all names below it."""
