"""Tables of files and papers."""

from lianxin.ground.documents.models.file import File, FileKind
from lianxin.ground.documents.models.paper import Letterhead, Paper, PaperKind

__all__ = ["File", "FileKind", "Letterhead", "Paper", "PaperKind"]
