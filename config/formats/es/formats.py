"""Spanish: '22 de noviembre de 2026'. Numbers as the Ortografía of the Academies advises: a point before decimals, and
no mark in numbers of four digits, so that no number means another in another country.
"""

DATE_FORMAT = r"j \d\e F \d\e Y"
SHORT_DATE_FORMAT = "j b Y"
MONTH_DAY_FORMAT = r"j \d\e F"
YEAR_MONTH_FORMAT = r"F \d\e Y"
TIME_FORMAT = "H:i"
SHORT_DATETIME_FORMAT = "j b Y, H:i"
DECIMAL_SEPARATOR = "."
