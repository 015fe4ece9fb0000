from django.db import migrations

from commitments.models.progress import NOTES_APPEND_ONLY
from house.triggers import in_migration


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]

    operations = [migrations.RunPython(*in_migration(NOTES_APPEND_ONLY))]
