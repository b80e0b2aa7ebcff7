"""What a place is called, where the official list names its committee."""

import re

COMMITTEE = re.compile(r"(?P<place>[^（(]+?)(?P<of>村民委员会|村委会|社区居民委员会|社区居委会)(?P<note>[（(].*)?")
KIND_OF = {"村民委员会": "村", "村委会": "村", "社区居民委员会": "社区", "社区居委会": "社区"}
WHOLE = ("村", "社区", "嘎查", "大队")  # a place that ends so needs no word for its kind


def place_name(listed: str) -> str:
    """The name of the village or community that a committee of the official list is the committee of.

    The list of villages names committees (村民委员会, 居民委员会); a place is what people say they live in. Where
    the list does not tell what kind of place it is (新兴里居委会), the name stays as it is.

    >>> place_name("朱家坪村村民委员会"), place_name("兴隆村委会"), place_name("红光社区居民委员会")
    ('朱家坪村', '兴隆村', '红光社区')
    >>> place_name("第一嘎查村民委员会"), place_name("烧锅村委会（德惠经济开发区）"), place_name("健中居委会")
    ('第一嘎查', '烧锅村（德惠经济开发区）', '健中居委会')
    """
    if not (found := COMMITTEE.fullmatch(listed.strip())):
        return listed.strip()
    place, kind = found["place"], KIND_OF[found["of"]]
    return (place if place.endswith(WHOLE) else place + kind) + (found["note"] or "")
