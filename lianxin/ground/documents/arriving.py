"""How what is sent reaches the disk: in a file without a name, so that a process that is killed leaves nothing readable."""

import errno
import tempfile
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_AT_ONCE = 200 * 1024 * 1024  # bytes of a whole request: four photos of 40 megabytes are told one by one


class NamelessFile(UploadedFile):
    """An upload of which only the process that received it knows; `is_cut_short` where the disk had no room for all of it."""

    is_cut_short = False


class IntoNamelessFiles(FileUploadHandler):
    """Keeps what comes after Django's small files in nameless files on the disk, and never in memory.

    A request that is too large altogether is refused before it is read. Where the disk is full, the rest is read and
    thrown away, and the upload says so (`is_cut_short`): a view can then tell it in words.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        """Refuse a request that is too large. Raises RequestDataTooBig."""
        if content_length > MOST_AT_ONCE:
            raise RequestDataTooBig(f"{content_length} bytes")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.is_cut_short = False
        self.out = tempfile.TemporaryFile(prefix="lianxin-")  # noqa: SIM115  the request closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write on."""
        if self.is_cut_short:
            return
        try:
            self.out.write(raw_data)
            self.out.flush()
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self.is_cut_short = True

    def file_complete(self, file_size: int) -> UploadedFile:
        """The whole file, or what there was room for."""
        self.out.seek(0)
        upload = NamelessFile(
            file=self.out,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
        upload.is_cut_short = self.is_cut_short
        return upload

    def upload_interrupted(self) -> None:
        """Let go of what was received so far."""
        if hasattr(self, "out"):
            self.out.close()
