from accounts.models.alert import Alert
from accounts.models.asked_address import AskedAddress
from accounts.models.consent import Consent, ConsentKind
from accounts.models.delivery import OPEN_STATES, Delivery, DeliveryState
from accounts.models.edition import Edition, EditionKind, EditionStatus
from accounts.models.leaving import Leaving
from accounts.models.open_session import OpenSession
from accounts.models.outgoing_mail import MailStatus, OutgoingMail
from accounts.models.periodic import PeriodicRun
from accounts.models.profile import MinutesADay, Profile
from accounts.models.reminder_wish import ReminderWish
from accounts.models.sending_gate import MAIL_SERVER, RETURNED_MAIL, SendingGate
from accounts.models.series import Occasion, Series, SeriesLetter
from accounts.models.soft_bounce import SoftBounce
from accounts.models.staff_act import CannotBeChanged, StaffAct
from accounts.models.subscriber import ConsentWay, Pace, Subscriber, SubscriberStatus
from accounts.models.subscriber_import import ImportChunk, ImportRow, ImportState, SubscriberImport
from accounts.models.subscription_event import EventKind, SubscriptionEvent
from accounts.models.suppression import Suppression, SuppressionReason
from accounts.models.tombstone import Tombstone
from accounts.models.typed_address import TypedAddress
from accounts.models.user import User

__all__ = [
    "MAIL_SERVER",
    "OPEN_STATES",
    "RETURNED_MAIL",
    "Alert",
    "AskedAddress",
    "CannotBeChanged",
    "Consent",
    "ConsentKind",
    "ConsentWay",
    "Delivery",
    "DeliveryState",
    "Edition",
    "EditionKind",
    "EditionStatus",
    "EventKind",
    "ImportChunk",
    "ImportRow",
    "ImportState",
    "Leaving",
    "MailStatus",
    "MinutesADay",
    "Occasion",
    "OpenSession",
    "OutgoingMail",
    "Pace",
    "PeriodicRun",
    "Profile",
    "ReminderWish",
    "SendingGate",
    "Series",
    "SeriesLetter",
    "SoftBounce",
    "StaffAct",
    "Subscriber",
    "SubscriberImport",
    "SubscriberStatus",
    "SubscriptionEvent",
    "Suppression",
    "SuppressionReason",
    "Tombstone",
    "TypedAddress",
    "User",
]
