from accounts.models.consent import Consent, ConsentKind
from accounts.models.outgoing_mail import MailStatus, OutgoingMail
from accounts.models.periodic import PeriodicRun
from accounts.models.profile import MinutesADay, Profile, Reminder
from accounts.models.subscriber import Pace, Subscriber, SubscriberStatus
from accounts.models.suppression import Suppression, SuppressionReason
from accounts.models.user import User

__all__ = [
    "Consent",
    "ConsentKind",
    "MailStatus",
    "MinutesADay",
    "OutgoingMail",
    "Pace",
    "PeriodicRun",
    "Profile",
    "Reminder",
    "Subscriber",
    "SubscriberStatus",
    "Suppression",
    "SuppressionReason",
    "User",
]
