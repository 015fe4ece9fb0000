from django.db import migrations

from house.triggers import InstallTrigger
from performance.models.steps import STEPS_STAY


class Migration(migrations.Migration):
    dependencies = [("agreements", "0043_disposal_triggers"), ("performance", "0001_initial")]

    operations = [InstallTrigger(each) for each in STEPS_STAY]
