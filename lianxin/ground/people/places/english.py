"""What a place is called on an English page: its name in pinyin with the word for its kind, as maps write it."""

from django.utils.translation import get_language

KINDS = {
    "自治区": ("zizhiqu", "Autonomous Region"),
    "特别行政区": ("tebiexingzhengqu", "Special Administrative Region"),
    "自治州": ("zizhizhou", "Autonomous Prefecture"),
    "自治县": ("zizhixian", "Autonomous County"),
    "自治旗": ("zizhiqi", "Autonomous Banner"),
    "开发区": ("kaifaqu", "Development Zone"),
    "街道办事处": ("jiedaobanshichu", "Subdistrict"),
    "街道": ("jiedao", "Subdistrict"),
    "民族乡": ("minzuxiang", "Ethnic Township"),
    "居民委员会": ("juminweiyuanhui", "Community"),
    "居委会": ("juweihui", "Community"),
    "社区": ("shequ", "Community"),
    "苏木": ("sumu", "Sumu"),
    "嘎查": ("gacha", "Gacha"),
    "地区": ("diqu", "Prefecture"),
    "网格": ("wangge", "Grid"),
    "省": ("sheng", "Province"),
    "州": ("zhou", "Prefecture"),
    "盟": ("meng", "League"),
    "市": ("shi", "City"),
    "县": ("xian", "County"),
    "区": ("qu", "District"),
    "旗": ("qi", "Banner"),
    "镇": ("zhen", "Town"),
    "乡": ("xiang", "Township"),
    "村": ("cun", "Village"),
}


def called(name: str, pinyin: str) -> str:
    """A place's name for the reader: on English pages in Latin letters too, Liuxi Village 柳溪村."""
    if (get_language() or "").startswith("en") and (latin := english_name(name, pinyin)):
        return f"{latin} {name}"
    return name


def english_name(name: str, pinyin: str) -> str:
    """The name in Latin letters; nothing where its pinyin is not known or too long to have been kept whole.

    >>> english_name("桥边镇", "qiaobianzhen"), english_name("红光社区", "hongguangshequ")
    ('Qiaobian Town', 'Hongguang Community')
    """
    for chinese, (spelt, english) in KINDS.items():
        stem = pinyin.removesuffix(spelt)
        if name.endswith(chinese) and stem not in ("", pinyin):
            return f"{stem.capitalize()} {english}"
    return pinyin.capitalize()
