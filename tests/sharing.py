"""Which tests have to run in one process, one after the other, when there are several (`--dist loadgroup`).

The mark of xdist for it goes by the name of a test, into which pytest 9 no longer lets it write.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/test_serve.py",)
"""Files whose tests share what was dear to make."""


class Sharing(LoadScopeScheduling):
    """Each test by itself to whoever is free, the largest group first, so that nobody waits for it at the end."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid


@pytest.hookimpl
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing | None:
    return Sharing(config, log) if config.getvalue("dist") == "loadgroup" else None
