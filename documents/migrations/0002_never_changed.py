from django.db import migrations

from documents.models import NEVER_CHANGED
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [InstallTrigger(NEVER_CHANGED)]
