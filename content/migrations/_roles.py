"""Who may do what in the library, as two groups that a migration makes.

Writers write: texts, sources and made-up people. They see everything else, because texts lean on it. Reviewers
may do the same, change what the rules of safety and evidence say, and let readers see a text. Nobody reviews
what they wrote themselves, whatever group they are in: `publishing.py` holds that, and `confirming.py` for the
rows on which safety rests.
"""

from typing import Any

TEXTS = ("lesson", "lessonvariant", "guide", "ladder", "steprule", "tip")
WRITTEN = (*TEXTS, "reference", "storyperson", "picture", "translation")
SAFETY = ("caution", "demandcaution", "conditiontext", "dangersign", "crisisline")
KNOWLEDGE = ("technique", "evidence", "evidencecard", "scale", *SAFETY)
WRITERS = [
    *(f"{action}_{name}" for name in WRITTEN for action in ("add", "change", "view")),
    *(f"view_{name}" for name in (*KNOWLEDGE, "version", "humanrecording")),
]
REVIEWERS = [
    *WRITERS,
    *(f"{action}_{name}" for name in KNOWLEDGE for action in ("add", "change")),
    *(f"{action}_{name}" for name in TEXTS for action in ("review", "publish")),
    # What they bring is heard at once.
    *("add_humanrecording", "change_humanrecording"),
]
ROLES = {"Writers": WRITERS, "Reviewers": REVIEWERS}


def make_roles(apps: Any) -> None:
    """Safe to run again. Permissions are made here where Django has not made them yet: it does so after migrations."""
    for name, codenames in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, codename) for codename in codenames))


def _permission(apps: Any, codename: str) -> Any:
    action, _, model = codename.partition("_")
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="content", model=model)
    words = {"name": f"Can {action} {model}"}
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get_or_create(codename=codename, content_type=kind, defaults=words)[0]
