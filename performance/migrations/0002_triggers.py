from django.db import migrations

from house.triggers import InstallTrigger
from performance.models.steps import STEPS_APPEND_ONLY


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_initial")]

    operations = [InstallTrigger(STEPS_APPEND_ONLY)]
