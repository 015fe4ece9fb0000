from django.db import migrations

from meetings.models.meetings import ANSWERS_APPEND_ONLY, ANSWERS_STAY
from house.triggers import InstallTrigger, RemoveTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0042_disposals'),
        ('meetings', '0008_until'),
    ]

    operations = [
        RemoveTrigger(ANSWERS_APPEND_ONLY),
        *map(InstallTrigger, ANSWERS_STAY),
    ]
