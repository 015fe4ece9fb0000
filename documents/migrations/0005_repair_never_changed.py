from django.db import migrations

from documents.models import REPAIR_NEVER_CHANGED
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_repairs")]

    operations = [InstallTrigger(REPAIR_NEVER_CHANGED)]
