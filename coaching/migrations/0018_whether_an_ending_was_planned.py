from typing import Any

from django.db import migrations, models


def tell_of_those_who_left(apps: Any, schema_editor: Any) -> None:
    """The planned end of whoever has not come back is still that of the ending; of the others it is not known."""
    ending = apps.get_model("coaching", "Ending")
    standing = ending.objects.using(schema_editor.connection.alias).filter(returned_at=None)
    standing.filter(at__date__gte=models.F("person__rhythm__ends_on")).update(was_planned=True)


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0017_what_turned_it_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="ending",
            name="was_planned",
            field=models.BooleanField(db_default=False, default=False, verbose_name="at the planned end, or after it"),
        ),
        migrations.RunPython(tell_of_those_who_left, migrations.RunPython.noop),
    ]
