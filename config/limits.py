"""How often something may be tried or asked for, as the account library spells it."""

LIMITS = {
    # How often a password may be tried; `accounts/guard/log_in_tries.py` says which counts for whom.
    "login_failed": "10/m/ip",
    "login_failed_known": "10/10m/key",
    "login_failed_stranger": "5/5m/key",
    "login_failed_address": "30/10m/key",
    "login_failed_slow": "1/15s/key",
    # Codes for a new password: three guesses each, and few enough an hour that guessing one is hopeless.
    "reset_password": "20/m/ip",
    "reset_known": "5/h/key",
    "reset_stranger": "5/h/key",
    "reset_address": "30/h/key",
    "reset_slow": "1/2m/key",
    "newsletter": "20/h/ip,3/h/key",
    "mistake": "5/h/ip",
}
