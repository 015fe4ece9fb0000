from django.db import migrations

from agreements.models.data_sharing import ENTRIES_STAY, WORDS_STAY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("agreements", "0046_data_sharing")]

    operations = [InstallTrigger(each) for each in [*ENTRIES_STAY, *WORDS_STAY]]
