"""The data map: what lies in the browser of whoever comes, by the names under which it can be found there."""

from coaching.data_map.kept import Cookie, Lies, Store

COOKIES = (
    Cookie(name="sessionid", why="Keeps your place, and that you are logged in", how_long="90 days"),
    Cookie(name="csrftoken", why="Protects forms: another site cannot send one in your name", how_long="One year"),
    Cookie(name="flare", why="Keeps the pages short while a flare is on, because you said so", how_long="Half a day"),
    Cookie(
        name="zone", why="Says which time zone your device is in, so that today is your own day", how_long="One year"
    ),
    Cookie(
        name="arrived",
        why="Says which drafts have arrived, so that your device can erase them",
        how_long="Until you close the browser",
    ),
    Cookie(
        name="known",
        why="Says that your account was opened in this browser before, so that no one who guesses locks you out",
        how_long="One year",
    ),
)
"""On https each has `__Host-` before its name: no other site, and no part of this one, can set it."""

STORES = (
    Store(
        what="Help now, practices, and pages that everybody can read",
        why="So that they work without a network",
        how_long="Until a newer version comes",
        lies=Lies.OPEN,
        places=("caches: shell-", "caches: guides-"),
    ),
    Store(
        what="The lessons you opened, and the practices as you chose them",
        why="So that you can read on without a network",
        how_long="Until you log out",
        lies=Lies.OPEN,
        places=("caches: opened",),
    ),
    Store(
        what="The voice of the practices you kept with it, and of flare mode",
        why="So that it speaks without a network",
        how_long="Until you take it off, or log out",
        lies=Lies.OPEN,
        places=("caches: voices-1",),
    ),
    Store(
        what="What you did without a network, and drafts of what you write",
        why="To send it when the network is back, and to lose nothing when a page closes",
        how_long="Until it has arrived, you say no to it, or you log out. Drafts for 30 days",
        lies=Lies.LOCKED,
        places=("indexedDB: unloop/device", "indexedDB: unloop/rows"),
    ),
    Store(
        what="How you set the player: sound, voice, pace; and whether you hid pain numbers",
        why="So that it is as you like it the next time",
        how_long="Until you log out, or clear the browser",
        lies=Lies.OPEN,
        places=("localStorage: practice-settings", "localStorage: asks-pain"),
    ),
)
