"""What partners have done before today: mandates of the agencies, graduates whom a university follows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yuanmeng.ops.demo.living import VERSION
from yuanmeng.organisations import mandates
from yuanmeng.organisations.models import Kind, Mandate, Organisation
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.people.models import User
from yuanmeng.seekers import schools
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Source, Vacancy

REFUSED = "委托合同缺少用人单位公章，请补齐后重新提交。"
WAITING, REFUSAL, ENDED = "待确认", "未通过", "提前终止"
AGREE_OF_TEN = 7


def give_mandates(
    rows: Iterable[dict[str, str]], by_number: dict[str, Organisation], proposers: dict[int, User],
    reviewer: User, *, at: datetime,
) -> int:  # fmt: skip
    """This will let agencies propose and a reviewer answer, as the table says; counted."""
    count = 0
    with transaction.atomic():
        for row in rows:
            agency, client = by_number[row["机构编号"]], by_number[row["单位编号"]]
            _give(row, agency, client, proposers[agency.pk], reviewer, at)
            count += 1
    return count


def _give(
    row: dict[str, str], agency: Organisation, client: Organisation, proposer: User, reviewer: User,
    at: datetime,
) -> None:  # fmt: skip
    first, last = date.fromisoformat(row["有效期自"]), date.fromisoformat(row["有效期至"])
    waits = row["状态"] == WAITING
    since = at - timedelta(days=1 if waits else 200)
    today = timezone.localdate(at)
    by, hand = viewer_of(proposer, on=today), viewer_of(reviewer, on=today)
    made = mandates.propose(
        agency, client, evidence=row["委托依据"], valid_from=first, valid_until=last, by=by, at=since
    )
    if row["状态"] == REFUSAL:
        mandates.refuse(made, by=hand, at=since + timedelta(days=1), reason=REFUSED)
    elif not waits:
        mandates.approve(made, by=hand, at=since + timedelta(days=1))
    if row["状态"] == ENDED:
        mandates.end(made, by=by, at=at - timedelta(days=12))


def entrust(*, on: date) -> int:
    """This will say of what an agency sent in for which client it is, as far as a mandate holds."""
    return sum(
        Vacancy.objects.filter(
            organisation=row.client, source=Source.ENTRUSTED, source_publisher=row.agency.name
        ).update(agency=row.agency)
        for row in Mandate.objects.active_on(on).select_related("agency", "client")
    )


def let_schools_follow(seekers: Iterable[Seeker], *, at: datetime) -> int:
    """This will let seven of ten recent graduates agree that their university follows the search."""
    universities = {row.name: row for row in Organisation.objects.filter(kind=Kind.UNIVERSITY)}
    recent = [s for s in seekers if s.school in universities and _is_recent(s, at)]
    chosen = [seeker for number, seeker in enumerate(recent) if number % 10 < AGREE_OF_TEN]
    for seeker in chosen:
        schools.share(
            seeker, universities[seeker.school], by=None, at=seeker.made_at, channel="desk", version=VERSION
        )
    return len(chosen)


def _is_recent(seeker: Seeker, at: datetime) -> bool:
    return seeker.graduates_on is not None and seeker.graduates_on.year >= timezone.localdate(at).year - 1
