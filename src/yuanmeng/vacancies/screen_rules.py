"""What a posting must not say, as a table: rule, act, clause, advice, better words, grounds for lifting.

The table follows the posting screen of the design (Employment Promotion Law, Interim Regulations on the Human
Resources Market, Women's Rights Law, Labour Contract Law, Disabled Persons Law). Where the only source is a
notice whose text has not been checked, the clause says so: we do not show as law what we have not read.

The patterns that recognise each rule stand in `screen_patterns`; this file is what a lawyer would read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Act = Literal["block", "warn"]
Words = str | Promise

MISREAD = "misread"


@dataclass(frozen=True, slots=True)
class Ground:
    """The one reason for which a reviewer may lift a block."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the posting screen.

    `wording` is the Chinese text that may stand in the posting instead of the words found (data, so never
    translated); None where nobody can supply the words but the employer. `reason` is the code of the same
    rule in the list of rejection reasons (`posting_reject_reason`).
    """

    id: str
    act: Act
    label: Words
    clause: Words
    advice: Words
    reason: str
    wording: str | None = None
    grounds: tuple[Ground, ...] = ()


_EPL_WOMEN = _(
    "Employment Promotion Law, Articles 3 and 27; Interim Regulations on the Human Resources Market, "
    "Article 24; Law on the Protection of Women's Rights and Interests, Article 43(1)"
)
_MARKET_24 = _("Interim Regulations on the Human Resources Market, Article 24")
_NOTICE_60 = _("Platform rule (after the ministry's notice 2025 No. 60; its text is still to be checked)")
_PAPERS = _(
    "Employment Promotion Law, Article 41(2); Interim Regulations on the Human Resources Market, Article 26"
)
_REVIEW = _("Not forbidden as such; a reviewer looks at it")
_FRAUD = _("Platform rule: risk of fraud")

# Correcting the machine is not lifting a block: the words do not say what the rule thought. It is logged all
# the same.
_MISREAD = Ground(MISREAD, _("The screen misread the words: they do not limit who may apply"))

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule(
            "gender",
            "block",
            _("Limits or prefers a sex"),
            _EPL_WOMEN,
            _("Say what the work demands instead of who should do it, or say that all genders are welcome."),
            reason="gender",
            wording="性别不限",
            grounds=(Ground("state_barred_to_women", _("Work that the state bars to women")), _MISREAD),
        ),
        Rule(
            "marital",
            "block",
            _("Asks about marriage or children"),
            _("Law on the Protection of Women's Rights and Interests, Article 43(2) to (4)"),
            _("Leave marriage, pregnancy and children out of the posting."),
            reason="marital",
            wording="婚育不限",
            grounds=(_MISREAD,),
        ),
        Rule(
            "ethnicity",
            "block",
            _("Limits ethnic group"),
            _(
                "Employment Promotion Law, Articles 3 and 28; "
                "Interim Regulations on the Human Resources Market, Article 24"
            ),
            _("Workers of every ethnic group may apply; if a language is needed, name the language."),
            reason="ethnicity",
            wording="民族不限",
            grounds=(_MISREAD,),
        ),
        Rule(
            "religion",
            "block",
            _("Limits religious belief"),
            _(
                "Employment Promotion Law, Article 3; "
                "Interim Regulations on the Human Resources Market, Article 24"
            ),
            _("Leave religious belief out of the posting."),
            reason="religion",
            wording="宗教信仰不限",
            grounds=(_MISREAD,),
        ),
        Rule(
            "hukou",
            "block",
            _("Limits household registration or origin"),
            _("Employment Promotion Law, Article 31"),
            _("Say which shifts or which place must be reached instead of where a person comes from."),
            reason="hukou",
            wording="户籍不限",
            grounds=(_MISREAD,),
        ),
        Rule(
            "pathogen",
            "block",
            _("Turns away carriers of a disease"),
            _("Employment Promotion Law, Article 30"),
            _("Where the law demands it, ask for a valid health certificate; otherwise leave it out."),
            reason="pathogen",
            wording="按岗位法定要求持有健康证明",
            grounds=(Ground("post_barred_by_law", _("A post that the law bars to carriers")), _MISREAD),
        ),
        Rule(
            "disability",
            "block",
            _("Turns away disabled people"),
            _("Employment Promotion Law, Article 29; Law on the Protection of Disabled Persons, Article 38"),
            _("Describe the task itself; people with a disability who can do it may apply."),
            reason="disability",
            wording="能胜任岗位工作即可",
            grounds=(_MISREAD,),
        ),
        Rule(
            "fee_or_deposit",
            "block",
            _("Takes a fee, a deposit or papers"),
            _("Labour Contract Law, Article 9; Employment Promotion Law, Article 41(4)"),
            _("Nobody may be charged or leave a deposit or papers in order to get work. Take it out."),
            reason="fee_or_deposit",
            wording="不收取押金及任何费用",
            grounds=(_MISREAD,),
        ),
        Rule(
            "training_loan",
            "block",
            _("Sells training, or a loan for it, as work"),
            _NOTICE_60,
            _("Training before work is free and at the employer's cost; say so, or do not post."),
            reason="training_loan",
            wording="入职培训免费",
            grounds=(_MISREAD,),
        ),
        Rule(
            "age",
            "warn",
            _("Names an age"),
            _("Not on the list of the Employment Promotion Law, Article 3; a reviewer looks at it"),
            _("Say what the work demands. From 18 is right only for hazardous work."),
            reason="age",
            wording="年龄不限",
            grounds=(Ground("hazardous_work_18", _("Hazardous work, from 18")), _MISREAD),
        ),
        Rule(
            "bait",
            "warn",
            _("Promises what no employer can promise"),
            _("Employment Promotion Law, Article 41(1)"),
            _("State the real pay range and how it is made up."),
            reason="bait",
            wording="",
        ),
        Rule(
            "look",
            "warn",
            _("Asks for looks or height"),
            _REVIEW,
            _("Say what the work demands, for example a tidy appearance or lifting 15 kg."),
            reason="appearance",
            wording="仪表整洁",
        ),
        Rule(
            "sign",
            "warn",
            _("Asks for star sign or blood group"),
            _REVIEW,
            _("Leave it out: it has nothing to do with the work."),
            reason="sign_or_blood",
            wording="",
        ),
        Rule(
            "school",
            "warn",
            _("Asks for a tier of school"),
            _REVIEW,
            _("Ask for the level of education and the skill, not for the school."),
            reason="school_tier",
            wording="",
        ),
        Rule(
            "diversion",
            "warn",
            _("Leads people to a private contact"),
            _FRAUD,
            _("Put the contact into the contact field: it is shown to those you invite."),
            reason="contact_diversion",
            wording="请通过本平台投递",
        ),
        Rule(
            "overseas",
            "warn",
            _("High pay abroad"),
            _FRAUD,
            _("Name the employer abroad, the contract and the licence for labour abroad, or leave it out."),
            reason="overseas",
            wording="",
        ),
        Rule(
            "pay_missing",
            "block",
            _("The pay is missing"),
            _MARKET_24,
            _("Give a lowest and a highest pay with its unit."),
            reason="pay_missing",
        ),
        Rule(
            "openings_missing",
            "block",
            _("The number of people wanted is missing"),
            _MARKET_24,
            _("Say how many people you want to hire."),
            reason="headcount_missing",
        ),
        Rule(
            "validity_missing",
            "block",
            _("The last day is missing"),
            _NOTICE_60,
            _("Say until which day people may apply."),
            reason="expired",
        ),
        Rule(
            "expired",
            "block",
            _("The last day has passed"),
            _NOTICE_60,
            _("Choose a day that is still to come."),
            reason="expired",
        ),
        Rule(
            "place_missing",
            "block",
            _("The place of work is missing"),
            _MARKET_24,
            _("Give the street and number where the work is done."),
            reason="place_missing",
        ),
        Rule(
            "place_contradiction",
            "warn",
            _("The place contradicts itself"),
            _REVIEW,
            _("The district does not belong to the city: write the full address."),
            reason="place_missing",
        ),
        Rule(
            "content_missing",
            "block",
            _("The work is not described"),
            _MARKET_24,
            _("Say in two or three lines what is done every day."),
            reason="duty_missing",
        ),
        Rule(
            "requirements_missing",
            "block",
            _("The requirements are missing"),
            _MARKET_24,
            _("Say what a person must bring; “no experience needed” is an answer."),
            reason="requirements_missing",
        ),
        Rule(
            "source_missing",
            "block",
            _("A re-posted vacancy without its source"),
            _NOTICE_60,
            _("Name who published it first."),
            reason="source_missing",
        ),
        Rule(
            "credential",
            "block",
            _("The employer's papers are missing or have lapsed"),
            _PAPERS,
            _("Send in the papers for verification; the posting waits for it."),
            reason="credential",
        ),
        Rule(
            "agency_licence",
            "block",
            _("The agency's papers or its HR service licence are missing or have lapsed"),
            _PAPERS,
            _("The agency hands in its papers and the licence; until then it posts for nobody."),
            reason="credential",
        ),
        Rule(
            "mandate",
            "block",
            _("The employer has given the agency no mandate for this day"),
            _PAPERS,
            _("Propose a mandate under My clients; the client or a reviewer confirms it."),
            reason="credential",
        ),
    )
}

# The rules that speak about words; the others speak about a missing or passed fact.
TEXT_RULES = (
    "gender", "marital", "ethnicity", "religion", "hukou", "pathogen", "disability", "fee_or_deposit",
    "training_loan", "age", "bait", "look", "sign", "school", "diversion", "overseas",
)  # fmt: skip
