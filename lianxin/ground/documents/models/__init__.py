"""Tables of files."""

from lianxin.ground.documents.models.file import File, FileKind

__all__ = ["File", "FileKind"]
