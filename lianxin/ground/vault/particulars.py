"""Who a resident is and how to reach them, in the clear. Lives in memory only, for as long as it is used."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Self

STEP = 256  # bytes: what is sealed is as long as the next multiple, so that its length tells little


@dataclass(frozen=True, repr=False)
class Particulars:
    """身份信息 What a voice told of itself; a blank is what was not told. Never shows itself in a log or a traceback.

    `wechat` is the openid by which a service account writes to somebody: a name that no other account and no person knows.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    wechat: str = ""
    email: str = ""

    def __repr__(self) -> str:
        return f"<Particulars: {', '.join(f.name for f in fields(self) if getattr(self, f.name)) or 'none'}>"

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    def as_bytes(self) -> bytes:
        """The filled fields as JSON, with blanks behind up to the next step."""
        told = json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False).encode()
        return told + b" " * (-len(told) % STEP)

    @classmethod
    def from_bytes(cls, told: bytes) -> Self:
        """What `as_bytes` wrote."""
        return cls(**json.loads(told))
