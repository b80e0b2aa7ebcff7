"""However many people send large pictures at once, the machine opens one of them at a time."""

import threading
import time

from lianxin.ground.documents import pictures, receiving
from lianxin.ground.documents.models import FileKind
from tests.ground.documents.builders import encoded, picture, upload
from tests.ground.vault.whole import Whole

HOLD = """
import time
from lianxin.ground.documents import pictures
with pictures._alone_on_the_machine((9000, 9000)):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_large_picture_waits_for_the_one_that_another_process_has_open(whole: Whole, settings, monkeypatch):
    settings.HOME = whole.home
    large, done = encoded(picture((300, 200))), []
    with whole.start_python(HOLD) as other:
        assert other.stdout.readline() == "held\n"
        assert receiving.read(upload(large), FileKind.PHOTO).width == 300  # a small one waits for nobody
        monkeypatch.setattr(pictures, "LARGE", 5_000)
        waiting = threading.Thread(target=lambda: done.append(receiving.read(upload(large), FileKind.PHOTO).width))
        waiting.start()
        time.sleep(0.5)
        assert done == []
        other.kill()
    waiting.join(timeout=10)
    assert done == [300]
