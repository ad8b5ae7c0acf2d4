"""What authors and the office type about projects."""

from portal.projects.forms.deciding import ReturnForm
from portal.projects.forms.presenting import NewProjectForm, ProjectForm

__all__ = ["NewProjectForm", "ProjectForm", "ReturnForm"]
