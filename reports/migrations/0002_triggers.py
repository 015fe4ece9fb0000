from django.db import migrations

from house.triggers import InstallTrigger
from reports.models.assurance import REGISTER_APPEND_ONLY
from reports.models.reports import FIGURES_STAY, REMARKS_STAY


class Migration(migrations.Migration):
    dependencies = [("agreements", "0043_disposal_triggers"), ("reports", "0001_initial")]

    operations = [
        InstallTrigger(each) for each in [*FIGURES_STAY, *REMARKS_STAY, REGISTER_APPEND_ONLY]
    ]
