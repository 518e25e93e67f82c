"""A few claimed letters, sent one by one over one connection.

What goes wrong decides what waits: a refused letter waits or ends by itself; when the mail server is away, all letters
wait at its gate and none of them loses a try; when too many are refused, the edition is paused with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.db.models import Count

from accounts.core.sending.backoff import pause_after, tries_in_doubt
from accounts.core.sending.breaker import MOST_IN_A_ROW, SHARE, reason_to_stop, stopped_in_a_row
from accounts.core.sending.hours import beginning_of, day_there, may_come_at, zone_of
from accounts.core.sending.smtp_replies import Judgement, Verdict
from accounts.letters import editions
from accounts.letters.copies import Copies, Letter, letter_of
from accounts.mail.sender import NotSent, Sender
from accounts.models import (
    Delivery,
    DeliveryState,
    Edition,
    EditionStatus,
    Subscriber,
    Suppression,
    SuppressionReason,
)
from accounts.models.letter_hours import hours_of_site
from accounts.newsletter.subscriptions import mark_bounced
from accounts.sending import gates, ledger
from accounts.sending.ledger import Claimed, Gone

# So many letters put off in a row: the server means all of them.
MOST_PUT_OFF = 10
LETTER_KEPT = timedelta(minutes=1)
JUST_CONFIRMED = timedelta(hours=1)
"""Whoever pressed the button this long ago at most is awake: the letter that greets them comes at any hour."""
BREAK_LOOKED_AT = timedelta(days=1)
NO_MORE = "They had stopped or paused their letters by then."
SUPPRESSED = "The address is on the list of those that must not be written to."
UNFIT = "The address holds what no header may hold."
ENDS_AS = {Verdict.REFUSED: DeliveryState.FAILED, Verdict.NO_MAILBOX: DeliveryState.BOUNCED}


@dataclass(kw_only=True)
class Shift:
    """One worker at its work: its name, its clock, whether to go on, and its open connection."""

    worker: str
    clock: Callable[[], datetime]
    goes_on: Callable[[], bool]
    sender: Sender
    letters: dict[tuple[int, datetime], tuple[Letter, datetime]] = field(default_factory=dict)
    gone: list[Gone] = field(default_factory=list)
    put_off: int = 0
    refused: int = 0
    has_sent: bool = False


def send_all(shift: Shift, edition: Edition, rows: list[Claimed]) -> None:
    rows = _with_turns(shift, _allowed(shift, rows, at=shift.clock()), at=shift.clock())
    with ledger.letter_cursor() as cursor:
        try:
            _send_in_turn(shift, cursor, edition, rows)
        finally:
            ledger.say_what_went(shift.gone, cursor)


def _send_in_turn(shift: Shift, cursor: CursorWrapper, edition: Edition, rows: list[Claimed]) -> None:
    """A letter is begun in the first half of the lease only, so that it is over long before another may claim it."""
    at, ended = shift.clock(), 0
    latest = at + timedelta(seconds=settings.MAIL_LEASE_SECONDS / 2)
    copies = Copies(_letter(shift, edition, at=at), rows[1:], shift.clock)
    for index, row in enumerate(rows):
        at = shift.clock()
        if shift.put_off >= MOST_PUT_OFF or at > latest or not shift.goes_on():
            ledger.release(rows[index:], shift.worker)
            break
        if _waits_for_its_hours(shift, edition, row, at=at):
            continue
        if _send(shift, cursor, copies, row, at=at):
            ended += 1
            _pause_if_so_many_in_a_row(shift, edition, row)
            # A worker that saw few refusals itself need not count all.
            if ended > index * SHARE / 2:
                _pause_if_too_many_fail(edition)


def _waits_for_its_hours(shift: Shift, edition: Edition, row: Claimed, *, at: datetime) -> bool:
    """Most were put in for the right hour; this finds those that a pause, a rate or a slow server moved out of it."""
    is_from_list = row.series_from is not None
    has_just_come = edition.is_series_letter and not is_from_list and at - row.confirmed_at < JUST_CONFIRMED
    opens_at = at if edition.any_hour or has_just_come else may_come_at(at, row.time_zone, hours_of_site())
    if opens_at > at:
        ledger.await_hours(row, shift.worker, opens_at=opens_at)
    return opens_at > at


def _allowed(shift: Shift, rows: list[Claimed], *, at: datetime) -> list[Claimed]:
    suppressed = Suppression.objects.among(row.email for row in rows)
    refused = [row for row in rows if row.email in suppressed]
    if refused:
        ledger.close(refused, shift.worker, DeliveryState.SKIPPED, problem=SUPPRESSED, at=at)
    return [row for row in rows if row.email not in suppressed]


def _with_turns(shift: Shift, rows: list[Claimed], *, at: datetime) -> list[Claimed]:
    """Those whose mail domain may be written to now; the others wait behind all who wait for that domain."""
    if not settings.MAIL_DOMAIN_RATE_PER_MINUTE:
        return rows
    asking: dict[str, list[Claimed]] = {}
    for row in rows:
        asking.setdefault(gates.of_domain(row.email), []).append(row)
    later: set[int] = set()
    for domain, those in asking.items():
        now, times = gates.turns_of(domain, len(those), per_minute=settings.MAIL_DOMAIN_RATE_PER_MINUTE, at=at)
        for row, about in zip(those[now:], times, strict=True):
            ledger.await_turn(row, shift.worker, about=about)
            later.add(row.pk)
    return [row for row in rows if row.pk not in later]


def _letter(shift: Shift, edition: Edition, *, at: datetime) -> Letter:
    key = (edition.pk, edition.changed_at)
    if key not in shift.letters or at - shift.letters[key][1] > LETTER_KEPT:
        shift.letters = {key: (letter_of(edition), at)}
    return shift.letters[key][0]


def _send(shift: Shift, cursor: CursorWrapper, copies: Copies, row: Claimed, *, at: datetime) -> bool:
    """True when the letter ended without having been sent.

    That the letter before it has gone is written down while the server reads whom this one is for, and before a word of
    this one leaves: a worker that is killed has one letter at most that went and is not marked.
    """
    try:
        parcel = copies.of(row)
        if shift.gone:
            shift.sender.begin(parcel)
        if not ledger.is_still_wanted(cursor, row, shift.worker, at=at, gone=shift.gone):
            shift.sender.forget_begun()
            _set_aside(shift, row, at=at)
            return False
        shift.sender.send(parcel, meanwhile=copies.make_next)
    except NotSent as refusal:
        if refusal.judgement.verdict == Verdict.UNKNOWN:
            ledger.note_doubt(row, shift.worker, parcel.message_id)
        return _answer(shift, row, refusal.judgement, at=shift.clock())
    except ValueError:
        ledger.close([row], shift.worker, DeliveryState.FAILED, problem=UNFIT, at=at)
        return True
    _note_sent(shift, row, parcel.message_id)
    return False


def _note_sent(shift: Shift, row: Claimed, message_id: str) -> None:
    shift.gone.append(Gone(pk=row.pk, message_id=message_id, at=shift.clock()))
    shift.put_off = shift.refused = 0
    if not shift.has_sent:
        gates.mail_server_works()
        shift.has_sent = True


def _set_aside(shift: Shift, row: Claimed, *, at: datetime) -> None:
    """A paused edition's letters wait, and a series waits for whoever has a break; what the person, or staff, stopped
    does not."""
    edition = Edition.objects.only("status", "kind").get(pk=row.edition_id)
    # By the person: whoever has moved meanwhile gets it at the new address, with the next claim.
    person = Subscriber.objects.active().filter(pk=row.subscriber_id).first()
    if edition.status == EditionStatus.CANCELLED:
        ledger.close([row], shift.worker, DeliveryState.SKIPPED, problem=editions.WAS_CANCELLED, at=at)
    elif person is None:
        ledger.close([row], shift.worker, DeliveryState.SKIPPED, problem=NO_MORE, at=at)
    elif rests_until := _break_of(person, at=at):
        _set_aside_for_a_break(shift, edition, row, rests_until, at=at)
    else:
        ledger.release([row], shift.worker)


def _set_aside_for_a_break(shift: Shift, edition: Edition, row: Claimed, until: datetime, *, at: datetime) -> None:
    """A letter of a series comes once in a lifetime. Its turn is looked at each day: a break may be ended early."""
    if edition.is_series_letter:
        ledger.await_hours(row, shift.worker, opens_at=min(until, at + BREAK_LOOKED_AT))
    else:
        ledger.close([row], shift.worker, DeliveryState.SKIPPED, problem=NO_MORE, at=at)


def _break_of(person: Subscriber, *, at: datetime) -> datetime | None:
    """When it ends, if they have one."""
    hours = hours_of_site()
    if not person.paused_until or person.paused_until <= day_there(at, person.time_zone, hours):
        return None
    return beginning_of(person.paused_until, zone_of(person.time_zone, hours))


def _answer(shift: Shift, row: Claimed, judgement: Judgement, *, at: datetime) -> bool:
    if judgement.is_final:
        shift.refused += 1
        ledger.close([row], shift.worker, ENDS_AS[judgement.verdict], problem=judgement.problem, at=at)
        if judgement.verdict == Verdict.NO_MAILBOX:
            _mark_bounced(row, at=at)
        return True
    if judgement.verdict == Verdict.SERVER:
        shift.put_off = MOST_PUT_OFF
        gates.close_mail_server(judgement.problem, at=at)
        ledger.release([row], shift.worker)
        return False
    tries = tries_in_doubt(row.tries) if judgement.verdict == Verdict.UNKNOWN else row.tries + 1
    return _put_off(shift, row, tries, judgement.problem, at=at)


def _put_off(shift: Shift, row: Claimed, tries: int, problem: str, *, at: datetime) -> bool:
    pause = pause_after(tries)
    if pause is None:
        ledger.close([row], shift.worker, DeliveryState.FAILED, problem=problem, at=at)
        return True
    ledger.put_back(row, shift.worker, problem=problem, next_try_at=at + pause, tries=tries)
    shift.put_off += 1
    if shift.put_off == MOST_PUT_OFF:
        gates.close_mail_server(problem, at=at)
    return False


def _mark_bounced(row: Claimed, *, at: datetime) -> None:
    """Reminders, too, ask whether a mailbox sends mail back."""
    Suppression.objects.add_address(row.email, SuppressionReason.BOUNCED)
    for subscriber in Subscriber.objects.filter(pk=row.subscriber_id, email=row.email):
        mark_bounced(subscriber, at=at)


def _pause_if_so_many_in_a_row(shift: Shift, edition: Edition, row: Claimed) -> None:
    if shift.refused < MOST_IN_A_ROW:
        return
    problem = Delivery.objects.values_list("problem", flat=True).get(pk=row.pk)
    editions.pause(edition, stopped_in_a_row(shift.refused, problem))
    shift.refused = 0


def _pause_if_too_many_fail(edition: Edition) -> None:
    """Counted since the edition last began or was resumed; what went well, only as far as it matters."""
    ended = Delivery.objects.filter(edition=edition, closed_at__gte=edition.resumed_at).order_by()
    refused = ended.filter(state__in=[DeliveryState.FAILED, DeliveryState.BOUNCED])
    failed = refused.count()
    sent = ended.filter(state=DeliveryState.SENT)[: int(failed / SHARE) + 1].count()
    often = refused.values_list("problem").annotate(how_many=Count("pk")).order_by("-how_many").first()
    reason = reason_to_stop(sent=sent, failed=failed, problem=often[0] if often else "")
    if reason:
        editions.pause(edition, reason)
