from django.db import migrations

from communications.models.heads_up_moves import MOVE_APPEND_ONLY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("communications", "0009_heads_ups")]

    operations = [InstallTrigger(MOVE_APPEND_ONLY)]
