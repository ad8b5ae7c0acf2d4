"""Text at the border: what is kept of what people type, addresses, and Markdown made safe."""

from portal.core.text.cleaning import clean_line, clean_text, is_invisible
from portal.core.text.markdown import plain, render_markdown
from portal.core.text.slugs import slugify, unique_slug

__all__ = [
    "clean_line",
    "clean_text",
    "is_invisible",
    "plain",
    "render_markdown",
    "slugify",
    "unique_slug",
]
