"""The departments, courts and townships that handle what congresses hand over."""

from datetime import date, datetime

from lianxin.ground.people.founding import counties_of
from lianxin.ground.people.models import Region, Unit

DEPARTMENTS = (
    "人民政府办公室",
    "发展和改革局",
    "教育局",
    "公安局",
    "民政局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "卫生健康局",
    "市场监督管理局",
    "城市管理执法局",
    "医疗保障局",
)


def establish(home: Region, *, on: date, at: datetime) -> None:
    """The usual departments of every county, its court and procuratorate, and an office in each department."""
    for county in counties_of(home):
        names = [
            *((name, "department") for name in DEPARTMENTS),
            ("人民法院", "court"),
            ("人民检察院", "procuratorate"),
        ]
        made = [
            Unit(name=f"{county.name}{name}", short_name=name, kind=kind, region=county, starts_on=on)
            for name, kind in names
        ]
        Unit.establish_all(made, by=None, at=at)
        Unit.establish_all([_office(unit, on) for unit in made if unit.kind == "department"], by=None, at=at)


def _office(unit: Unit, on: date) -> Unit:
    name = "综合科" if unit.name.endswith("办公室") else "办公室"
    return Unit(
        name=f"{unit.name}{name}", short_name=name, kind="office", parent=unit, region=unit.region, starts_on=on
    )
