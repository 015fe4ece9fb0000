"""The tables of the administration, by what somebody comes there to do, in plain words.

Each table that is registered stands in one task. What nobody works on by itself is folded at the
end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse


@dataclass(frozen=True)
class Task:
    """`tables`: label of a model -> what it is called here; `pages`: text and name of a page."""

    key: str
    name: str
    sentence: str
    tables: Mapping[str, str]
    pages: tuple[tuple[str, str], ...] = ()
    is_folded: bool = False

    def shown(self, allowed: Mapping[str, dict[str, Any]], *, pages: bool) -> dict[str, Any]:
        """As Django's templates take an app. `allowed`: its own row of each table, by label.

        `pages` says whether the reader may open those of the portal that belong to it.
        """
        models = [
            allowed[label] | {"name": name}
            for label, name in self.tables.items()
            if label in allowed
        ]
        return {
            "name": self.name,
            "app_label": self.key,
            "app_url": f"{reverse('admin:index')}#{self.key}",
            "has_module_perms": True,
            "models": models,
            "sentence": self.sentence,
            "pages": [(text, reverse(page)) for text, page in self.pages if pages],
            "is_folded": self.is_folded,
        }


TASKS: Final = (
    Task(
        "people",
        "People and organisations",
        "Bring in an organisation, correct a name or a code. Each organisation looks after its own "
        "people.",
        {
            "parties.Organisation": "Organisations",
            "parties.OrganisationName": "Names and addresses of organisations",
            "parties.Succession": "Successions: which organisation took whose place",
            "parties.Area": "Areas",
            "parties.Person": "People",
            "parties.Post": "Posts that people hold",
            "parties.Team": "Teams",
            "parties.TeamMember": "Members of teams",
            "parties.Body": "Boards and committees",
            "parties.BodyOrganisation": "For whom a board or committee decides",
            "parties.Seat": "Seats on boards and committees",
            "parties.Absence": "Days away",
            "parties.Departure": "Who left, and who follows",
            "parties.HandedOver": "What became of each thing that somebody held",
        },
        pages=(("Bring in an organisation", "parties:bring_in"),),
    ),
    Task(
        "access",
        "Log-in and access",
        "Close an account, take away a lost second factor, see who may read what.",
        {
            "parties.User": "Accounts",
            "parties.Membership": "Roles that accounts have",
            "parties.Invitation": "Invitations",
            "mfa.Authenticator": "Second factors",
            "agreements.Access": "Which organisation reads which agreement",
            "agreements.TemplateGrant": "Who was let in to edit a template",
        },
    ),
    Task(
        "mail",
        "Mail and work that waits or failed",
        "See what was sent, what waits and why, and send again what failed.",
        {
            "mail.Delivery": "E-mails",
            "mail.Hold": "E-mails held after a restore",
            "deadlines.Reminder": "Reminders",
            "deadlines.DigestLine": "Lines of daily and weekly e-mails",
            "deadlines.MailPreference": "How often people want e-mails",
            "deadlines.LastSweep": "When the portal last looked for what is due",
            "jobs.Job": "Background jobs",
            "jobs.JobRow": "What background jobs did, and what they could not do",
        },
    ),
    Task(
        "agreements",
        "Agreements: look up and put right",
        "Parties change their agreements in the portal. Here you look, and make a failed signed "
        "copy again.",
        {
            "agreements.Agreement": "Agreements",
            "agreements.Version": "Versions",
            "agreements.Approval": "Approvals",
            "agreements.SignatureRequest": "Who is asked to sign",
            "agreements.Signature": "Signatures",
            "agreements.PaperSignature": "Signatures on paper",
            "agreements.Seal": "Signed copies, and those that could not be made",
            "agreements.RegisteredCopy": "Registered copies",
            "agreements.CopyChange": "Corrections of registrations",
            "agreements.KeyContact": "Key contacts",
            "agreements.ContactProposal": "Key contacts whom another party proposed",
            "agreements.AssociatedDocument": "Associated documents",
            "agreements.DataSharing": "Records of shared data, without what is shared",
            "agreements.Review": "Reviews",
            "agreements.ByHand": "Clauses reviewed by hand",
            "agreements.Change": "Variations, extensions, notices and ends",
            "agreements.SavedEmail": "E-mails on record, without their words",
            "agreements.InboundEmail": "E-mails that came to an address here",
            "agreements.Hold": "Holds: what must not be disposed of",
            "agreements.KeptLonger": "What is kept longer",
            "agreements.Disposal": "What was disposed of",
            "agreements.Issue": "What was sent to groups",
            "agreements.IssueLine": "To whom it was sent, and who takes no part",
            "agreements.Template": "Templates",
        },
    ),
    Task(
        "deadlines",
        "Holidays and deadlines",
        "Add a bank holiday: what is open and counted in working days moves with it.",
        {
            "deadlines.Holiday": "Bank holidays",
            "parties.PreElectionPeriod": "Periods before elections",
            "deadlines.Deadline": "Deadlines",
            "deadlines.Holder": "Whose each deadline is",
        },
    ),
    Task(
        "work",
        "Meetings, announcements and disagreements: read only",
        "What the parties record of their work together. No text under embargo is shown.",
        {
            "meetings.Series": "Series of meetings",
            "meetings.Meeting": "Meetings",
            "commitments.Action": "Actions",
            "communications.Announcement": "Announcements",
            "escalations.Disagreement": "Disagreements",
            "commitments.Commitment": "Commitments",
            "commitments.Occurrence": "What was recorded of commitments",
            "commitments.LogEntry": "Logs: learning, engagement, risks",
            "performance.Request": "Requests and consultations",
            "communications.HeadsUp": "Heads-ups",
            "communications.LocalCommittee": "Local medical committees",
            "reports.Report": "Reports on a quarter",
            "reports.Assurance": "Registers for an audit committee",
        },
    ),
    Task(
        "audit",
        "Audit: read only",
        "Who did what and when. Nobody can change it; verify_audit checks that nobody did.",
        {
            "audit.Entry": "Entries of the audit",
            "audit.Link": "Chain of the audit",
            "agreements.Happening": "What happened in agreements",
            "documents.StoredFile": "Stored files",
            "documents.Repair": "Copies of damaged or locked files",
            "documents.Removal": "Files that were removed for good",
        },
    ),
    Task(
        "rest",
        "Everything else",
        "Tables that belong to one of those above. Nobody works on them by themselves.",
        {
            "agreements.ChangeAnswer": "Changes of agreements: answers of the other parties",
            "agreements.Clause": "Clauses",
            "agreements.ClauseText": "Clauses: wording in each version",
            "agreements.Confirmation": "Registered copies: answers of the other parties",
            "agreements.ContactConfirmation": "Key contacts: whether they still are",
            "agreements.Counter": "Numbers of agreements given so far",
            "agreements.IssueDecision": "Sent to groups: approvals that cover all",
            "agreements.IssueNews": "Sent to groups: what the e-mail of a day tells",
            "agreements.IssueShare": "Sent to groups: commissioners and their answers",
            "agreements.DataSharingEntry": "Records of shared data: each entry, without its words",
            "agreements.DataSharingWord": "Records of shared data: words of the other parties",
            "agreements.DocumentVersion": "Associated documents: their versions",
            "agreements.HandoverNote": "Handover notes: who wrote one (not what it says)",
            "agreements.OtherParty": "Parties: the others of each",
            "agreements.Party": "Parties: the sides of agreements",
            "agreements.PartySpell": "Parties: which organisation held a side, and when",
            "agreements.PlannedBack": "Plans: which dates were planned back",
            "agreements.ReviewAnswer": "Reviews: answers of the other parties",
            "agreements.SuccessionMove": "Successions: what became of each agreement",
            "agreements.SuccessionWord": "Successions: words of the other parties",
            "agreements.SetUp": "Agreements that somebody began to set up",
            "agreements.TemplateClause": "Templates: clauses",
            "agreements.TemplateShare": "Templates: with whom they are shared",
            "agreements.TemplateVersion": "Templates: versions",
            "commitments.ProgressNote": "Actions: notes of progress",
            "communications.Acknowledgement": "Drafts: who acknowledged one",
            "communications.Comment": "Drafts: that somebody commented",
            "communications.ConcernedAgreement": "Announcements: which agreements they concern",
            "communications.Correction": "Announcements: corrected final texts",
            "communications.Draft": "Drafts of announcements",
            "communications.Move": "Announcements: moved releases",
            "communications.Read": "Drafts: who read one",
            "communications.Release": "Announcements: releases",
            "communications.Share": "Drafts: with whom they were shared",
            "communications.TouchedParty": "Announcements: which parties they are about",
            "deadlines.Concerned": "Deadlines: which agreements they concern",
            "documents.Rendering": "Documents made so far, by what they are made of",
            "escalations.ConcernedParty": "Disagreements: between whom they are",
            "escalations.Step": "Disagreements: steps",
            "meetings.AgendaItem": "Meetings: items of agendas",
            "meetings.Attendee": "Meetings: who came",
            "meetings.CarriedAction": "Meetings: actions that they looked at",
            "meetings.ItemAbout": "Meetings: whom items of agendas are about",
            "meetings.Note": "Meetings: notes that only some parties read",
            "meetings.NoteAbout": "Meetings: whom such notes are about",
            "meetings.MeetingAnswer": "Meetings: answers of the other parties",
            "meetings.SeriesAgreement": "Series of meetings: their agreements",
            "meetings.Turn": "Series of meetings: whose turn it is",
            "agreements.EmailWord": "What other parties said of e-mails on record",
            "commitments.OccurrenceWord": "What other parties said of records of commitments",
            "commitments.DueDate": "Timetables of commitments",
            "commitments.NextLook": "When commitments are looked at again",
            "commitments.LogShare": "Logs: to which agreements entries were passed on",
            "commitments.RiskReference": "Logs: risks in each party's own register",
            "commitments.RiskReview": "Logs: reviews of risks",
            "performance.RequestStep": "Steps of requests",
            "performance.Consultation": "What consultations on information say besides",
            "communications.HeadsUpAgreement": "Agreements that heads-ups concern",
            "communications.OwedTo": "To whom heads-ups are owed",
            "communications.Told": "Who was told of heads-ups",
            "communications.ToldFor": "For whom somebody was told of heads-ups",
            "communications.HeadsUpMove": "When heads-ups were moved",
            "communications.CommitteeServes": "Agreements that local committees are told about",
            "communications.TeamAsked": "Teams that were asked about drafts",
            "reports.Figures": "Figures of reports",
            "reports.Remark": "Remarks on reports",
            "reports.Register": "What registers said when they were made",
        },
        is_folded=True,
    ),
)


def by_task(apps: Iterable[dict[str, Any]], *, pages: bool) -> list[dict[str, Any]]:
    """Django's list of apps, as tasks: those of which the reader may see a table."""
    allowed = {model["model"]._meta.label: model for app in apps for model in app["models"]}
    shown = (task.shown(allowed, pages=pages) for task in TASKS)
    return [each for each in shown if each["models"]]
