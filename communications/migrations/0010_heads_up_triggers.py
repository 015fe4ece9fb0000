from django.db import migrations

from communications.models.heads_up_moves import MOVES_STAY
from house.triggers import InstallTrigger


class Migration(migrations.Migration):
    dependencies = [("agreements", "0043_disposal_triggers"), ("communications", "0009_heads_ups")]

    operations = [InstallTrigger(each) for each in MOVES_STAY]
