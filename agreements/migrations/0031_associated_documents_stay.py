from django.db import migrations

from agreements.models.associated import DOCUMENT_VERSION_NEVER_CHANGED
from agreements.models.versions import READ_WITH_FROZEN
from house.triggers import InstallTrigger


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0030_associated_documents'),
    ]

    operations = [
        InstallTrigger(DOCUMENT_VERSION_NEVER_CHANGED),
        InstallTrigger(READ_WITH_FROZEN),
    ]
