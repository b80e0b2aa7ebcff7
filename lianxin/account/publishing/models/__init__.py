"""What offices publish."""

from lianxin.account.publishing.models.announcement import Announcement
from lianxin.account.publishing.models.call import Answer, Call, Question
from lianxin.account.publishing.models.story import Airing, Story
from lianxin.account.publishing.models.stream import Stream
from lianxin.account.publishing.models.wording import Wording

__all__ = ["Airing", "Announcement", "Answer", "Call", "Question", "Story", "Stream", "Wording"]
