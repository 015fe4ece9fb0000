from django.db import migrations

from escalations.models.steps import STEPS_APPEND_ONLY, STEPS_STAY
from house.triggers import InstallTrigger, RemoveTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0042_disposals'),
        ('escalations', '0008_fill_concerned_parties'),
    ]

    operations = [
        RemoveTrigger(STEPS_APPEND_ONLY),
        *map(InstallTrigger, STEPS_STAY),
    ]
