"""Statements that the server keeps: read and planned once a connection, and asked with other values from then on.

Which connections keep them is told by `prepare_threshold` (`config/machine/database.py`). What a migration changes
under a plan that is kept, a server refuses; so all that a connection keeps is given up then, and made anew.
"""

from typing import Any, Self

from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus

FORGET = "DEALLOCATE ALL"
"""psycopg hears it, and forgets with the server what it kept there. So it does when a transaction is rolled back."""


class PreparedCursor(ServerBindingCursor):
    connection: Any

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        try:
            super().execute(query, params, **options)
        except FeatureNotSupported:
            if self.connection.info.transaction_status is not TransactionStatus.IDLE:
                raise
            self.connection.execute(FORGET)
            super().execute(query, params, **options)
        return self
