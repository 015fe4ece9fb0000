from django.db import migrations

from house.indexes import CountEachValue


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0005_lines")]

    operations = [CountEachValue("holder", "organisation")]
