"""What an author may link to is there."""

import pytest
from django.urls import resolve

from content.core.texts.paths import FIXED_PATHS


@pytest.mark.parametrize("path", sorted(FIXED_PATHS))
def test_a_page_that_a_text_may_link_to_has_an_address(path: str) -> None:
    resolve(path)
