import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0029_who_signed_on_paper'),
        ('documents', '0001_initial'),
        ('parties', '0007_committees_and_planning_groups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssociatedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_own', models.BooleanField(verbose_name='own document of the party that keeps it')),
                ('kind', models.CharField(choices=[('scheme_of_delegation', 'Scheme of delegation'), ('terms_of_reference', 'Terms of reference'), ('roles', 'Roles and responsibilities'), ('local_agreement', 'Local agreement'), ('strategy', 'Strategy'), ('policy', 'Policy or procedure'), ('guidance', 'National guidance'), ('other', 'Another document')], default='other', max_length=24)),
                ('term', models.CharField(blank=True, max_length=40)),
                ('edit_no', models.PositiveIntegerField(default=1)),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='taken off the list')),
                ('ended_because', models.CharField(blank=True, max_length=500)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='associated_documents', to='agreements.agreement')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='associated_documents', to='agreements.party')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField(verbose_name='number')),
                ('title', models.CharField(max_length=200)),
                ('link', models.CharField(blank=True, max_length=500, verbose_name='address')),
                ('label', models.CharField(blank=True, max_length=60, verbose_name='version')),
                ('dated_on', models.DateField(blank=True, null=True, verbose_name='date')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='date of review')),
                ('because', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('added_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.organisation')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='agreements.associateddocument')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='document_versions', to='documents.storedfile')),
            ],
            options={
                'ordering': ['document', '-seq'],
            },
        ),
        migrations.AddField(
            model_name='version',
            name='associated_documents',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalversion',
            name='associated_documents',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='associateddocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_because', ''), ('ended_by', None), ('ended_for', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('ended_for__isnull', False), models.Q(('ended_because', ''), _negated=True)), _connector='OR'), name='associated_document_ended_whole'),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.UniqueConstraint(fields=('document', 'seq'), name='document_version_seq_once'),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('link', '')), models.Q(('file', None), models.Q(('link', ''), _negated=True)), _connector='OR'), name='document_version_file_or_link'),
        ),
    ]
