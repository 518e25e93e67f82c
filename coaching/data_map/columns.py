"""Whether the data map names every column of every table that is about people, and no other."""

from django.apps import apps

from coaching.data_map.whole import NOT_ABOUT_PEOPLE, all_kept

LIBRARY = "content"
Column = tuple[str, str]


def kept_columns() -> set[Column]:
    """As the database has them: the number of a row says nothing."""
    models = apps.get_models(include_auto_created=True)
    about = [m for m in models if m._meta.label not in NOT_ABOUT_PEOPLE and m._meta.app_label != LIBRARY]
    return {(m._meta.label, f.name) for m in about for f in m._meta.concrete_fields if not f.primary_key}


def differences() -> tuple[list[Column], list[Column]]:
    """What the map leaves out, and what it names that is not there."""
    named = {column for kept in all_kept() for column in kept.named_columns()}
    return sorted(kept_columns() - named), sorted(named - kept_columns())
