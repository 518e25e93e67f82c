"""What a page may load and where its forms may go: this site, and nobody else's."""

from typing import Any

from csp.constants import NONE, SELF

FROM_HERE = ("default", "script", "style", "font", "connect", "manifest", "worker")


def content_security_policy(*, is_https: bool) -> dict[str, Any]:
    own = {f"{kind}-src": [SELF] for kind in FROM_HERE}
    rest = {
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],  # the player makes one sound of the recordings of a practice
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": is_https,
    }
    return {"DIRECTIVES": {**own, **rest}}
