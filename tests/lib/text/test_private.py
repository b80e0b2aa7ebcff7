import random
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.text import Found, PrivateKind, find, masked

ID, CARD, MAIL, PHONE, PLATE, WECHAT, DOOR, NAME = PrivateKind
CHECKED = "110101199003071233"  # made up, with a true check digit
FULL_WIDTH = str.maketrans("0123456789Xx-@", "０１２３４５６７８９Ｘｘ－＠")


def told(text: str) -> list[tuple[PrivateKind, str]]:
    return [(found.kind, text[found.start : found.end]) for found in find(text)]


def with_check(seventeen: str) -> str:
    """GB 11643 written out, apart from the library's own way."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11]


def with_luhn(digits: str) -> str:
    """Luhn's check digit by trying all ten."""
    for last in "0123456789":
        turned = [int(digit) for digit in (digits + last)[::-1]]
        if (sum(turned[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in turned[1::2])) % 10 == 0:
            return digits + last
    raise AssertionError(digits)


@pytest.mark.parametrize(
    "number",
    [
        with_check("11010119900307123"),
        with_check("42050619491001001"),
        "11010519491231002X",
        "11010519491231002x",
        "110105194912310 02X",
        "110105 19491231 002X",
        "110105-19491231-002-X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "110105491231002",
        "830000199201300022",
    ],
)
@pytest.mark.parametrize("frame", ["身份证号{}。", "{}", "我的{}号", "ID:{}, 谢谢"])
def test_a_resident_id_is_found(number, frame):
    assert told(frame.format(number)) == [(ID, number)]
    wide = number.translate(FULL_WIDTH)
    assert told(frame.format(wide)) == [(ID, wide)]


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",  # wrong check digit
        with_check("11010119900230123"),  # 30 February
        with_check("99010119900307123"),  # no such region
        with_check("11010118000307123"),  # too long ago
        "110105491331002",  # a thirteenth month
        "1" + with_check("11010119900307123"),
        "202611220000000001",
        "91420506MA48XXXX0X",
    ],
)
def test_a_number_like_an_id_is_left(number):
    assert ID not in [kind for kind, _ in told(f"编号{number}。")]


@pytest.mark.parametrize(
    "said", ["身份证", "身份证号", "我的身份证号码", "身份证号：", "身份证号码是 ", "身份证: ", "身份证为"]
)
@pytest.mark.parametrize(
    "number", ["420504199001011234", "42050419900101123X", "42050419900101123x", "420504 19900101 1234"]
)
def test_what_is_said_to_be_an_id_is_one_though_its_check_digit_is_wrong(said, number):
    assert told(f"{said}{number}。") == [(ID, number)]
    wide = number.translate(FULL_WIDTH)
    assert told(f"{said}{wide}，电话13800138000") == [(ID, wide), (PHONE, "13800138000")]


@pytest.mark.parametrize(
    "text",
    [
        "编号420504199001011234",
        "身份证丢了，编号420504199001011234",
        "身份证号42050419900101123",
        "身份证号4205041990010112345",
    ],
)
def test_elsewhere_and_of_another_length_the_check_digit_decides(text):
    assert told(text) == []


@given(
    st.sampled_from(["110101", "420506", "522228", "650102"]),
    st.dates(date(1890, 1, 1), date(2099, 12, 31)),
    st.integers(0, 999),
)
def test_every_true_id_is_found(region, day, order):
    number = with_check(f"{region}{day:%Y%m%d}{order:03}")
    assert told(f"我的证号{number}，请查") == [(ID, number)]


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("电话13800138000。", "13800138000"),
        ("请打138 0013 8000联系", "138 0013 8000"),
        ("138-0013-8000", "138-0013-8000"),
        ("１３８００１３８０００", "１３８００１３８０００"),
        ("138　0013　8000", "138　0013　8000"),
        ("+86 13800138000", "+86 13800138000"),
        ("+8613800138000", "+8613800138000"),
        ("008613800138000", "008613800138000"),
        ("86-13800138000", "86-13800138000"),
        ("（+86）13800138000", "（+86）13800138000"),
        ("1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0"),
        ("138—0013—8000", "138—0013—8000"),
        ("手机:13800138000转告", "13800138000"),
        ("tel13800138000x", "13800138000"),
        ("0717-6671234", "0717-6671234"),
        ("（0717）6671234", "（0717）6671234"),
        ("0717 6671234", "0717 6671234"),
        ("010-12345678", None),
        ("010-62345678", "010-62345678"),
        ("02787654321", "02787654321"),
        ("0717-6671234-801", "0717-6671234-801"),
        ("电话：6671234", "6671234"),
        ("座机 667-1234", "667-1234"),
        ("12345热线、110、119、12388", None),
        ("12800138000", None),
        ("138001380001", None),
        ("213800138000", None),
        ("1380013800", None),
        ("补贴6671234元", None),
        ("2026-11-22 08:30", None),
        ("2026年11月22日", None),
        ("1300 20 15 600", None),
        ("3.0717667123", None),
    ],
)
def test_a_telephone_is_found(text, phone):
    assert told(text) == ([(PHONE, phone)] if phone else [])


def test_digits_one_by_one_are_a_number_only_from_end_to_end():
    phone = " ".join("13800138000")
    assert told(f"2026 {phone}") == [(PHONE, phone)]
    assert told(f"{phone} 1") == []
    assert told(f"1 {phone}") == []


def test_two_phones_side_by_side_are_two():
    assert told("13800138000 13900139000") == [(PHONE, "13800138000"), (PHONE, "13900139000")]


@pytest.mark.parametrize(
    "plate",
    [
        "鄂E12345",
        "鄂E·12345",
        "鄂E 1A2B3",
        "鄂e12345",
        "京AD12345",
        "京A12345D",
        "渝F·D01234",
        "鄂E1234挂",
        "鄂E1234警",
        "鄂Ｅ１２３４５",
    ],
)
def test_a_number_plate_is_found(plate):
    assert told(f"车牌{plate}，占道") == [(PLATE, plate)]


@pytest.mark.parametrize(
    "text", ["新S303省道", "新G1234567", "京ABCDEF", "鄂E1234", "青A7县", "鄂E123456", "贵A1", "云I2"]
)
def test_what_looks_like_a_plate_is_left(text):
    assert told(text) == []


@pytest.mark.parametrize("stem", ["622202100112345", "62220210011234567", "622848123456789012", "955880200012345678"])
def test_a_bank_card_is_found(stem):
    card = with_luhn(stem)
    fours = " ".join(card[place : place + 4] for place in range(0, len(card), 4))
    assert told(f"卡号{card}。") == [(CARD, card)]
    if len(card) % 4 in (0, 3):
        assert told(f"卡号{fours}。") == [(CARD, fours)]


def test_what_is_no_bank_card_is_left():
    card = with_luhn("622202100112345")
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    assert told(wrong) == []
    assert told(with_luhn("202611221234567")) == []
    assert told("0000000000000000") == []
    assert told(card + "1234") == []
    assert told(f"{card[:2]} {card[2:6]} {card[6:]}") == []


def test_of_two_cards_that_overlap_the_longer_is_found():
    stem = with_luhn("622202100112345")
    longer = next(with_luhn(f"{stem}{two}") for two in range(10, 100))
    assert told(f"{stem} {longer[16:]}") == [(CARD, f"{stem} {longer[16:]}")]


def test_an_id_that_holds_luhn_is_an_id():
    numbers = (
        with_check(f"4205061990{month:02}{day:02}{order:03}")
        for month in (1, 2)
        for day in (1, 9)
        for order in range(99)
    )
    both = next(number for number in numbers if number.isdigit() and with_luhn(number[:-1]) == number)
    assert told(both) == [(ID, both)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("邮箱zhang.san@example.com谢谢", [(MAIL, "zhang.san@example.com")]),
        ("13800138000@139.com", [(MAIL, "13800138000@139.com")]),
        ("ａ＠ｂ．ｃｎ", [(MAIL, "ａ＠ｂ．ｃｎ")]),
        ("a@b", []),
        ("@所有人", []),
        ("微信号：zhang_san88", [(WECHAT, "zhang_san88")]),
        ("加微信 zhang_san88", []),
        ("VX：wxid_abc123", [(WECHAT, "wxid_abc123")]),
        ("微信:13800138000", [(PHONE, "13800138000")]),
        ("微信同号：abcdef", [(WECHAT, "abcdef")]),
        ("QQ号12345678", [(WECHAT, "12345678")]),
        ("QQ群12345678", []),
        ("微信公众号：dianli", []),
        ("微信支付500000元", []),
    ],
)
def test_accounts_are_found(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    "door",
    [
        "3号楼2单元501室",
        "3栋501",
        "5栋2号",
        "G2栋320",
        "三栋二单元401室",
        "12幢1单元3楼301",
        "３号楼２单元５０１室",
        "2单元501室",
        "3组12号",
        "三组十二号",
        "3组 12号",
        "331号附1号",
        "88号502室",
        "A座1201室",
        "1-2-301室",
    ],
)
def test_a_door_is_found(door):
    assert told(f"我家在幸福小区{door}，漏水") == [(DOOR, door)]


@pytest.mark.parametrize(
    "text",
    [
        "3号楼的电梯坏了",
        "3号楼2单元的电梯坏了",
        "共3栋90户",
        "5栋302户居民",
        "3栋2号电梯",
        "四组的路",
        "1号线",
        "12号文件",
        "一座650吨的桥",
        "第3组",
        "3栋120平米",
        "6栋一房一价",
        "3组2号井",
        "A座，0731",
    ],
)
def test_a_building_or_a_count_is_no_door(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫张三，住在村里", "张三"),
        ("我叫张三", "张三"),
        ("我叫王小明住在三组", "王小明"),
        ("我叫王小明希望修路", "王小明"),
        ("我叫曹正科特来反映", "曹正科"),
        ("我叫：王建国。", "王建国"),
        ("我叫“王建国”", "王建国"),
        ("我叫做欧阳修文，", "欧阳修文"),
        ("我叫欧阳兰，", "欧阳兰"),
        ("我叫诸葛小明的时候", "诸葛小明"),
        ("我叫李家明，", "李家明"),
        ("我叫张民，", "张民"),
        ("我叫阿依古丽·买买提，", "阿依古丽·买买提"),
        ("我叫阿依古丽·买买提今年30岁", "阿依古丽·买买提"),
        ("我是迪丽拜尔·艾力，", "迪丽拜尔·艾力"),
        ("我的名字是刘芳。", "刘芳"),
        ("名字叫李晓燕，", "李晓燕"),
        ("我是张建民，", "张建民"),
        ("我是李四，男，汉族", "李四"),
        ("我是李长生家住三组", "李长生"),
        ("我（王二妮）", "王二妮"),
        ("本人陈红，", "陈红"),
        ("本人王建国系三组村民", "王建国"),
        ("本人：王建国", "王建国"),
        ("姓名：张三性别：男", "张三"),
        ("姓名: 何艳 电话", "何艳"),
        ("联系人：代小军13800", "代小军"),
        ("反映人：李鸣联系方式", "李鸣"),
        ("此致敬礼！\n张建国", "张建国"),
        ("路灯坏了。\n\n　　　　王建国\n2026年11月22日", "王建国"),
        ("路灯坏了。\n王建国", "王建国"),
        ("落款：赵敏", "赵敏"),
    ],
)
def test_a_name_that_is_introduced_is_found(text, name):
    assert (NAME, name) in told(text)
    assert [kind for kind, _ in told(text)].count(NAME) == 1


@pytest.mark.parametrize(
    "text",
    [
        "我叫了三次",
        "我叫不出名字",
        "我叫他们来看",
        "我叫车来拉",
        "我叫房东退钱",
        "我叫施工队停工",
        "我叫家人报警",
        "我叫护士把单子给我看",
        "我叫苦连天",
        "我叫停他",
        "我叫王某，",
        "我叫王女士，",
        "我是村里的",
        "我是一名教师",
        "我是高中教师，",
        "我是高中生，",
        "我是车主，",
        "我是党员，",
        "我是江西人，",
        "我是温州商人，",
        "我是王家湾村民，",
        "我是金鼎村村民，",
        "我是马家店人。",
        "我是王庄人，",
        "我是刘家湾，",
        "我是周边户，",
        "本人常去，",
        "本人和对方，",
        "本人时有来电，",
        "我是李家村的，",
        "我是安置户，",
        "我是房东，",
        "我是左边那户，",
        "我是老师，",
        "我是方圆小区业主",
        "我是金地·自在城的业主",
        "我是万科·金域华府，",
        "我是时候说了，",
        "我是常住居民，",
        "我是张大爷的儿子",
        "我是单亲妈妈，",
        "我是向你反映",
        "我是应届毕业生，",
        "我是和平小区的",
        "我是不是该找你",
        "本人住在三组",
        "本人曾多次反映，",
        "本人曾经找过，",
        "本人于2017年",
        "本人向有关部门反映",
        "本人费用，",
        "本人施工，",
        "本人和家人，",
        "本人强烈要求，",
        "姓名：不详",
        "联系人：王主任",
        "联系人：张先生，",
        "投诉人：日期",
        "路灯坏了。\n谢谢",
        "路灯坏了。\n万分感谢",
        "路灯坏了。\n高度重视",
        "路灯坏了。\n强烈要求。",
        "王建国",
        "张三说路灯坏了",
    ],
)
def test_what_is_no_name_is_left(text):
    assert told(text) == []


def test_places_are_those_of_the_text_as_given():
    text = f"😀我叫张三，\u3000电话１３８　００１３　８０００，证号{CHECKED[:-1]}"
    assert find(text)[:2] == [Found(3, 5, NAME), Found(9, 22, PHONE)]


def test_masks_keep_the_rest_and_no_length():
    text = "我叫张三，电话13800138000，邮箱a@b.cn。"
    assert masked(text) == "我叫▇▇▇，电话▇▇▇，邮箱▇▇▇。"
    assert masked(text, {PHONE}, words={PHONE: "（电话已隐去）"}) == "我叫张三，电话（电话已隐去），邮箱a@b.cn。"
    assert masked(text, ()) == text


MIXED = st.lists(
    st.sampled_from(
        ["我叫", "本人", "姓名：", "张三", "王建国", "，", "\n", " ", "-", "13800138000", "110105491231002", "11010519491231002X", "鄂E12345",
         "a@b.cn", "3栋", "501", "2单元", "室", "微信号", "zhang_san88", "86", "0717", "6671234", "·", "6222021001123458", "1", "x", "的", "是"]
    )
    | st.text(max_size=3),
    max_size=14,
).map("".join)  # fmt: skip


@given(MIXED)
def test_findings_are_in_order_apart_and_inside(text):
    found = find(text)
    assert found == sorted(found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


@given(MIXED)
def test_numbers_that_are_masked_are_gone(text):
    """What was found is nowhere left, however it was cut: no ID, card or mobile number outlives the mask."""
    left = masked(text)
    numbers = {ID, CARD, MAIL}
    assert not [one for one in find(left) if one.kind in numbers]


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "1-", "13800138000 ", "我叫", "我叫王", "-", "a", "a@", "@", "a.", "张", "·", "王·", "号", "1号", "1栋", "一", "微信", "A", "鄂E",
     "0717-", "(", "\n", "王\n", " ", "本人 ", "姓名：", "1-1-", "86", "+", "%",
     "身份证", "身份证号 1", "身份证号1 - "],
)  # fmt: skip
def test_no_repetition_takes_more_than_linear_work(unit):
    """Work is counted as calls of Python and of C: twice the text, about twice the calls."""

    def calls(length: int) -> int:
        count = 0

        def counted(frame, event, argument):
            nonlocal count
            count += 1

        text = unit * (length // len(unit))
        sys.setprofile(counted)
        try:
            find(text)
        finally:
            sys.setprofile(None)
        return count

    assert calls(8_000) <= 2.2 * calls(4_000) + 500
    assert isinstance(find(unit * (100_000 // len(unit))), list)


def test_a_long_text_of_many_findings_is_read_whole():
    rows = [f"我叫张三，电话138{number:08}，" for number in random.Random(1).sample(range(10**8), 3_000)]
    assert len(find("".join(rows))) == 6_000
