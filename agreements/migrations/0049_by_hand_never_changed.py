from django.db import migrations

from agreements.models.by_hand import BY_HAND_NEVER_CHANGED, BY_HAND_NEVER_GONE
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("agreements", "0048_by_hand")]

    operations = [InstallTrigger(each) for each in [*BY_HAND_NEVER_CHANGED, BY_HAND_NEVER_GONE]]
