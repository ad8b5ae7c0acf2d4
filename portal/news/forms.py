"""What the office writes in an article."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import WebAddress, day, line, paragraphs
from portal.core.pictures.forms import PictureForm
from portal.news.models import Article
from portal.news.services import Content


class ArticleForm(PictureForm):
    title = line(_l("Überschrift"), most=160, missing=_l("Geben Sie der Meldung eine Überschrift."))
    teaser = line(
        _l("In einem Satz"),
        most=300,
        hint=_l("Steht in der Liste und im Feed."),
        missing=_l("Sagen Sie in einem Satz, worum es geht."),
    )
    text = paragraphs(
        _l("Text"),
        most=20_000,
        rows=12,
        hint=_l("Absätze, **fett**, Listen mit „- “ am Zeilenanfang und [Links](https://…) gehen."),
        missing=_l("Schreiben Sie den Text der Meldung."),
    )
    dated = day(_l("Datum"), missing=_l("Geben Sie an, von welchem Tag die Meldung ist."))
    source_name = line(_l("Quelle"), most=200, hint=_l("Wer hat es zuerst berichtet?"))
    source_url = line(
        _l("Adresse der Quelle"), most=500, checks=(WebAddress(most=500),), inputmode="url"
    )

    def content(self) -> Content:
        return Content(
            title=self.title.data,
            teaser=self.teaser.data,
            text=self.text.data,
            dated=self.dated.data,
            source_name=self.source_name.data,
            source_url=self.source_url.data,
        )


def stored_in(article: Article) -> dict[str, Any]:
    """What the form shows of an article."""
    names = ("title", "teaser", "text", "dated", "source_name", "source_url")
    picture = article.picture
    return {name: getattr(article, name) for name in names} | {
        "picture_alt": picture.alt if picture else "",
        "picture_credit": picture.credit if picture else "",
    }
