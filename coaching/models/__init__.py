from coaching.models.breath_pattern import BreathPattern
from coaching.models.check_in import CheckIn
from coaching.models.comparison import Comparison, ComparisonDay
from coaching.models.course_run import CoursePause, CourseRun
from coaching.models.intake import Intake
from coaching.models.lesson_progress import LessonProgress
from coaching.models.mistake import MistakeReport
from coaching.models.person import Person
from coaching.models.plan import Plan, PlanChange, PlanItem
from coaching.models.pool import PoolCell, PoolNorms
from coaching.models.practice import Practice
from coaching.models.service_figures import ServiceFigures
from coaching.models.tools import ToolEntry
from coaching.models.unwanted_effect import UnwantedEffect

__all__ = [
    "BreathPattern",
    "CheckIn",
    "Comparison",
    "ComparisonDay",
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
    "ServiceFigures",
    "ToolEntry",
    "UnwantedEffect",
]
