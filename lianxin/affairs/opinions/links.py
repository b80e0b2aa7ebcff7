"""The links in messages: who follows one sees the matter without typing a code, and decides nothing for good.

The token stands in the query, which no log of ours keeps and which works without scripts (a fragment would not), and its
page shows a button alone: programs that look at mails follow links, and change nothing by it. It names one opinion and
the series of its code, so that a code issued anew ends it; it fits nothing but following, and runs out.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from lianxin.affairs.opinions.models import Opinion

LASTS = timedelta(days=60)  # a message is tried for six days, an answer can be rated for weeks
SIGNER = signing.TimestampSigner(salt="lianxin.opinions.link")


def token_of(opinion: Opinion) -> str:
    """A token that opens this opinion for following."""
    plain = urlsafe_b64encode(opinion.pk.bytes).decode().rstrip("=")
    return SIGNER.sign(f"{plain}.{opinion.code_series}")


def address_of(opinion: Opinion) -> str:
    """The path of the page with the button."""
    return f"{reverse('opinions:follow_link')}?t={token_of(opinion)}"


def opinion_of(token: str) -> Opinion | None:
    """Which opinion a token opens; none where it is not ours, ran out, or the code was issued anew."""
    try:
        plain, series = SIGNER.unsign(token, max_age=LASTS).split(".")
        pk = UUID(bytes=urlsafe_b64decode(plain + "=="))
    except (signing.BadSignature, ValueError):
        return None
    return Opinion.objects.filter(pk=pk, code_series=series).first()
