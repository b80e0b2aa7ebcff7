"""民族 The names of China's ethnic groups: a closed list, read as offices write them."""

from typing import Any

from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.problems import nearest

# GB/T 3304-1991, in the order of its codes 01 to 56
STEMS_IN_ORDER = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 "
    "景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 "
    "裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
GROUPS = tuple(f"{stem}族" for stem in STEMS_IN_ORDER.split())
OTHERS = ("其他", "外国血统中国籍人士")  # what registers of residents write for those of none of the 56
STEMS = {name.removesuffix("族"): name for name in (*GROUPS, *OTHERS)}


def ethnicity(value: Any) -> str:
    """The name of an ethnic group as the list writes it: 汉 is 汉族. Raises NotThat with the nearest for every other word."""
    stem = cells.text(value).replace(" ", "").removesuffix("族")
    if stem not in STEMS:
        raise cells.NotThat(nearest=STEMS.get(nearest(stem, STEMS), ""))
    return STEMS[stem]
