from django.db import migrations

from commitments.models import NOTES_APPEND_ONLY, NOTES_STAY
from house.triggers import InstallTrigger, RemoveTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0042_disposals'),
        ('commitments', '0004_open_soonest_first'),
    ]

    operations = [
        RemoveTrigger(NOTES_APPEND_ONLY),
        *map(InstallTrigger, NOTES_STAY),
    ]
