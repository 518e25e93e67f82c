"""Keeps a change beside a row until somebody else has looked at it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from content.models import Confirmed, Row


def proposal_of(row: Row, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the values change in a row, and what it said when that was written; empty when they change nothing."""
    now = row.authored_values()
    changed = {name: value for name, value in values.items() if value != now[name]}
    return {"base": {name: now[name] for name in changed}, "values": changed} if changed else {}


def hold(row: Confirmed, values: Mapping[str, Any], by: AbstractBaseUser) -> None:
    """Keeps a change until somebody else confirms it. To say again what is in force is to take it back."""
    writers = sorted({*row.proposal.get("by", []), by.pk})
    row.proposal = proposal_of(row, values)
    if row.proposal:
        row.proposal["by"] = writers
    row.save(update_fields=["proposal", "updated"])
