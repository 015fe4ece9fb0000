from django.db import migrations

from escalations.models.concerned import CONCERNED_APPEND_ONLY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("escalations", "0006_concerned_parties")]

    operations = [InstallTrigger(CONCERNED_APPEND_ONLY)]
