"""Made-up news and notices of a township's congress: its clerk writes, the county's office reviews."""

from datetime import datetime, timedelta
from functools import partial

from lianxin.account.publishing.models import Story, Wording
from lianxin.account.publishing.models.wording import Words
from lianxin.doors.demo.building.newsroom import Newsroom, newsroom, on
from lianxin.ground.core.clock import start_of, today
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Body, Person, Region

NEWS = "代表小组查看农村饮水工程"
NEWS_TEXT = """镇人大组织代表小组，用一天时间走了三个村，看水源、蓄水池和入户的水表。

## 看到什么

- 两个村的蓄水池去年冬天翻修过，旱季也没有停过水
- 一个村的高位水池漏水，枯水期每天只供两小时

## 接着怎么办

漏水的水池由镇里请人检修，**修好以前每天送水**。代表小组下个月再去看一次。"""
NOTICE = "代表接待日改在周四"
NOTICE_TEXT = """下个月的代表接待日原定周三，改在周四上午9点到11点半，地点不变。

不用预约，带着事来就行。来不了的，可以在网上说，也可以请村里的站点代写。

问接待的事，请打镇人大办公室：027-00000101。"""
AHEAD = "镇人民代表大会会议公告"
AHEAD_TEXT = """镇人民代表大会会议下个月召开，会期一天。

1. 听取和审议政府工作报告
2. 审查财政预算执行情况
3. 票决民生实事项目

会议公开举行。想旁听的，请提前三天到镇人大办公室登记。"""
WAITING = "请代表看集镇停车"
WAITING_TEXT = "集日车多路窄，镇里划了两处临时停车场。代表小组这个集日到现场看一看，听听摊主和司机怎么说。"
STORY = "夜里数路灯的人"
STORY_TEXT = (
    "村里说有七盏灯不亮。她没有先打电话，等天黑了自己去走一趟，一盏一盏数过去。后来才知道，坏的不是灯，是电缆。"
)
DRAFT = "常委会听取养老服务报告"
DRAFT_TEXT = "会议听取了养老服务体系建设情况的报告。\n\n（议程和发言还没写完）"


def tell(home: Region) -> None:
    """News that is public, a notice that was corrected, one for later, one that waits for review, and a draft."""
    room, day = newsroom(), today()
    on(day - timedelta(days=16), partial(room.publish, Words("deputies", NEWS, NEWS_TEXT)))
    noticed = on(day - timedelta(days=9), partial(room.publish, Words("notices", NOTICE, NOTICE_TEXT)))
    on(day - timedelta(days=7), partial(_correct, room, noticed))
    later = start_of(day + timedelta(days=12)) + timedelta(hours=9)
    on(day - timedelta(days=2), partial(room.publish, Words("notices", AHEAD, AHEAD_TEXT, later)))
    on(day - timedelta(days=1), partial(room.submit, Words("deputies", WAITING, WAITING_TEXT)))
    on(day - timedelta(days=1), partial(_story, room))
    county = Body.objects.congresses().on(day).filter(region=home).first()
    begun = Words("news", DRAFT, DRAFT_TEXT)
    on(
        day - timedelta(days=1),
        lambda at: Wording.begin(county or room.congress, begun, id=new_id(), by=room.reviewer.pk, at=at),
    )


def _story(room: Newsroom, at: datetime) -> None:
    """Of the deputy of the demonstration, who has yet to sign."""
    deputy = Person.objects.get(user__username="daibiao")
    made = Wording.begin(room.congress, Words("deputies", STORY, STORY_TEXT), id=new_id(), by=room.writer.pk, at=at)
    Story.tell_of(made.announcement, deputy, by=room.writer.pk, at=at)


def _correct(room: Newsroom, made: Wording, at: datetime) -> None:
    """The hour was wrong."""
    following = Wording.correct(made.announcement, by=room.writer.pk, at=at)
    text = NOTICE_TEXT.replace("11点半", "12点")
    words = Words("notices", NOTICE, text, made.public_from, change="接待到12点，不是11点半")
    following.rewrite(words, edition=following.edition, by=room.writer.pk, at=at)
    following.submit(edition=following.edition, by=room.writer.pk, at=at)
    room.review(following, at + timedelta(hours=1))
