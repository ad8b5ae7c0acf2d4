"""All kinds of facts that the portal can tell, whoever imported them or not."""

import importlib
import pkgutil
from importlib.util import find_spec

import portal
from portal.core.facts import Fact, every_kind


def told_kinds() -> dict[str, type[Fact]]:
    """By name. A kind with kinds below it only gathers them; the tests' own do not count."""
    for module in pkgutil.iter_modules(portal.__path__):
        name = f"portal.{module.name}.facts"
        if module.ispkg and find_spec(name):
            importlib.import_module(name)
    return {
        kind.__name__: kind
        for kind in every_kind()
        if kind.__module__.startswith("portal.") and not kind.__subclasses__()
    }
