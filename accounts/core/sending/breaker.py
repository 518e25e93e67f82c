"""When so many letters are refused that somebody should look before more of them go.

Providers block a sender whose list holds many dead addresses. 1 in 10 is far above what a list of confirmed
addresses shows, and ten refusals are needed, so that a short list is not stopped by two. Chosen, not measured.
"""

FEWEST = 10
MOST_IN_A_ROW = 10
"""However many went well before: one after the other, no ten readers of a confirmed list are refused by chance."""
SHARE = 0.1


def reason_to_stop(*, sent: int, failed: int, problem: str) -> str | None:
    """A sentence for staff, or None to go on. `failed` are those given up, `problem` the most common answer."""
    if failed < FEWEST or failed <= SHARE * (sent + failed):
        return None
    return f"{failed} of {sent + failed} letters were refused, which is more than 1 in 10. Most often: {problem}"


def stopped_in_a_row(refused: int, problem: str) -> str:
    """The sentence when MOST_IN_A_ROW or more were refused one after the other, whatever went before."""
    return f"{refused} letters one after the other were refused. The last: {problem}"
