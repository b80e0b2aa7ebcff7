"""What places are called on English pages."""

import pytest
from django.utils import translation

from lianxin.ground.people.places.english import english_name
from tests.ground.people.builders import make_region


@pytest.mark.parametrize(
    ("name", "pinyin", "english"),
    [
        ("石桥镇", "shiqiaozhen", "Shiqiao Town"),
        ("花溪街道", "huaxijiedao", "Huaxi Subdistrict"),
        ("红光社区", "hongguangshequ", "Hongguang Community"),
        ("云江土家族自治县", "yunjiangtujiazuzizhixian", "Yunjiangtujiazu Autonomous County"),
        ("南江省", "nanjiangsheng", "Nanjiang Province"),
        ("城关", "chengguan", "Chengguan"),
        ("村", "cun", "Cun"),
        ("柳溪村", "", ""),
    ],
)
def test_the_word_for_its_kind_stands_behind_the_name(name, pinyin, english):
    assert english_name(name, pinyin) == english


@pytest.mark.django_db
def test_a_place_is_called_in_the_language_of_the_reader():
    village = make_region("柳溪村")
    with translation.override("en"):
        assert village.called == "Liuxi Village 柳溪村"
    with translation.override("zh-hans"):
        assert village.called == "柳溪村"
