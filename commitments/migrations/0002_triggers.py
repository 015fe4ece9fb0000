from django.db import migrations

from commitments.models import NOTES_APPEND_ONLY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]

    operations = [InstallTrigger(NOTES_APPEND_ONLY)]
