"""The application class: its requests are transactions, its templates speak each language."""

from flask import current_app, has_app_context
from flask.templating import Environment
from flask_babel import get_translations

from portal.core.database import TransactionalFlask
from portal.core.languages import SOURCE, language
from portal.core.templates import SpokenEnvironment, in_other_words


class Portal(TransactionalFlask):
    jinja_environment = SpokenEnvironment
    _spoken: dict[str, Environment] | None = None

    @property
    def jinja_env(self) -> Environment:
        """The environment of the language of this request, or of this letter."""
        if self._spoken is None:
            self._spoken = {SOURCE: self.create_jinja_environment()}
        source = self._spoken[SOURCE]
        if len(self.config["LANGUAGES"]) == 1 or not has_app_context() or current_app != self:
            return source
        spoken = language()
        if spoken not in self._spoken:
            self._spoken[spoken] = in_other_words(source, get_translations())
        return self._spoken[spoken]
