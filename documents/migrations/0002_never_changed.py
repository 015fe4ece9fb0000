from django.db import migrations

from documents.models import NEVER_CHANGED
from house.triggers import in_migration


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(*in_migration(NEVER_CHANGED))]
