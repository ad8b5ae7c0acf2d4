"""What a form does to the one picture of a thing."""

from dataclasses import dataclass

from portal.core.pictures import services
from portal.core.pictures.models import Picture
from portal.core.pictures.services import PreparedPicture


@dataclass(frozen=True, kw_only=True)
class PictureChange:
    """A new picture, or other words for the one that is there, or none any more."""

    new: PreparedPicture | None = None
    alt: str = ""
    credit: str = ""
    remove: bool = False

    def applied_to(self, before: Picture | None) -> Picture | None:
        """The picture that the thing has from now on. The row of the former one is the caller's to
        delete when nothing shows it any more; its files are swept away later."""
        if self.new:
            return services.keep(self.new, alt=self.alt, credit=self.credit)
        if self.remove or before is None:
            return None
        before.alt, before.credit = self.alt, self.credit
        return before

    def forget(self) -> None:
        """The form came too late: the files need not wait for the sweep."""
        if self.new:
            services.discard(self.new)
