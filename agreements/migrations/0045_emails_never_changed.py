from django.db import migrations

from agreements.models.emails import SAVED_EMAIL_NEVER_CHANGED, SAVED_EMAIL_NEVER_GONE
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("agreements", "0044_emails_on_record")]

    operations = [
        InstallTrigger(each) for each in [*SAVED_EMAIL_NEVER_CHANGED, SAVED_EMAIL_NEVER_GONE]
    ]
