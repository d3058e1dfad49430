"""The code words of the audit chain, said for people. Codes nobody has worded yet are shown as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from yuanmeng.core.models import AuditEntry

ACTIONS: dict[str, Any] = {
    "login": _("Logged in"),
    "logout": _("Logged out"),
    "session.end": _("Ended own sessions elsewhere"),
    "read": _("Read personal data"),
    "export": _("Exported"),
    "export.refused": _("Was refused a large export"),
    "to_dos": _("Read the to-dos"),
    "caseload": _("Read the caseload"),
    "exact_search": _("Searched by full number"),
    "name_search": _("Searched by name"),
    "visit": _("Opened a file of somebody present"),
    "taken_on": _("Took somebody on"),
    "provided": _("Sent a referral"),
    "import": _("Imported a file"),
    "rollback": _("Took a batch back"),
    "resolve": _("Decided about a row"),
    "restore": _("Restored a backup"),
    "lift": _("Lifted a block"),
    "reject": _("Rejected a vacancy"),
    "engine.sharing": _("Set how attention is shared out"),
    "engine.rollback": _("Let an earlier matching model serve again"),
    "take_down": _("Took a vacancy down"),
    "report.settle": _("Settled a report"),
    "claim": _("Claimed a file"),
    "erase": _("Erased a person"),
    "withdraw_consent": _("Withdrew a consent"),
    "new_phone": _("Changed the phone"),
    "account.open": _("Opened an account"),
    "account.renew": _("Made new secrets"),
    "account.suspend": _("Suspended an account"),
    "account.let_back": _("Opened an account again"),
    "membership.give": _("Gave a role"),
    "membership.take": _("Took a role"),
    "device.pair": _("Paired a device"),
    "device.rotate": _("Let a device fetch a new token"),
    "device.revoke": _("Took a device's access back"),
    "screens.takeover": _("Sent an emergency notice out"),
    "screens.end_takeover": _("Ended an emergency notice"),
}
NOUNS: dict[str, Any] = {
    "user": _("account"),
    "person": _("person"),
    "seeker": _("job seeker"),
    "sharing": _("sharing out of attention"),
    "modelversion": _("matching model"),
    "organisation": _("organisation"),
    "mandate": _("mandate"),
    "vacancy": _("vacancy"),
    "application": _("application"),
    "batch": _("batch"),
    "batchrow": _("row of a batch"),
    "report": _("report"),
    "consent": _("consent"),
    "device": _("device"),
    "placement": _("placement"),
}
RESULTS: dict[str, Any] = {
    "ok": pgettext_lazy("result", "done"),
    "refused": pgettext_lazy("result", "refused"),
}
FIELDS: dict[str, Any] = {
    "name": _("name"), "phone": _("phone"), "birth_year": _("birth year"), "education": _("education"),
    "school": _("school"), "major": _("major"), "skills": _("skills"), "last_job": _("last job"),
    "years_experience": _("years of work"), "resume": _("résumé"), "credentials": _("papers"),
    "application.name": _("applicants' names"), "application.snapshot": _("what was sent"),
    "application": _("applications"), "vacancy": _("vacancies"), "vacancies": _("vacancies"),
    "rows": _("rows"),
    "audit": _("audit entries"), "own data": _("own data"), "caseload": _("caseload"),
    "wanted_text": _("work wanted"), "seekers": _("job seekers"), "organisations": _("organisations"),
    "graduates": _("figures of graduates"),
    "pseudonym": _("file number"), "email": _("email address"), "id_number": _("identity number"),
    "birth_on": _("date of birth"), "sex": _("sex"), "committee_name": _("neighbourhood committee"),
    "address": _("home address"), "pay_floor_fen": _("lowest pay"), "contact_phone": _("contact's phone"),
    "devices": _("devices"),
    "snapshot": _("what was sent"), "recruiter_note": _("recruiter's notes"),
}  # fmt: skip


def worded(entry: AuditEntry) -> dict[str, Any]:
    """This will be an entry in words: act, noun, fields and result."""
    parts = [part for part in re.split(r"[,，]\s*", entry.fields) if part]
    return {
        "entry": entry,
        "action": ACTIONS.get(entry.action, entry.action),
        "noun": NOUNS.get(entry.noun, entry.noun),
        "fields": "、".join(str(FIELDS.get(part, part)) for part in parts),
        "result": RESULTS.get(entry.result, entry.result),
    }
