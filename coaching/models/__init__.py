from coaching.models.breath_pattern import BreathPattern
from coaching.models.check_in import CheckIn
from coaching.models.comparison import Comparison, ComparisonDay
from coaching.models.course_run import CoursePause, CourseRun
from coaching.models.ending import Booster, Ending
from coaching.models.intake import Intake
from coaching.models.lesson_progress import LessonProgress
from coaching.models.log_entry import LogEntry
from coaching.models.mistake import MistakeReport
from coaching.models.person import Person
from coaching.models.plan import Plan, PlanChange, PlanItem
from coaching.models.pool import PoolCell, PoolNorms
from coaching.models.practice import Practice
from coaching.models.practice_store import PracticeStore
from coaching.models.push_device import PushDevice
from coaching.models.reminder_slot import ReminderSlot
from coaching.models.research_share import ResearchShare
from coaching.models.rhythm import Rhythm
from coaching.models.service_figures import ServiceFigures
from coaching.models.shared_link import LinkOpening, SharedLink
from coaching.models.tools import ToolEntry
from coaching.models.unwanted_effect import UnwantedEffect
from coaching.models.week import Week, WeekChange, WeekStep
from coaching.models.week_review import WeekReview

__all__ = [
    "Booster",
    "BreathPattern",
    "CheckIn",
    "Comparison",
    "ComparisonDay",
    "CoursePause",
    "CourseRun",
    "Ending",
    "Intake",
    "LessonProgress",
    "LinkOpening",
    "LogEntry",
    "MistakeReport",
    "Person",
    "Plan",
    "PlanChange",
    "PlanItem",
    "PoolCell",
    "PoolNorms",
    "Practice",
    "PracticeStore",
    "PushDevice",
    "ReminderSlot",
    "ResearchShare",
    "Rhythm",
    "ServiceFigures",
    "SharedLink",
    "ToolEntry",
    "UnwantedEffect",
    "Week",
    "WeekChange",
    "WeekReview",
    "WeekStep",
]
