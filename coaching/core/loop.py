"""Interim."""


def draw(snapshot, picks, ghost=None):
    return None


EXAMPLE = None
