"""Settings, typed and read from the environment in one place; half a set refuses to start."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

ENVIRONMENTS = {"demo", "production"}
KNOWN_SECRETS = {"changeme", "secret", "dev", "test", "password"}
SECRET_LENGTH = 32


class IncompleteSettings(Exception):
    """The portal refuses to start; the message lists everything that is missing."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The portal cannot start:\n" + "\n".join(f"  - {p}" for p in problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator decides. Upper-case names, because Flask reads them as its configuration."""

    ENVIRONMENT: str = "production"
    DATA_DIR: Path
    SECRET_KEY: str = field(repr=False)
    SQLALCHEMY_DATABASE_URI: str = field(repr=False)
    REDIS_URL: str | None = field(default=None, repr=False)
    # How long somebody who writes waits for others, before the answer is 503.
    SQLITE_BUSY_MS: int = 5000
    POSTGRESQL_LOCK_MS: int = 3000
    MAIL_URL: str = field(default="file:", repr=False)
    MAIL_SENDER: str = "smartcity@dortmund.de"
    MEDIA_URL: str = field(default="file:", repr=False)
    BASE_URL: str | None = None
    REQUIRE_SECOND_FACTOR: str = "office"
    TESTING: bool = False

    LANGUAGES: tuple[str, ...] = ("de", "en")  # the first one is the language of the sources
    WTF_CSRF_TIME_LIMIT: int | None = None  # a token lives as long as its session
    WTF_CSRF_CHECK_DEFAULT: bool = False  # core.forms asks, once the guard has let the request in
    MAX_CONTENT_LENGTH: int = 12 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE: int = 1024 * 1024
    MAX_FORM_PARTS: int = 200
    PERMANENT_SESSION_LIFETIME: timedelta = timedelta(days=30)
    SESSION_COOKIE_SAMESITE: str = "Lax"
    SESSION_COOKIE_HTTPONLY: bool = True
    SESSION_REFRESH_EACH_REQUEST: bool = False  # only a changed session sends a cookie
    RATELIMIT_ENABLED: bool = True

    @property
    def DEMO(self) -> bool:  # noqa: N802 - Flask's configuration is upper case
        return self.ENVIRONMENT == "demo"

    @property
    def SECURE(self) -> bool:  # noqa: N802
        return (self.BASE_URL or "").startswith("https://")

    @property
    def SESSION_COOKIE_SECURE(self) -> bool:  # noqa: N802
        return self.SECURE

    @property
    def SESSION_COOKIE_NAME(self) -> str:  # noqa: N802
        return "__Host-portal" if self.SECURE else "portal"

    @property
    def SERVER_NAME(self) -> str | None:  # noqa: N802
        """Links outside of a request are made from the base address; requests are not matched
        against it (Flask 3.1 leaves routing to TRUSTED_HOSTS)."""
        return urlsplit(self.BASE_URL).netloc if self.BASE_URL else "localhost"

    @property
    def PREFERRED_URL_SCHEME(self) -> str:  # noqa: N802
        return "https" if self.SECURE else "http"

    @property
    def TRUSTED_HOSTS(self) -> list[str] | None:  # noqa: N802
        host = urlsplit(self.BASE_URL).hostname if self.BASE_URL else None
        return [host, "localhost", "127.0.0.1"] if host else None


def from_environment() -> Settings:
    """Reads PORTAL_… (contract.md); raises IncompleteSettings with a line for each problem."""
    env = os.environ
    environment = env.get("PORTAL_ENV", "production")
    data_dir = Path(env.get("PORTAL_DATA_DIR", "instance")).resolve()
    secret = env.get("PORTAL_SECRET_KEY", "")
    base_url = env.get("PORTAL_BASE_URL", "").rstrip("/") or None
    if environment == "demo":
        secret = secret or _kept_secret(data_dir)
    problems = _problems(environment, secret, base_url)
    if problems:
        raise IncompleteSettings(problems)
    return Settings(
        ENVIRONMENT=environment,
        DATA_DIR=data_dir,
        SECRET_KEY=secret,
        SQLALCHEMY_DATABASE_URI=env.get("PORTAL_DATABASE_URL")
        or f"sqlite:///{data_dir / 'portal.sqlite'}",
        REDIS_URL=env.get("PORTAL_REDIS_URL") or None,
        MAIL_URL=env.get("PORTAL_MAIL_URL") or "file:",
        MAIL_SENDER=env.get("PORTAL_MAIL_SENDER") or "smartcity@dortmund.de",
        MEDIA_URL=env.get("PORTAL_MEDIA_URL") or "file:",
        BASE_URL=base_url,
        REQUIRE_SECOND_FACTOR=env.get(
            "PORTAL_REQUIRE_SECOND_FACTOR", "none" if environment == "demo" else "office"
        ),
    )


def _problems(environment: str, secret: str, base_url: str | None) -> list[str]:
    problems = []
    if environment not in ENVIRONMENTS:
        problems.append(f"PORTAL_ENV is {environment!r}; it is one of: demo, production")
    if len(secret) < SECRET_LENGTH or secret.lower() in KNOWN_SECRETS or len(set(secret)) < 8:
        problems.append(
            f"PORTAL_SECRET_KEY needs at least {SECRET_LENGTH} random characters, for example"
            " from: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if environment == "production" and not base_url:
        problems.append("PORTAL_BASE_URL is missing, for example https://portal.example.org")
    if base_url and urlsplit(base_url).scheme not in {"http", "https"}:
        problems.append("PORTAL_BASE_URL has to start with https:// or http://")
    return problems


def _kept_secret(data_dir: Path) -> str:
    """The demo's secret: made once, kept beside the demo's database."""
    file = data_dir / "secret-key"
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text().strip()
