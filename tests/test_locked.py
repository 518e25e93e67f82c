"""requirements.lock holds what requirements.txt names, each with its hashes, and the bill of materials holds it too."""

import re

from tests.imports import ROOT
from tests.inventory import LOCK, PINNED, bill_of_materials, locked, plain

LOCKED = {package.name: package for package in locked(LOCK.read_text(encoding="utf-8"))}


def named() -> dict[str, str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := PINNED.match(line))]
    return {plain(match[1]): match[2] for match in found}


def test_the_lock_has_each_package_at_its_version() -> None:
    """The lock may know more: what another kind of Python or of machine needs."""
    wanted = named()
    assert {name: package.version for name, package in LOCKED.items() if name in wanted} == wanted
    more = {line.partition("==")[0] for line in LOCK.read_text(encoding="utf-8").splitlines() if " ; " in line}
    assert set(LOCKED) - set(wanted) <= {plain(name) for name in more}


def test_each_package_has_the_hashes_of_its_files() -> None:
    assert [name for name, package in LOCKED.items() if not package.hashes] == []


def test_packages_are_installed_by_their_hashes() -> None:
    for place in ("script/_common.sh", "docs/deploy.md", "Containerfile"):
        told = (ROOT / place).read_text(encoding="utf-8")
        assert re.search(r"--require-hashes -r \S*requirements\.lock", told), place


def test_the_bill_of_materials_names_each_with_its_hashes_and_licence() -> None:
    components = {each["name"]: each for each in bill_of_materials()["components"]}
    assert set(components) == set(LOCKED)
    assert components["django"]["purl"].startswith("pkg:pypi/django@5.2")
    assert components["django"]["licenses"]
    assert len(components["django"]["hashes"]) >= 2
