from django.db import migrations

from house.indexes import CountEachValue


class Migration(migrations.Migration):
    dependencies = [("agreements", "0010_newest_happenings")]

    operations = [CountEachValue("access", "organisation")]
