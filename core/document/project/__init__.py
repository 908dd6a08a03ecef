"""Projects: one file that holds document, undo list, chunk results and settings; each step is in it before it shows.

schema       tables, limits, migrations            connection   SQLite with every guard on
values       cues and steps as JSON, checked       places       where rows stand, so that an edit touches its own
store        a step into the tables                reading      and back, strictly
repair       what can be taken out of damage       results      what engines made of chunks
project      an open project (a `Journal`)         opening      making and opening one
held         whose a file is, and its name         laying       results, between a project and where jobs look
recoveries   work without a name                   films        a film that was moved
folders      where a log beside the file may lie   rescue       work whose file was taken from under it
"""

from core.document.project.opening import SUFFIX, create_project, new_path, open_project
from core.document.project.project import IDLE_S, Project
from core.document.project.results import ProjectResults

__all__ = ["IDLE_S", "SUFFIX", "Project", "ProjectResults", "create_project", "new_path", "open_project"]
