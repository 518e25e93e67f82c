"""The data map as docs/data.md, which `manage.py data_map` prints and a test holds to it."""

from collections.abc import Iterator

from coaching.data_map.kept import Kept, Store
from coaching.data_map.links import LINKS
from coaching.data_map.on_device import COOKIES, STORES
from coaching.data_map.whole import PARTS

HEAD = """# What is kept about people

Made from `coaching/data_map/` by `manage.py data_map`; not written by hand. The privacy page says the same. "Sealed" is
AES-256-GCM with a key that is not in the database (`FIELD_KEYS`): whoever has both reads it, so keep them apart. Keys
are read by the web processes and the workers alone; [operating](operating.md) says how they are changed.
"""


def as_markdown() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    for title, part in PARTS:
        yield from (f"## {title}", "")
        yield from ("| what | why | how long | who sees it | how it lies there | columns |", "| --- " * 6 + "|")
        yield from (_row(kept) for kept in part)
        yield ""
    yield from ("## How rows belong together", "", f"{LINKS.what}. {LINKS.why}.", "", *_columns_of(LINKS), "")
    yield from ("## Cookies", "", "| name | why | how long |", "| --- | --- | --- |")
    yield from (f"| `{cookie.name}` | {cookie.why} | {cookie.how_long} |" for cookie in COOKIES)
    yield from ("", "## What scripts keep in the browser", "")
    yield from ("| what | why | how long | how it lies there | where |", "| --- " * 5 + "|")
    yield from (_store(store) for store in STORES)


def _row(kept: Kept) -> str:
    columns = "; ".join(f"`{line}`" for line in kept.columns)
    return f"| {kept.what} | {kept.why} | {kept.how_long} | {kept.who} | {kept.lies} | {columns} |"


def _store(store: Store) -> str:
    places = "; ".join(f"`{place}`" for place in store.places)
    return f"| {store.what} | {store.why} | {store.how_long} | {store.lies} | {places} |"


def _columns_of(kept: Kept) -> Iterator[str]:
    yield from (f"- `{line}`" for line in kept.columns)
