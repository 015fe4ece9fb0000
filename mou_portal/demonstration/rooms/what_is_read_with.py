"""What agreements are read with: a list in force that has changed, and one with gaps in it."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook

from agreements.associated.said import Brought, Said
from agreements.associated.services import add_document, change_document
from agreements.models import Agreement, AssociatedDocument
from documents.office import TYPES, OfficeFile
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.neighbours import COMMITTEES, LEAD

GRETA = "Greta Holm"


def load() -> None:
    """Unless they are there already."""
    if AssociatedDocument.objects.filter(agreement__state="being_prepared").exists():
        return
    of_committees()
    in_force()


def of_committees() -> None:
    """A draft: the workbook and a paper are one for all; two of three committees have brought
    their terms of reference, the delegated one not yet its scheme of delegation."""
    agreement = Agreement.objects.get(
        template_version__template__key="regional-team-and-committees"
    )
    with days_ago(9), by(LEAD) as lead:
        add_document(
            by=lead, agreement=agreement, kind="other", term="roles_workbook",
            said=Said("Roles and responsibilities", brought=_workbook(), label="0.9",
                      dated_on=date(clock.today().year, 3, 2)),
        )  # fmt: skip
        add_document(
            by=lead, agreement=agreement, kind="other", term="next_steps",
            said=Said("Next steps towards co-commissioning", label="final",
                      link="https://papers.national-team.example/next-steps.pdf"),
        )  # fmt: skip
    for number, committee in enumerate(list(COMMITTEES)[:2], start=1):
        with days_ago(8 - number), by(COMMITTEES[committee].secretary) as secretary:
            add_document(
                by=secretary, agreement=agreement, kind="other", term="terms_of_reference",
                said=Said(f"Terms of reference of {committee}", label=f"1.{number}",
                          link=f"https://{committee.split()[0].lower()}.example/terms.pdf",
                          review_on=clock.today() + timedelta(days=300)),
            )  # fmt: skip


def in_force() -> None:
    """With Aldermoor CCG: a document that the signed text prints has a later version by now, and
    its review is due soon; another came to the list since."""
    agreement = Agreement.objects.filter(state="in_force").order_by("pk")[0]
    document = agreement.associated_documents.order_by("pk")[0]
    with days_ago(30), by(AMARA) as amara:
        change_document(
            by=amara, document=document, edit_no=1, because="Clearer on whom to ring first.",
            said=Said("How concerns are taken up", label="2.0",
                      dated_on=clock.today() - timedelta(days=31),
                      link="https://area-team.example/concerns-2.pdf",
                      review_on=clock.today() + timedelta(days=50)),
        )  # fmt: skip
    with days_ago(12), by(GRETA) as greta:
        add_document(
            by=greta, agreement=agreement, kind="terms_of_reference",
            said=Said("Terms of reference of the Governing Body", label="3",
                      link="https://aldermoor-ccg.example/governing-body.pdf"),
        )  # fmt: skip


def _workbook() -> Brought:
    """Functions of primary care commissioning, and who does what for each."""
    book, output = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "Functions"
    for row in (
        ("Function", "Regional Team", "Committee"),
        ("Payments to practices", "Responsible", "Informed"),
        ("Applications to change a contract", "Prepares them", "Decides"),
        ("New services", "Advises", "Decides"),
    ):
        sheet.append(row)
    book.save(output)
    return Brought(OfficeFile(output.getvalue(), TYPES["xlsx"]), "Roles and responsibilities.xlsx")
