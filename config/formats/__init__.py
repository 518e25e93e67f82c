"""How dates are written on every page: the day first, the month in letters, so that no reader can swap the two."""
