from django.db import migrations, models

KINDS = [('area_team', 'NHS England area or regional team'), ('ccg', 'Clinical commissioning group'), ('icb', 'Integrated care board'), ('federation', 'Federation of practices'), ('practice', 'General practice'), ('lmc', 'Local medical committee'), ('committee', 'Joint or delegated committee'), ('planning_group', 'Strategic planning group'), ('other', 'Another organisation')]


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0006_checked_addresses'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=20),
        ),
        migrations.AlterField(
            model_name='historicalorganisation',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=20),
        ),
    ]
