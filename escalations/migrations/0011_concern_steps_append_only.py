from django.db import migrations

from escalations.models.concern_parts import STEPS_OF_CONCERNS_APPEND_ONLY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("escalations", "0010_practice_concerns")]

    operations = [InstallTrigger(STEPS_OF_CONCERNS_APPEND_ONLY)]
