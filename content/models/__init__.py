from content.models.caution import Caution, ConditionText, DemandCaution
from content.models.evidence import Evidence, EvidenceCard
from content.models.guide import Guide
from content.models.human_recording import HumanRecording
from content.models.ladder import Ladder
from content.models.lesson import Lesson
from content.models.lesson_text import LessonText
from content.models.person import StoryPerson
from content.models.picture import Picture, PictureFile, PictureOriginal
from content.models.proposing import Confirmed, Proposing
from content.models.publishable import Publishable
from content.models.reference import Reference
from content.models.row import NamedRow, Row
from content.models.safety import CrisisLine, DangerSign
from content.models.scale import Scale
from content.models.step_rule import StepRule
from content.models.technique import Technique
from content.models.tip import Tip
from content.models.translation import Translation
from content.models.variant import LessonVariant
from content.models.version import Version

__all__ = [
    "Caution",
    "ConditionText",
    "Confirmed",
    "CrisisLine",
    "DangerSign",
    "DemandCaution",
    "Evidence",
    "EvidenceCard",
    "Guide",
    "HumanRecording",
    "Ladder",
    "Lesson",
    "LessonText",
    "LessonVariant",
    "NamedRow",
    "Picture",
    "PictureFile",
    "PictureOriginal",
    "Proposing",
    "Publishable",
    "Reference",
    "Row",
    "Scale",
    "StepRule",
    "StoryPerson",
    "Technique",
    "Tip",
    "Translation",
    "Version",
]
