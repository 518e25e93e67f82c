"""The closed vocabularies that every room shares.

A *need* is what an intake can measure; each need sits at one *stage* of the loop
(alarm, tension, pain, withdrawal). A technique belongs to one *family*, and each
family competes for one *slot* of a plan. A *condition* is something a person
lives with that changes what is safe. A *grade* says how sure the science is.

Ids are those of the evidence file, so that a row can be traced to its source
by eye. They are stored in rows, so an id is never renamed, only added.
"""

from enum import StrEnum


class Term(StrEnum):
    """A word of a closed vocabulary: a stored id and the words shown for it."""

    label: str

    # The label has a default for type checkers alone: they take Term("id") for a call of this.
    def __new__(cls, value: str, label: str = "") -> "Term":
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(term.value, term.label) for term in cls]


class Stage(Term):
    """The four stages of the loop, in the order in which they drive one another."""

    ALARM = "alarm", "Alarm"
    TENSION = "tension", "Tension"
    PAIN = "pain", "Pain"
    WITHDRAWAL = "withdrawal", "Withdrawal"


class Need(Term):
    """What a person may need help with, as the intake measures it."""

    AROUSAL = "arousal", "an alarm that stays on"
    WORRY = "worry", "worries that get stuck"
    PANIC = "panic", "sudden rushes of fear"
    TENSION = "tension", "tight muscles"
    ACUTE = "acute", "a new or fresh pain"
    SUBACUTE = "subacute", "pain for 6 to 12 weeks"
    PERSISTENT = "persistent", "pain that has stayed"
    FEAR_AVOID = "fear_avoid", "fear of moving"
    SLEEP = "sleep", "poor sleep"
    PASSIVE = "passive", "care that is mostly done to you"

    @property
    def stage(self) -> Stage:
        return STAGE_OF_NEED[self]


STAGE_OF_NEED = {
    Need.AROUSAL: Stage.ALARM,
    Need.WORRY: Stage.ALARM,
    Need.PANIC: Stage.ALARM,
    Need.TENSION: Stage.TENSION,
    Need.ACUTE: Stage.PAIN,
    Need.SUBACUTE: Stage.PAIN,
    Need.PERSISTENT: Stage.PAIN,
    Need.FEAR_AVOID: Stage.WITHDRAWAL,
    Need.SLEEP: Stage.WITHDRAWAL,
    Need.PASSIVE: Stage.WITHDRAWAL,
}


class Slot(Term):
    """The places in a plan; at most one technique stands in each."""

    CALM = "calm", "calming"
    MOVE = "move", "moving"
    MIND = "mind", "thinking or sleep"


class Family(Term):
    """What kind of technique it is."""

    CALMING = "calming", "Calming"
    EASING = "easing", "Easing"
    MOVING = "moving", "Moving"
    THINKING = "thinking", "Thinking"
    SLEEPING = "sleeping", "Sleep"
    READING = "reading", "Reading"
    DISCOURAGED = "discouraged", "Not advised"

    @property
    def slot(self) -> Slot | None:
        """The place it competes for; None for what is never counted as a technique."""
        return SLOT_OF_FAMILY.get(self)

    @property
    def is_passive(self) -> bool:
        return self is Family.EASING


SLOT_OF_FAMILY = {
    Family.CALMING: Slot.CALM,
    Family.EASING: Slot.CALM,
    Family.MOVING: Slot.MOVE,
    Family.THINKING: Slot.MIND,
    Family.SLEEPING: Slot.MIND,
}


class Grade(Term):
    """How sure the science is. X means: advise against ranking it for this need."""

    A = "A", "Good evidence"
    A_MINUS = "A-", "Good evidence, with a gap"
    B_PLUS = "B+", "Fair evidence, close to good"
    B = "B", "Some evidence, low certainty"
    B_MINUS = "B-", "Some evidence, with a gap"
    C = "C", "A little evidence, very low certainty"
    D = "D", "Not enough evidence to say"
    X = "X", "Not advised here"


class Action(Term):
    """What a caution does."""

    EXCLUDE = "exclude", "Leave it out"
    WARN = "warn", "Show it with care"


class Level(Term):
    """How soon a danger sign must be seen, most urgent first."""

    NOW = "now", "Call now"
    TODAY = "today", "Be seen today"
    SOON = "soon", "See a doctor within days"
    VISIT = "visit", "Mention at a doctor's visit"


class Verification(Term):
    """What was seen of a source before it was cited here."""

    VERIFIED = "verified", "identifier checked"
    SEEN = "seen", "work seen, identifier not checked"
    MEMORY = "memory", "likely source, not checked"


class Status(Term):
    """Where a text stands on its way to readers."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Change(Term):
    """What made a new version of a row."""

    BEGAN = "began", "As it stood when its history began"
    LOADED = "loaded", "Taken from its file"
    EDITED = "edited", "Edited"
    RESTORED = "restored", "Restored"
    PUT_BACK = "put_back", "The file’s text put back"
    KEPT = "kept", "Kept ours against the file"
    SENT = "sent", "Sent to review"
    SENT_BACK = "sent_back", "Sent back"
    PUBLISHED = "published", "Published"
    APPROVED = "approved", "Approved for a time to come"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CONFIRMED = "confirmed", "Put in force"


class Size(Term):
    """The three sizes of a lesson or a practice, in minutes."""

    ONE = "1", "1 minute"
    FOUR = "4", "4 minutes"
    TWELVE = "12", "12 minutes"


class Topic(Term):
    """What a tip is about, and what a subscriber may ask for."""

    BACK_PAIN = "back-pain", "Back pain"
    ANXIETY = "anxiety", "Anxiety"
    SLEEP = "sleep", "Sleep"
    MOVEMENT = "movement", "Moving"
    FLARES = "flares", "Flares"
    FIBROMYALGIA = "fibromyalgia", "Fibromyalgia"


class Condition(Term):
    """What a person may live with that changes what is safe.

    The first part can be ticked at intake; the last part is set from other answers.
    """

    LUNG = "lung", "Asthma, COPD or another lung disease"
    PREGNANCY = "preg", "Pregnant, or might be"
    HEART = "heart", "Heart disease or heart failure"
    EFFORT_CHEST = "effort_chest", "Steady chest pain on effort, or told not to exercise"
    FAINTING = "fainting", "Fainting"
    BLOOD_PRESSURE = "bp", "High blood pressure that is not controlled"
    STROKE = "stroke", "A past stroke or mini-stroke"
    FRACTURE = "fracture", "A broken bone or injury in the last 12 weeks"
    SURGERY = "surgery", "Surgery on the spine in the last 12 weeks"
    OSTEOPOROSIS = "osteo", "Thin bones (osteoporosis)"
    INFLAMMATORY = "inflammatory", "Inflammatory disease of the spine"
    LEG_NERVE = "leg_nerve", "Nerve pain down a leg that is getting worse"
    NUMBNESS = "numb", "Less feeling in the skin or feet, or nerve damage"
    FALLS = "falls", "Falls or balance problems"
    VERTIGO = "vertigo", "Dizzy spells (vertigo)"
    GLAUCOMA = "glaucoma", "Glaucoma"
    CIRCULATION = "circulation", "Poor blood flow in legs or arms"
    CLOT = "dvt", "A blood clot, now or in the last 3 months"
    BLEEDING = "bleeding", "Bleeding easily"
    ANTICOAGULANT = "anticoag", "Blood thinners, aspirin, SSRIs or steroids"
    RAYNAUD = "raynaud", "Raynaud's, or an allergy to cold"
    SKIN = "skin", "Broken skin or a rash on the back"
    SWELLING = "swelling", "Fresh swelling, or a hot red area"
    CANCER_AREA = "cancer_area", "Cancer in or near the back"
    PATCH = "patch", "A medicine patch or heat rub on the back"
    ULCER = "ulcer", "A past stomach ulcer or bleed"
    KIDNEY = "kidney", "Kidney disease"
    LIVER = "liver", "Severe liver disease"
    ASTHMA = "asthma", "Asthma"
    NSAID_REACTION = "nsaid_reaction", "A bad reaction to aspirin or an anti-inflammatory"
    BOWEL = "ibd", "Crohn's disease or colitis"
    CHICKENPOX = "chickenpox", "Chickenpox"
    OVER_65 = "over_65", "Over 65"
    OPIOIDS = "opioids", "Opioids or muscle relaxants, taken now"
    EPILEPSY = "epilepsy", "Epilepsy"
    BIPOLAR = "bipolar", "Bipolar disorder"
    APNOEA = "apnoea", "Sleep apnoea"
    SAFETY_JOB = "safetyjob", "A driving or safety job"
    RELAX_ANXIOUS = "relax_anx", "Relaxing has made me more anxious before"
    TRAUMA = "trauma", "Trauma or PTSD"
    PSYCHOSIS = "psychosis", "Psychosis, or feeling unreal or cut off"

    PANIC = "panic", "Panic attacks"
    FLARE = "flare", "A flare right now"
    LOW_MOOD = "low_mood", "Very low mood"
    CRISIS = "crisis", "Thoughts of suicide or self-harm"
    STIFF_MORNING = "stiff_morning", "A back that is stiff in the morning and eases as you move, begun before 45"
    URGENT_SIGN = "urgent_sign", "A danger sign that needs care now or today"
    OPEN_SIGN = "open_sign", "A danger sign not yet checked"
    ANYONE = "anyone", "Anyone"


DERIVED_CONDITIONS = frozenset(
    {
        Condition.PANIC,
        Condition.FLARE,
        Condition.LOW_MOOD,
        Condition.CRISIS,
        Condition.STIFF_MORNING,
        Condition.URGENT_SIGN,
        Condition.OPEN_SIGN,
        Condition.ANYONE,
    }
)


class Certainty(Term):
    """How certain a source, or its reviewers, hold its finding to be."""

    HIGH = "high", "high certainty"
    MODERATE = "moderate", "moderate certainty"
    LOW = "low", "low certainty"
    VERY_LOW = "very low", "very low certainty"
    NOT_RATED = "not rated", "certainty not rated"


class Basis(Term):
    """Where a dose or a time to benefit comes from."""

    SOURCE = "source", "from a study or a guideline"
    PRAGMATIC = "pragmatic", "our practical choice"


class Limit(Term):
    """What a caution asks of a practice that is still shown."""

    NO_HOLDS = "no_holds", "No breath holds"
    SEATED = "seated", "Sitting down"
    RELEASE_ONLY = "release_only", "Let go only, no tensing"
    SKIP_AREA = "skip_area", "Skip the sore area"
    EYES_OPEN = "eyes_open", "Eyes open"
    SHORT = "short", "Keep it short"
    RANK_LOW = "rank_low", "Suggest it last"
    GENTLE = "gentle", "Gently"
    NO_HEAD_DOWN = "no_head_down", "No head-down poses"
    NO_DEEP_BENDS = "no_deep_bends", "No deep bends"
    NO_FLAT_BACK = "no_flat_back", "No long lying flat"
    WAKE_TIME_ONLY = "wake_time_only", "Only a regular wake time"
    NOT_ON_BELLY = "not_on_belly", "Never on the belly"
    GUIDED_CARE = "guided_care", "With a therapist"


class SafetyStep(Term):
    """The two tick lists of danger signs, in the order they are asked."""

    NOW = "safety_now", "Signs that need care now or today"
    SOON = "safety_soon", "Signs to have checked"


class Skin(Term):
    """How a player shows a guide."""

    BREATH = "breath", "Paced breath"
    STEPS = "steps", "Timed steps"
    TIMER = "timer", "Quiet timer"
    WALK = "walk", "Walk"
    STORY = "story", "Story"


class Cue(Term):
    """What one step of a guide asks for, so that a player can show, sound and buzz it."""

    IN = "in", "Breathe in"
    OUT = "out", "Breathe out"
    HOLD = "hold", "Hold"
    TENSE = "tense", "Tense"
    RELEASE = "release", "Let go"
    MOVE = "move", "Move"
    REST = "rest", "Rest"
    LOOK = "look", "Look or notice"
    BELL = "bell", "Bell"
    WALK = "walk", "Walk"
    CHECK = "check", "Check in"
