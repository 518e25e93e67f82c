"""The ten tools, in the order in which they are listed."""

from coaching.core.tools.kinds.activities import ACTIVITIES
from coaching.core.tools.kinds.experiment import EXPERIMENT
from coaching.core.tools.kinds.flare_plan import FLARE_PLAN
from coaching.core.tools.kinds.ladder import LADDER
from coaching.core.tools.kinds.pacing_planner import PACING_PLANNER
from coaching.core.tools.kinds.problem_solving import PROBLEM_SOLVING
from coaching.core.tools.kinds.sleep_diary import SLEEP_DIARY
from coaching.core.tools.kinds.thought_record import THOUGHT_RECORD
from coaching.core.tools.kinds.worry_time import WORRY_TIME
from coaching.core.tools.kinds.writing import WRITING
from coaching.core.tools.shapes import Group, Tool

TOOLS = (
    THOUGHT_RECORD,
    WORRY_TIME,
    EXPERIMENT,
    WRITING,
    PACING_PLANNER,
    LADDER,
    ACTIVITIES,
    PROBLEM_SOLVING,
    SLEEP_DIARY,
    FLARE_PLAN,
)
TOOL = {tool.slug: tool for tool in TOOLS}
TOOL_OF_TECHNIQUE = {tool.technique: tool for tool in TOOLS if tool.is_practice}
"""In what a technique is practised, where that is a tool."""


def shelves() -> tuple[tuple[Group, tuple[Tool, ...]], ...]:
    return tuple((group, tuple(tool for tool in TOOLS if tool.group is group)) for group in Group)
