from coaching.models.breath_pattern import BreathPattern
from coaching.models.course_run import CoursePause, CourseRun
from coaching.models.intake import Intake
from coaching.models.lesson_progress import LessonProgress
from coaching.models.mistake import MistakeReport
from coaching.models.person import Person
from coaching.models.plan import Plan, PlanChange, PlanItem
from coaching.models.pool import PoolCell, PoolNorms
from coaching.models.practice import Practice
from coaching.models.tools import ToolEntry

__all__ = [
    "BreathPattern",
    "CoursePause",
    "CourseRun",
    "Intake",
    "LessonProgress",
    "MistakeReport",
    "Person",
    "Plan",
    "PlanChange",
    "PlanItem",
    "PoolCell",
    "PoolNorms",
    "Practice",
    "ToolEntry",
]
