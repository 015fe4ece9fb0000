from django.db import migrations

from escalations.models.steps import STEPS_APPEND_ONLY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("escalations", "0001_initial")]

    operations = [InstallTrigger(STEPS_APPEND_ONLY)]
