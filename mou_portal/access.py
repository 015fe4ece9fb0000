"""Who may open what: every URL of the portal is named here, and one that is not stays shut.

This is the first question only, about the role. The second, whether the thing is theirs to see,
is `visible_to` in the view: a stranger gets the same 404 as for what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from parties.acting import Acting
from parties.models import Role


@dataclass(frozen=True)
class Who:
    """A group of people. `roles` are those of the acting organisation; empty means any or none."""

    name: str
    roles: frozenset[str] = frozenset()

    def includes(self, acting: Acting) -> bool:
        if self is EVERYBODY:
            return True
        if not acting.user.is_authenticated:
            return False
        if self is SYSTEM_ADMINISTRATORS:
            return bool(acting.user.is_staff)
        return self is LOGGED_IN or not acting.roles.isdisjoint(self.roles)


def holders(*roles: Role) -> Who:
    return Who(" or ".join(Role(role).label for role in roles), frozenset(roles))


EVERYBODY: Final = Who("everybody")
LOGGED_IN: Final = Who("everybody who is logged in")
SYSTEM_ADMINISTRATORS: Final = Who("system administrators")
MEMBERS: Final = Who("members of an organisation", frozenset(Role))
DRAFTERS: Final = holders(Role.EDITOR, Role.MANAGER)
MANAGERS: Final = holders(Role.MANAGER)
RECORDERS: Final = holders(Role.EDITOR, Role.MANAGER, Role.SECRETARY)
SIGNATORIES: Final = holders(Role.SIGNATORY)
ADMINISTRATORS: Final = holders(Role.ADMINISTRATOR)

ACCESS: Final[dict[str, Who]] = {
    "home": LOGGED_IN,
    "acting": LOGGED_IN,
    "accessibility": EVERYBODY,
    "verify": EVERYBODY,
    "account": LOGGED_IN,
    "account_login": EVERYBODY,
    # Half-way through a log-in too: then it starts again.
    "account_logout": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_reauthenticate": LOGGED_IN,
    "account_change_password": LOGGED_IN,
    "account_set_password": LOGGED_IN,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "mfa_index": LOGGED_IN,
    # Half-way through a log-in nobody is logged in; allauth asks for the half that is done.
    "mfa_authenticate": EVERYBODY,
    "mfa_reauthenticate": LOGGED_IN,
    "mfa_activate_totp": LOGGED_IN,
    "mfa_deactivate_totp": LOGGED_IN,
    "mfa_view_recovery_codes": LOGGED_IN,
    "mfa_generate_recovery_codes": LOGGED_IN,
    "mfa_download_recovery_codes": LOGGED_IN,
    "mfa_list_webauthn": LOGGED_IN,
    "mfa_add_webauthn": LOGGED_IN,
    "mfa_edit_webauthn": LOGGED_IN,
    "mfa_remove_webauthn": LOGGED_IN,
    "mfa_reauthenticate_webauthn": LOGGED_IN,
    "mfa_login_webauthn": EVERYBODY,
    "mailbox": SYSTEM_ADMINISTRATORS,
    "mailbox_message": SYSTEM_ADMINISTRATORS,
    "parties:list": LOGGED_IN,
    "parties:organisation": LOGGED_IN,
    "parties:name": ADMINISTRATORS,
    "parties:person_add": ADMINISTRATORS,
    "parties:people_upload": ADMINISTRATORS,
    "parties:person": ADMINISTRATORS,
    "parties:person_edit": ADMINISTRATORS,
    "parties:post_add": ADMINISTRATORS,
    "parties:post_end": ADMINISTRATORS,
    "parties:roles": ADMINISTRATORS,
    "parties:invite": ADMINISTRATORS,
    "parties:person_away": ADMINISTRATORS,
    "parties:away": LOGGED_IN,
    "parties:leaves": ADMINISTRATORS,
    "parties:withdraw": ADMINISTRATORS,
    "parties:invite_again": ADMINISTRATORS,
    "parties:team_add": ADMINISTRATORS,
    "parties:team": ADMINISTRATORS,
    "parties:team_edit": ADMINISTRATORS,
    "parties:member_add": ADMINISTRATORS,
    "parties:member_end": ADMINISTRATORS,
    "parties:body_add": ADMINISTRATORS,
    "parties:body": ADMINISTRATORS,
    "parties:body_edit": ADMINISTRATORS,
    "parties:seat_add": ADMINISTRATORS,
    "parties:seat": ADMINISTRATORS,
    "parties:seat_end": ADMINISTRATORS,
    "parties:accept": EVERYBODY,
    "parties:invitation": EVERYBODY,
    "agreements:list": MEMBERS,
    "agreements:new": DRAFTERS,
    "agreements:new_parties": DRAFTERS,
    "agreements:new_contacts": DRAFTERS,
    "agreements:new_check": DRAFTERS,
    "agreements:register": DRAFTERS,
    "agreements:agreement": MEMBERS,
    "agreements:stop": MANAGERS,
    "agreements:contact": holders(Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR),
    "agreements:signed_pdf": MEMBERS,
    "agreements:registered_pdf": MEMBERS,
    "agreements:copy_answer": DRAFTERS,
    "agreements:text": MEMBERS,
    "agreements:blanks": DRAFTERS,
    "agreements:terms": DRAFTERS,
    "agreements:freeze": MANAGERS,
    "agreements:clause_add": DRAFTERS,
    "agreements:clause": DRAFTERS,
    "agreements:clause_move": DRAFTERS,
    "agreements:clause_remove": DRAFTERS,
    "agreements:version": MEMBERS,
    "agreements:print": MEMBERS,
    "agreements:compare": MEMBERS,
    "agreements:send": MANAGERS,
    "agreements:recall": MANAGERS,
    "agreements:decision": MANAGERS,
    # The view lets only the named person confirm; they may hold any role.
    "agreements:confirm_changes": MEMBERS,
    "agreements:open_signature": MANAGERS,
    "agreements:sign": SIGNATORIES,
    "agreements:not_ready": SIGNATORIES,
    "agreements:paper": DRAFTERS,
    "agreements:paper_check": holders(Role.EDITOR, Role.MANAGER, Role.SIGNATORY),
    "agreements:paper_scan": MEMBERS,
    # Reviews, contacts confirmed, how it is kept
    "agreements:contacts": holders(Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR),
    # The link of an e-mail: signed, for one contact and one purpose.
    "agreements:contacts_by_mail": EVERYBODY,
    "agreements:review": DRAFTERS,
    "agreements:review_answer": DRAFTERS,
    "agreements:review_correct": DRAFTERS,
    # Reminders and preferences
    "agreements:reminders": MEMBERS,
    "deadlines:preferences": LOGGED_IN,
    "deadlines:undelivered": holders(Role.MANAGER, Role.ADMINISTRATOR),
    "deadlines:undelivered_again": holders(Role.MANAGER, Role.ADMINISTRATOR),
    "deadlines:undelivered_left": holders(Role.MANAGER, Role.ADMINISTRATOR),
    # The link of an e-mail: signed, for one person and one purpose.
    "deadlines:preferences_by_mail": EVERYBODY,
    # Actions
    "commitments:list": MEMBERS,
    "commitments:new": RECORDERS,
    "commitments:action": MEMBERS,
    "commitments:change": RECORDERS,
    # Whoever an action names may note its progress in any role: the view asks.
    "commitments:progress": MEMBERS,
    "commitments:answer": RECORDERS,
    "commitments:reopen": RECORDERS,
    "commitments:error": RECORDERS,
    # Announcements
    # Whose they are, and to whom a draft is open, is asked by the wall and the services.
    "announcements:list": MEMBERS,
    "announcements:month": MEMBERS,
    "announcements:plan": DRAFTERS,
    "announcements:announcement": MEMBERS,
    "announcements:final_file": MEMBERS,
    "announcements:edit": DRAFTERS,
    "announcements:move": DRAFTERS,
    "announcements:withdraw": DRAFTERS,
    "announcements:release": DRAFTERS,
    "announcements:share": DRAFTERS,
    "announcements:take_back": DRAFTERS,
    "announcements:draft_add": DRAFTERS,
    "announcements:draft": MEMBERS,
    "announcements:draft_file": MEMBERS,
    "announcements:acknowledge": MEMBERS,
    "announcements:comment": MEMBERS,
    "announcements:answer": DRAFTERS,
    # Meetings
    "meetings:list": MEMBERS,
    "meetings:new_series": RECORDERS,
    "meetings:series": MEMBERS,
    "meetings:cadence": RECORDERS,
    "meetings:end": RECORDERS,
    "meetings:schedule": RECORDERS,
    "meetings:elsewhere": RECORDERS,
    "meetings:meeting": MEMBERS,
    "meetings:change": RECORDERS,
    "meetings:cancel": RECORDERS,
    "meetings:record": RECORDERS,
    "meetings:correct": RECORDERS,
    "meetings:action": RECORDERS,
    "meetings:answer": RECORDERS,
    "meetings:error": RECORDERS,
    "meetings:item_add": RECORDERS,
    "meetings:item": RECORDERS,
    "meetings:item_move": RECORDERS,
    "meetings:item_remove": RECORDERS,
    # Disagreements
    "escalations:list": MEMBERS,
    "escalations:open": DRAFTERS,
    "escalations:disagreement": MEMBERS,
    # Those at the level act, and those below add notes, whatever their role: the views ask.
    "escalations:wanted": MEMBERS,
    "escalations:propose": MEMBERS,
    "escalations:accept": MEMBERS,
    "escalations:take_up": MEMBERS,
    "escalations:advice": MEMBERS,
    "escalations:answer": MEMBERS,
    "escalations:note": MEMBERS,
    "escalations:share": MEMBERS,
    "escalations:withdraw": MEMBERS,
    "escalations:people": MANAGERS,
    # Templates
    # Whoever was let in to a template may edit it, in any role: the services ask.
    "templates:list": MEMBERS,
    "templates:take": MANAGERS,
    "templates:template": MEMBERS,
    "templates:open_draft": MEMBERS,
    "templates:describe": MEMBERS,
    "templates:people": MANAGERS,
    "templates:version": MEMBERS,
    "templates:terms": MEMBERS,
    "templates:publish": MEMBERS,
    "templates:discard": MEMBERS,
    "templates:clause_add": MEMBERS,
    "templates:clause": MEMBERS,
    "templates:clause_move": MEMBERS,
    "templates:clause_remove": MEMBERS,
}


def who_may_open(view_name: str) -> Who | None:
    """The group for a URL's name; None for a name that the table does not have."""
    if view_name.startswith("admin:"):
        return SYSTEM_ADMINISTRATORS
    return ACCESS.get(view_name)
