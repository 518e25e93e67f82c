"""Pictures become rows of the library. Those that are there get an original: the widest file that browsers had."""

from hashlib import sha256
from typing import Any

from django.db import migrations, models


def keep_originals(apps: Any, schema_editor: Any) -> None:
    originals, pictures = apps.get_model("content", "PictureOriginal"), apps.get_model("content", "Picture")
    for picture in pictures.objects.all():
        data = bytes(picture.files.filter(kind="webp").order_by("width").last().data)
        picture.digest = picture.drawn_from = sha256(data).hexdigest()
        originals.objects.get_or_create(digest=picture.digest, defaults={"data": data})
        picture.save(update_fields=["digest", "drawn_from"])


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0010_words_of_a_card"),
    ]

    operations = [
        migrations.CreateModel(
            name="PictureOriginal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.AddField(model_name="picture", name="loaded", field=models.JSONField(default=dict, editable=False)),
        migrations.AddField(
            model_name="picture", name="conflicts", field=models.JSONField(default=dict, editable=False)
        ),
        migrations.AddField(
            model_name="picture",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="the picture"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="picture",
            name="drawn_from",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="picture", name="width", field=models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AlterField(
            model_name="picture", name="height", field=models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.RunPython(keep_originals, migrations.RunPython.noop, elidable=True),
    ]
