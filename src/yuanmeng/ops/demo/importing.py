"""The sample files go the way every file goes: preview, look, commit. Nothing enters by a back door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuanmeng.core.actors import Actor
from yuanmeng.intake import admit
from yuanmeng.intake.models import Batch
from yuanmeng.ops.demo.papers import Progress


@dataclass(frozen=True)
class Parcel:
    """One file on its way in: what its rows are, who sends it, and how its vacancies come to us."""

    name: str
    kind: str
    source: str
    vacancy_source: str = "own"
    publisher: str = ""


PARTNERS = Parcel("partners.csv", "organisations", "合作单位名册")
EMPLOYERS = Parcel("employers.xlsx", "organisations", "街道单位登记")
VACANCIES = Parcel("vacancies.xlsx", "vacancies", "街道岗位归集")
MORE_VACANCIES = Parcel(
    "vacancies_more.csv", "vacancies", "机构代招", "entrusted", "上海启程样例人才服务有限公司（示例）"
)
SEEKERS = Parcel("seekers.csv", "seekers", "街道求职登记")


def take_in(
    parcel: Parcel, path: Path, *, by: Actor, at: datetime, progress: Progress | None = None
) -> Batch:
    """This will preview and commit one file; what it refuses stays in the batch for the office to look at."""
    with path.open("rb") as file:
        batch = admit.preview(
            file, name=parcel.name, kind=parcel.kind, source=parcel.source, by=by, at=at,
            vacancy_source=parcel.vacancy_source, source_publisher=parcel.publisher,
        )  # fmt: skip
    return admit.commit(batch, by=by, at=at, progress=progress)
