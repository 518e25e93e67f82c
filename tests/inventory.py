"""The packages of requirements.lock as a bill of materials (CycloneDX 1.6): names, versions, hashes, licences."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from config.version import VERSION
from tests.imports import ROOT

LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"^([a-z0-9][a-z0-9.,\-\[\]]*)==([^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(kw_only=True)
class Locked:
    name: str
    version: str
    hashes: list[str] = field(default_factory=list)


def locked(text: str) -> Iterator[Locked]:
    package: Locked | None = None
    for line in text.splitlines():
        if pinned := PINNED.match(line):
            if package:
                yield package
            package = Locked(name=plain(pinned[1]), version=pinned[2])
        if package and (found := HASH.search(line)):
            package.hashes.append(found[1])
    if package:
        yield package


def plain(name: str) -> str:
    """Without extras, and with one sign where packages may have one of three (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.partition("[")[0])


def bill_of_materials() -> dict[str, Any]:
    packages = list(locked(LOCK.read_text(encoding="utf-8")))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "unloop", "version": VERSION}},
        "components": [_component(package) for package in packages],
    }


def _component(package: Locked) -> dict[str, Any]:
    return {
        "type": "library",
        "name": package.name,
        "version": package.version,
        "purl": f"pkg:pypi/{package.name}@{package.version}",
        "hashes": [{"alg": "SHA-256", "content": told} for told in package.hashes],
        **_licence(package.name),
    }


def _licence(name: str) -> dict[str, Any]:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return {}
    words = told.get("License-Expression") or told.get("License") or ""
    return {"licenses": [{"license": {"name": words.splitlines()[0][:80]}}]} if words.strip() else {}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(bill_of_materials(), indent=1), encoding="utf-8")
