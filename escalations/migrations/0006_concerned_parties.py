import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0001_initial'),
        ('escalations', '0005_said_by_link'),
    ]

    operations = [
        migrations.AddField(
            model_name='disagreement',
            name='between',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AlterField(
            model_name='step',
            name='kind',
            field=models.CharField(choices=[('opened', 'Opened'), ('named', 'Somebody named for a level'), ('wanted', 'What a side wants'), ('note', 'Note'), ('shared', 'Note shared'), ('proposal', 'Proposal'), ('acceptance', 'Acceptance'), ('taken_up', 'Taken to another level'), ('skipped', 'Level skipped'), ('brought_in', 'Another party brought in'), ('advice_asked', 'Advice asked'), ('advice_given', 'Advice given'), ('agreed', 'Settled'), ('withdrawn', 'Withdrawn')], max_length=12),
        ),
        migrations.CreateModel(
            name='ConcernedParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disagreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerned', to='escalations.disagreement')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.party')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerned', to='escalations.step')),
            ],
            options={
                'verbose_name_plural': 'concerned parties',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('disagreement', 'party'), name='concerned_party_once')],
            },
        ),
    ]
