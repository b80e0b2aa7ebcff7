"""Names of people who do not exist: a common family name and a given name taken from fields, weather and water."""

from collections.abc import Iterator
from itertools import product
from random import Random

FAMILY = "罗谭向何覃艾望郑田龚彭鲁熊余鄢易屈佘闵陶汪贺简习卢阮温谈骆"
_WORDS = (
    "青禾 秋实 晚亭 稻生 望舒 云岫 溪亭 知秋 松涛 砚田 鹤鸣 听雨 临川 半夏 星野 陌上 春归 石桥 竹影 麦穗 "
    "白露 谷雨 小满 霜降 立夏 清和 远帆 渡舟 南乔 北辰 东篱 西洲 芳草 长河 落雁 归鸿 采薇 扶光 疏桐 新月 "
    "橘红 茶山 枫林 榴花 梨雪 棠影 兰舟 菊篱 荷风 柳岸 栗香 桐月 桑榆 葵园 蒲苇 芦荻 棉白 芝田 蓼汀 艾香"
)
GIVEN = tuple(_WORDS.split())
ETHNICITIES = ("汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "土家族", "苗族")
TRADE_OF = {  # of those who work there as that
    ("建材厂", "班长"): "工人",
    ("食品加工厂", "质检员"): "工人",
    ("客运公司", "驾驶员"): "工人",
    ("果蔬专业合作社", "社员"): "农民",
    ("村民委员会", "村民小组长"): "农民",
    ("农机服务队", "农机手"): "农民",
    ("农业技术推广站", "农艺师"): "专业技术人员",
    ("建筑设计所", "工程师"): "专业技术人员",
    ("会计师事务所", "会计师"): "专业技术人员",
    ("食品加工厂", "厂长"): "企业负责人",
    ("果蔬专业合作社", "理事长"): "企业负责人",
    ("村民委员会", "主任"): "干部",
    ("便民服务中心", "主任"): "干部",
    ("中心学校", "教师"): "教师",
    ("中心学校", "校长"): "教师",
    ("卫生院", "医生"): "医护人员",
    ("卫生院", "护士长"): "医护人员",
    ("早餐店", "店主"): "个体工商户",
    ("五金店", "店主"): "个体工商户",
}
WORKS = tuple(TRADE_OF)
COMMITTEES = (
    "法制委员会",
    "监察和司法委员会",
    "财政经济委员会",
    "教育科学文化卫生委员会",
    "农业与农村委员会",
    "社会建设委员会",
)


def invented(seed: str) -> Iterator[str]:
    """Made-up names in an order that `seed` decides; the first 1,700 differ, then a third character is added."""
    random = Random(seed)
    names = [family + given for family, given in product(FAMILY, GIVEN)]
    random.shuffle(names)
    yield from names
    for name, third in product(names, "安宁和乐平顺康泰"):
        yield name + third
