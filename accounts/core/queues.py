"""The queues of the workers, and what stands last in them.

Mail that a person waits for, a code or a link, has a queue of its own. It is a backend and not a name within the usual
queue: while a release is put in, workers of the one before ask for no backend but their own, and would fail on a name
that they do not know.
"""

USUAL, MAIL = "default", "mail"

AFTER_ALL_OTHERS = -10
"""The priority of a task that goes over many rows."""
