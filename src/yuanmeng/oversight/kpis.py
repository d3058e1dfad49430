"""The indicators of the dictionary (K01 …), derived from records and never typed.

    figures = kpis.all_of(Period(date(2026, 11, 1), date(2026, 11, 30)))

S counts what stands at the end of the period, F what happened in it, both days included, local time. A ratio
over nothing is None and prints "—". Figures about persons print through `cells`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yuanmeng.applications.models import Application, Placement, Referral, Via
from yuanmeng.applications.models import State as ApplicationState
from yuanmeng.core.models import FieldEvent, Step
from yuanmeng.counsel.models import RecheckResult, RetentionResult, ServiceKind, ServiceRecord
from yuanmeng.oversight import cells
from yuanmeng.recommend.models import Answer, Suggestion
from yuanmeng.seekers.models import Seeker
from yuanmeng.seekers.models import State as SeekerState
from yuanmeng.signage.hearing import PLAY
from yuanmeng.signage.models import Device, DeviceKind, Issued, Scan, UpSpan
from yuanmeng.vacancies.models import State as VacancyState
from yuanmeng.vacancies.models import Vacancy

# The to-do of the 90-day check stands on the desk a week before.
RETAINED_AFTER, ASKED_BEFORE = timedelta(days=90), timedelta(days=7)
SCREEN_CODES = (Via.WALL_QR, Via.WINDOW_QR)
SCREENS = (DeviceKind.WALL, DeviceKind.WINDOW, DeviceKind.KIOSK)
# The unit of a share: its value is a part of one and is shown in hundredths.
PERCENT = "%"


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included."""

    from_on: date
    to_on: date

    @property
    def start(self) -> datetime:
        return _midnight(self.from_on)

    @property
    def end(self) -> datetime:
        """The first moment after the period."""
        return _midnight(self.to_on + timedelta(days=1))

    def holds(self, column: str) -> Q:
        """This will be the condition that a moment lies in the period."""
        return Q(**{f"{column}__gte": self.start, f"{column}__lt": self.end})


@dataclass(frozen=True)
class Kpi:
    """One indicator of one period. `parts` sum to the value where the indicator is a count.

    `of_persons` says that small cells have to be hidden.
    """

    id: str
    name: Promise
    value: float | None
    unit: Promise | str = ""
    parts: dict[str, int] = field(default_factory=dict)
    of_persons: bool = False

    def shown(self) -> str:
        """This will write the value for a reader: "—" for a ratio over nothing, "<5" for a small cell."""
        if self.value is None:
            return cells.NOTHING
        whole = float(self.value).is_integer()
        if self.of_persons and whole:
            return cells.shown(int(self.value))
        if self.unit == PERCENT:
            return f"{self.value * 100:.1f}".removesuffix(".0")
        return f"{int(self.value):,}" if whole else f"{self.value:,.2f}"

    def shown_parts(self) -> dict[str, str]:
        if self.of_persons:
            return cells.shown_parts(self.parts)
        return {name: f"{count:,}" for name, count in self.parts.items()}


def all_of(period: Period) -> list[Kpi]:
    """This will compute every indicator that has rows to stand on."""
    return [indicator(period) for indicator in INDICATORS]


def valid_seekers(period: Period) -> Kpi:
    """K01 有效求职人数 (S): carried over plus new; the two parts are told apart by when they registered."""
    standing = _seekers_looking_at(period.end)
    new = standing.filter(made_at__gte=period.start).count()
    total = standing.count()
    return Kpi(
        "K01",
        _("Valid job seekers"),
        total,
        pgettext_lazy("unit", "people"),
        {"carried_over": total - new, "new": new},
        True,
    )


def demand(period: Period) -> Kpi:
    """K02 需求人数 (S): the headcount of all vacancies open at the end."""
    total = _headcount(_vacancies_open_at(period))
    new = _headcount(_vacancies_open_at(period).filter(published_at__gte=period.start))
    return Kpi(
        "K02",
        pgettext_lazy("indicator", "People wanted"),
        total,
        pgettext_lazy("unit", "people"),
        {"carried_over": total - new, "new": new},
    )


def ratio(period: Period) -> Kpi:
    """K03 求人倍率: people wanted for each valid seeker."""
    wanted, looking = demand(period).value, valid_seekers(period).value
    return Kpi("K03", _("Vacancy-to-seeker ratio"), _over(wanted, looking))


def collected(period: Period) -> Kpi:
    """K04 岗位归集 (F): vacancies published, by source."""
    published = Vacancy.objects.filter(period.holds("published_at"))
    return Kpi(
        "K04",
        _("Vacancies collected"),
        published.count(),
        pgettext_lazy("unit", "vacancies"),
        _by(published, "source"),
    )


def still_open(period: Period) -> Kpi:
    """K04 有效岗位率 (F): still open of those whose employer was asked again and answered."""
    answered = [RecheckResult.STILL_OPEN, RecheckResult.FILLED]
    checked = ServiceRecord.objects.filter(period.holds("at"), person=None, result__in=answered)
    found = checked.filter(result=RecheckResult.STILL_OPEN).count()
    return Kpi("K04b", _("Share of vacancies found open"), _over(found, checked.count()), PERCENT)


def registrations(period: Period) -> Kpi:
    """K05 求职登记数 (F): by channel."""
    new = Seeker.objects.filter(period.holds("made_at"))
    return Kpi(
        "K05", _("New registrations"), new.count(), pgettext_lazy("unit", "people"), _by(new, "channel"), True
    )


def review_hours(period: Period) -> Kpi:
    """K06 审核时长 (F): the median of hours from handed in to the first answer."""
    answers = _review_answers(period)
    handed_in: dict[str, list[datetime]] = {}
    for uid, at in Step.objects.filter(
        object_uid__in=[uid for uid, _new, _at in answers], noun="vacancy", new=VacancyState.SUBMITTED
    ).values_list("object_uid", "at"):
        handed_in.setdefault(uid, []).append(at)
    waits = [
        _hours(max((t for t in handed_in.get(uid, []) if t <= at), default=None), at)
        for uid, _n, at in answers
    ]
    known = [wait for wait in waits if wait is not None]
    return Kpi(
        "K06", _("Median time of review"), median(known) if known else None, pgettext_lazy("unit", "hours")
    )


def rejected(period: Period) -> Kpi:
    """K06 拒绝率 (F): rejected or returned of all reviewed."""
    answers = [new for _uid, new, _at in _review_answers(period)]
    turned_down = sum(new in {VacancyState.REJECTED, VacancyState.RETURNED} for new in answers)
    return Kpi("K06b", _("Share of postings turned down"), _over(turned_down, len(answers)), PERCENT)


def referrals(period: Period) -> Kpi:
    """K07 推荐人次 (F): referrals sent."""
    sent = Referral.objects.filter(period.holds("sent_at")).count()
    return Kpi("K07", _("Referrals sent"), sent, pgettext_lazy("unit", "referrals"), of_persons=True)


def referral_success(period: Period) -> Kpi:
    """K08 推荐成功率 (F): hired of the referrals whose application ended in the period."""
    closed = Referral.objects.filter(period.holds("application__ended_at"))
    hired = closed.filter(application__state=ApplicationState.HIRED).count()
    return Kpi("K08", _("Success rate of referrals"), _over(hired, closed.count()), PERCENT)


def adoption(period: Period) -> Kpi:
    """K09 匹配采纳率 (F): agreed of those suggestions that were shown."""
    seen = Suggestion.objects.filter(period.holds("shown_at"))
    return Kpi(
        "K09",
        _("Adoption rate of suggestions"),
        _over(seen.filter(answer=Answer.AGREED).count(), seen.count()),
        PERCENT,
    )


def retention(period: Period) -> Kpi:
    """K10 稳岗率 (S): still there at the 90-day check, of all who started at least 90 days before the end."""
    due = Placement.objects.filter(started_on__lte=period.to_on - RETAINED_AFTER)
    started = dict(due.values_list("application__uid", "started_on"))
    checks = ServiceRecord.objects.standing().filter(
        kind=ServiceKind.RETENTION_CHECK, about_uid__in=[*started], at__lt=period.end
    )
    last = {
        uid: result
        for uid, at, result in checks.order_by("seq").values_list("about_uid", "at", "result")
        if timezone.localdate(at) >= started[uid] + RETAINED_AFTER - ASKED_BEFORE
    }
    stayed = sum(result == RetentionResult.STILL_THERE for result in last.values())
    return Kpi("K10", _("Retention rate"), _over(stayed, len(started)), PERCENT)


def sent_applications(period: Period) -> Kpi:
    """收简历 (part of K25, F): applications, by where they were made."""
    sent = Application.objects.filter(period.holds("submitted_at"))
    return Kpi(
        "K25",
        _("Applications received"),
        sent.count(),
        pgettext_lazy("unit", "applications"),
        _by(sent, "via"),
        True,
    )


def screens_up(period: Period) -> Kpi:
    """K36 屏端在线 (F): hours the screens were heard, of the hours since each was paired."""
    end = min(period.end, timezone.now())
    screens = Device.objects.filter(kind__in=SCREENS).exclude(paired_at=None)
    due = sum(
        _seconds(max(period.start, paired), min(end, revoked or end))
        for paired, revoked in screens.values_list("paired_at", "revoked_at")
        if paired is not None
    )
    spans = UpSpan.objects.filter(device__in=screens, from_at__lt=end, to_at__gt=period.start)
    heard = sum(
        _seconds(max(period.start, start), min(end, stop))
        for start, stop in spans.values_list("from_at", "to_at")
    )
    return Kpi("K36", _("Screens online"), _over(heard, due), PERCENT)


def played(period: Period) -> Kpi:
    """K36 播出率 (F): items shown, of those the manifests planned; the last manifest of a day counts."""
    days = Issued.objects.filter(day__gte=period.from_on, day__lte=period.to_on).order_by("id")
    planned = {(device, day): count for device, day, count in days.values_list("device", "day", "planned")}
    plays = FieldEvent.objects.filter(period.holds("counted_at"), kind=PLAY, payload__result="shown")
    shown = _over(plays.count(), sum(planned.values()))
    return Kpi("K36b", _("Items shown of those planned"), shown, PERCENT)


def scanned(period: Period) -> Kpi:
    """K36 扫码 (F): pages opened from codes on wall and windows, by the kind of screen."""
    names = dict(Via.choices)
    parts = {
        str(names[way]): count for way, count in _scans(period).values_list("via").annotate(Sum("count"))
    }
    return Kpi("K36c", _("Codes scanned from screens"), sum(parts.values()), parts=parts)


def converted(period: Period) -> Kpi:
    """K36 扫码转化 (F): applications that began at such a code, of the pages opened from them."""
    sent = Application.objects.filter(period.holds("submitted_at"), via__in=SCREEN_CODES).count()
    opened = _scans(period).aggregate(n=Sum("count"))["n"]
    return Kpi("K36d", _("Applications of codes scanned"), _over(sent, opened), PERCENT)


def _scans(period: Period) -> QuerySet[Scan]:
    return Scan.objects.filter(day__gte=period.from_on, day__lte=period.to_on, via__in=SCREEN_CODES)


INDICATORS: list[Callable[[Period], Kpi]] = [
    valid_seekers, demand, ratio, collected, still_open, registrations, review_hours, rejected, referrals,
    referral_success, adoption, retention, sent_applications, screens_up, played, scanned,
    converted,
]  # fmt: skip


def _seekers_looking_at(moment: datetime) -> QuerySet[Seeker]:
    """Who was looking for work at a moment: told by the last step before, else by the first one after it."""
    steps = Step.objects.filter(noun="seeker", object_uid=OuterRef("uid"))
    before = Subquery(steps.filter(at__lt=moment).order_by("-id").values("new")[:1])
    after = Subquery(steps.filter(at__gte=moment).order_by("id").values("old")[:1])
    then = Coalesce(before, after, F("state"))
    return Seeker.objects.filter(made_at__lt=moment).annotate(then=then).filter(then=SeekerState.ACTIVE)


def _vacancies_open_at(period: Period) -> QuerySet[Vacancy]:
    """What was open when the period ended. A pause is not undone in hindsight: paused now is not counted."""
    closed_later = Q(closed_at=None, state=VacancyState.PUBLISHED) | Q(closed_at__gte=period.end)
    return Vacancy.objects.filter(closed_later, published_at__lt=period.end, valid_until__gte=period.to_on)


def _headcount(vacancies: QuerySet[Vacancy]) -> int:
    """One for a vacancy that does not say how many it wants, as on every other surface."""
    return vacancies.aggregate(n=Sum(Coalesce(F("openings"), 1)))["n"] or 0


def _review_answers(period: Period) -> list[tuple[str, str, datetime]]:
    """(vacancy uid, new state, at) of each answer a reviewer gave in the period."""
    waiting = [VacancyState.SUBMITTED, VacancyState.IN_REVIEW]
    given = [VacancyState.PUBLISHED, VacancyState.RETURNED, VacancyState.REJECTED]
    steps = Step.objects.filter(period.holds("at"), noun="vacancy", old__in=waiting, new__in=given)
    return list(steps.values_list("object_uid", "new", "at"))


def _hours(since: datetime | None, at: datetime) -> float | None:
    return (at - since).total_seconds() / 3600 if since else None


def _by(rows: QuerySet, column: str) -> dict[str, int]:  # type: ignore[type-arg]
    counted = rows.order_by().values(column).annotate(n=Count("pk"))
    return {row[column]: row["n"] for row in counted}


def _seconds(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds())


def _over(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())
