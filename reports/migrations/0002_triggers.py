from django.db import migrations

from house.triggers import InstallTrigger
from reports.models.assurance import REGISTER_APPEND_ONLY
from reports.models.reports import APPEND_ONLY


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [InstallTrigger(each) for each in [*APPEND_ONLY, REGISTER_APPEND_ONLY]]
