"""Tables of files and papers."""

from lianxin.ground.documents.models.file import File, FileKind
from lianxin.ground.documents.models.paper import Letterhead, Paper, PaperKind
from lianxin.ground.documents.models.template import Template

__all__ = ["File", "FileKind", "Letterhead", "Paper", "PaperKind", "Template"]
