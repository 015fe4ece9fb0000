from django.db import migrations

from house.triggers import in_migration
from meetings.models.answers import ANSWERS_APPEND_ONLY


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [migrations.RunPython(*in_migration(ANSWERS_APPEND_ONLY))]
