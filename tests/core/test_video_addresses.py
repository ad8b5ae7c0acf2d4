"""The page of a video is known by its address, and nothing else counts as one."""

import pytest

from portal.core.text import Video, known_video

YOUTUBE = Video("YouTube", "https://www.youtube.com/watch?v=abcDEF_-123")
PEERTUBE = "https://video.beispiel.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d"


@pytest.mark.parametrize(
    ("typed", "video"),
    [
        ("https://www.youtube.com/watch?v=abcDEF_-123&t=5s&si=verfolgt", YOUTUBE),
        ("youtube.com/watch?app=desktop&v=abcDEF_-123", YOUTUBE),
        ("https://youtu.be/abcDEF_-123?si=verfolgt", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/abcDEF_-123", YOUTUBE),
        ("https://m.youtube.com/shorts/abcDEF_-123", YOUTUBE),
        ("http://vimeo.com/123456789", Video("Vimeo", "https://vimeo.com/123456789")),
        ("vimeo.com/123456789/0a1b2c3d4e", Video("Vimeo", "https://vimeo.com/123456789/0a1b2c3d4e")),
        ("https://player.vimeo.com/video/123456789", Video("Vimeo", "https://vimeo.com/123456789")),
        (PEERTUBE, Video("video.beispiel.example", PEERTUBE)),
        (PEERTUBE.replace("/w/", "/videos/watch/"), Video("video.beispiel.example", PEERTUBE)),
    ],
)  # fmt: skip
def test_page_of_a_video_is_known(typed, video):
    assert known_video(typed) == video
    assert known_video(video.address) == video


@pytest.mark.parametrize(
    "typed",
    [
        "", "kein Video", "https://www.youtube.com/", "https://www.youtube.com/@kanal",
        "https://www.youtube.com/watch?v=kurz", "https://www.youtube.com/watch?v=abcDEF_-1234",
        "https://youtube.com.beispiel.example/watch?v=abcDEF_-123",
        "https://beispiel.example/https://youtu.be/abcDEF_-123",
        "https://name:wort@youtu.be/abcDEF_-123", "javascript:alert(1)//youtu.be/abcDEF_-123",
        "https://vimeo.com/kanal", "https://vimeo.com/12345", "https://beispiel.example/video.mp4",
        "https://beispiel.example/w/kurz", "https://video/w/9c9de5e8-0a1e-484a-b099-e80766180a6d",
        "data:text/html,https://youtu.be/abcDEF_-123",
    ],
)  # fmt: skip
def test_anything_else_is_no_video(typed):
    assert known_video(typed) is None
