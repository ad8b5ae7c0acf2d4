"""Text at the border: what is kept of what people type, addresses, and Markdown made safe."""

from portal.core.text.cleaning import clean_line, clean_text, is_invisible
from portal.core.text.markdown import plain, render_markdown
from portal.core.text.slugs import slugify, unique_slug
from portal.core.text.video_addresses import Video, known_video
from portal.core.text.web_addresses import normalised_address

__all__ = [
    "Video",
    "clean_line",
    "clean_text",
    "is_invisible",
    "known_video",
    "normalised_address",
    "plain",
    "render_markdown",
    "slugify",
    "unique_slug",
]
