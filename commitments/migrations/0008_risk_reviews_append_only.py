from django.db import migrations

from commitments.models import REVIEWS_STAY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("agreements", "0043_disposal_triggers"), ("commitments", "0007_logs")]

    operations = [InstallTrigger(each) for each in REVIEWS_STAY]
