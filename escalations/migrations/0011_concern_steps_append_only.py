from django.db import migrations

from escalations.models.concern_parts import STEPS_OF_CONCERNS_STAY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("agreements", "0043_disposal_triggers"), ("escalations", "0010_practice_concerns")]

    operations = [InstallTrigger(each) for each in STEPS_OF_CONCERNS_STAY]
