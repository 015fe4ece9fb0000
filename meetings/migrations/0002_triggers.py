from django.db import migrations

from house.triggers import InstallTrigger
from meetings.models.meetings import ANSWERS_APPEND_ONLY


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [InstallTrigger(ANSWERS_APPEND_ONLY)]
