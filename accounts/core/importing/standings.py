"""What a list says of how somebody stands with its sender: gets letters, left, bounced, complained, never confirmed.

Every program has its own words, and its own way to ask: a word (`status`), a yes or no whose meaning is in the name of
the column (`email_disabled`, `subscribed_to_emails`), or the moment at which somebody left, empty for all others
(`UNSUB_TIME`). They are read in English, Spanish, German, French, Portuguese, Italian and Dutch, without accents.
Whoever does not plainly get letters stays out: a word that nobody here knows is no yes.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum


class Standing(StrEnum):
    GETS = "gets letters"
    LEFT = "left"
    BOUNCED = "letters came back"
    COMPLAINED = "complained"
    WAITING = "never confirmed"
    UNKNOWN = "unknown"


WORDS = {
    Standing.GETS: """active, confirmed, enabled, subscribed, regular, premium, paid, free, comped, gift, gifted,
        trialed, trial, member, opted in, opt in, optin, single, double, imported, activo, activa, suscrito,
        suscrita, confirmado, confirmada, alta, aktiv, angemeldet, abonniert, bestatigt, eingetragen, actif,
        active, abonne, abonnee, inscrit, inscrite, confirme, confirmee, ativo, inscrito, assinante, attivo,
        iscritto, confermato, actief, ingeschreven, aangemeld, bevestigd""",
    Standing.LEFT: """unsubscribed, disabled, removed, inactive, left, blocklisted, blacklisted, blocked, opted out, opt
        out, optout, deleted, cancelled, canceled, archived, suppressed, churned, disallowed, revoked, baja,
        dado de baja, dada de baja, cancelado, cancelada, inactivo, inactiva, abgemeldet, abbestellt,
        ausgetragen, gekundigt, gesperrt, geloscht, inaktiv, desinscrit, desinscrite, desabonne, desabonnee,
        inactif, supprime, descadastrado, inativo, disiscritto, cancellato, annullato, inattivo,
        uitgeschreven, afgemeld, inactief""",
    Standing.BOUNCED: """bounced, cleaned, undeliverable, hard bounced, bounce, hard bounce, invalid, held,
        rebotado, rebote, unzustellbar, rejete, non distribuable, onbestelbaar""",
    Standing.COMPLAINED: "complained, complaint, spam, abuse, spammy, junk, marked as spam, reported spam",
    Standing.WAITING: """pending, unconfirmed, unactivated, waiting, awaiting, nonsubscribed, non subscribed,
        not subscribed, never subscribed, not confirmed, transactional, pendiente, sin confirmar, ausstehend,
        unbestatigt, nicht bestatigt, en attente, non confirme, pendente, nao confirmado, in attesa, non confermato, in
        afwachting, onbevestigd""",
}
BY_WORD = {" ".join(word.split()): standing for standing, words in WORDS.items() for word in words.split(",")}
SAYS_LITTLE = frozenset(
    "regular premium paid free comped gift gifted trialed trial member single double imported".split()
)
"""Words that a column of any other kind may hold as well."""

YES = frozenset("true yes y 1 on x ja j si sim oui wahr vrai verdadero verdadeiro vero waar".split())
NO = frozenset("false no n 0 off nein non nao nee falsch faux falso onwaar".split())
# A column that is true of whoever left.
SAYS_LEFT = re.compile(
    r"disabled|unsub|opt(ed)? ?out|\bleft\b|blocked|blacklist|blocklist|deleted|removed|suppress|bounced|cleaned"
    r"|complain|undeliver|\bcancel|\bbaja\b|abgemeldet|abmeld|abbestell|austrag|desinscri|desabonn|descadastr|disiscri"
    r"|uitgeschreven|uitschrij|afgemeld|afmeld"
)
# The moment at which something ended; whoever has one is gone.
MOMENT = re.compile(r" (at|on|time|date)$|^(fecha|date|data)\b|datum\b")
A_DAY = re.compile(r"\d{1,4}[-/.]\d")
IS_STATUS = re.compile(
    r"((subscription|subscriber|email|newsletter|mailing|marketing|list|contact) )*(status|standing)|statut|stato"
)
"""A column of such a name is about letters, whatever its words."""

BY_NAME = re.compile(
    r"status|state|type|subscriber type|estado|statut|stato|situacao|toestand|zustand|newsletter|abonniert"
    r"|subscribed( to emails)?|angemeldet|suscrito|abonne|inscrit|iscritto"
    r"|(clean|undeliverability)( time| date| at| on)?"
)
NAMES_PART = re.compile(r"\b(opt(ed)? ?in|optin|status|marketing|consent status|subscribed)\b")
OTHER_WAYS = re.compile(r"\b(sms|phone|whatsapp|push|post|postal)\b")


def plain(words: str) -> str:
    """In lower case, without accents, with one space for what else stands between words, and without remarks in
    brackets."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", words) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\s_-]+|\(.*?\)|\[.*?\]", " ", bare.lower().replace("ß", "ss")).split())


def names_standing(heading: str) -> bool:
    """Whether a column of this name may say who had left. The moment at which somebody came does not."""
    name = plain(heading)
    if OTHER_WAYS.search(name):
        return False
    if SAYS_LEFT.search(name) or BY_NAME.fullmatch(name):
        return True
    return bool(NAMES_PART.search(name)) and not MOMENT.search(name)


def is_status(heading: str) -> bool:
    return bool(IS_STATUS.fullmatch(plain(heading)))


def tells_standing(cells: Iterable[str]) -> bool:
    """Whether these can be nothing else than how people stand with a sender, whatever stands above them."""
    words = {plain(cell) for cell in cells if cell}
    return bool(words - SAYS_LITTLE) and words <= set(BY_WORD)


def standing_of(heading: str, cell: str) -> Standing:
    name, word = plain(heading), plain(cell)
    if MOMENT.search(name):
        return _ended(name) if word and word not in NO else Standing.GETS
    if word in BY_WORD:
        return BY_WORD[word]
    if SAYS_LEFT.search(name):
        if word in YES or A_DAY.match(cell.strip()):
            return _ended(name)
        return Standing.GETS if word in NO or not word else Standing.UNKNOWN
    return Standing.GETS if word in YES else Standing.LEFT if word in NO else Standing.UNKNOWN


def _ended(name: str) -> Standing:
    if re.search(r"bounce|clean|undeliver", name):
        return Standing.BOUNCED
    return Standing.COMPLAINED if "complain" in name else Standing.LEFT
