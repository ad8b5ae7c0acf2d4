"""The application class: its requests are transactions, its templates speak each language."""

from flask import current_app, has_app_context
from flask.templating import Environment

from portal.core.database import TransactionalFlask
from portal.core.languages import language
from portal.core.templates import SpokenEnvironment, environments


class Portal(TransactionalFlask):
    jinja_environment = SpokenEnvironment
    _spoken: dict[str, Environment] | None = None

    @property
    def jinja_env(self) -> Environment:
        """The environment of the language of this request, or of this letter."""
        if self._spoken is None:
            self._spoken = environments(self, self.create_jinja_environment())
        if len(self._spoken) == 1 or not has_app_context() or current_app != self:
            return next(iter(self._spoken.values()))
        return self._spoken[language()]
