from django.db import migrations

from deadlines.holidays import PARTS, published_holidays

YEARS = range(2012, 2041)


def add_published(apps, schema_editor):
    Holiday = apps.get_model("deadlines", "Holiday")
    Holiday.objects.bulk_create(
        Holiday(calendar=calendar.value, day=day, name=name[:120])
        for calendar in PARTS
        for day, name in published_holidays(calendar, YEARS).items()
    )


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]

    operations = [migrations.RunPython(add_published, migrations.RunPython.noop)]
