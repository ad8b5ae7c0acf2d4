"""The tables of steps: texts, what is said about them, and who takes part."""

from portal.projects.workflow.comments import COMMENTS
from portal.projects.workflow.parts import PARTS
from portal.projects.workflow.texts import WORKFLOW

__all__ = ["COMMENTS", "PARTS", "WORKFLOW"]
