"""What an operator can put right, in one sentence: no traceback, and no secret.

Knows no package but Python's own, as a package that is missing is one of the troubles.
"""

OF_SQLITE = {
    "unable to open database file": "The database cannot be opened. Is VAR_DIR there, and may this user write to it?",
    "attempt to write a readonly database": "The database cannot be written to. May this user write to VAR_DIR?",
    "database or disk is full": "The disk is full: the database takes nothing more.",
    "database is locked": "Something else has been writing to the database for too long. Try again in a minute.",
    "no such table": "The database is not up to date: run manage.py migrate.",
    "disk i/o error": "The disk under the database does not read or write as it should.",
}
OF_POSTGRESQL = {
    "password authentication failed": "PostgreSQL refuses the name or the password in DATABASE_URL.",
    "no password supplied": "PostgreSQL asks for a password, and DATABASE_URL has none.",
    "does not exist": "PostgreSQL answers, and what DATABASE_URL or the site asks for is not there ({first}).",
    "connection refused": "Nothing listens at the address in DATABASE_URL. Is PostgreSQL running?",
    "could not translate host name": "The host in DATABASE_URL is not known.",
    "name or service not known": "The host in DATABASE_URL is not known.",
    "failed to resolve host": "The host in DATABASE_URL is not known.",
    "timeout expired": "The host in DATABASE_URL does not answer.",
    "no route to host": "The host in DATABASE_URL cannot be reached.",
    "read-only transaction": "PostgreSQL takes no writes: it is a copy, or its disk is full.",
    "no space left on device": "The disk of PostgreSQL is full.",
    "permission denied": "The user in DATABASE_URL may not do that: it should own its database.",
}
FROM_THE_DATABASE = {"OperationalError", "InterfaceError", "ProgrammingError", "InternalError"}


def sentence_of(trouble: BaseException) -> str | None:
    """None for what is no operator's to put right: that is a fault of ours, and its traceback is wanted."""
    name = type(trouble).__name__
    if isinstance(trouble, ModuleNotFoundError) and not str(trouble.name).startswith(
        ("config", "accounts", "coaching")
    ):
        return f"The package {trouble.name} is missing. Install what requirements.txt names (script/serve does)."
    if name == "ImproperlyConfigured":
        return " ".join(str(trouble).split())
    if name in FROM_THE_DATABASE:
        return _of_database(str(trouble))
    return None


def _of_database(said: str) -> str | None:
    for words, sentence in (OF_SQLITE | OF_POSTGRESQL).items():
        if words in said.lower():
            return sentence.format(first=said.strip().splitlines()[0])
    return None
