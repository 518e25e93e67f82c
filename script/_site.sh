# shellcheck shell=bash
# What a running site needs, whichever script runs it. Read after _common.sh.

# --- What is made once -------------------------------------------------------------------

make_secrets() {
    [ -s "$VAR_DIR/secrets.env" ] && return
    (umask 077 && "$VENV/bin/python" - > "$VAR_DIR/secrets.env" <<'PYTHON'
from base64 import b64encode
from secrets import token_bytes, token_urlsafe

print("# Made on the first run. Whoever loses FIELD_KEYS loses the words that people typed.")
print(f"SECRET_KEY={token_urlsafe(48)}")
print(f"FIELD_KEYS=first:{b64encode(token_bytes(32)).decode()}")
PYTHON
    )
}

# The environment and .env come first; what neither sets comes from the file above.
use_secrets() {
    local name
    for name in SECRET_KEY FIELD_KEYS; do
        [ -n "$(setting "$name")" ] || export "$name=$(sed -n "s/^$name=//p" "$VAR_DIR/secrets.env")"
    done
}

manage() {
    "$VENV/bin/python" manage.py "$@"
}

# step WORDS COMMAND...: a setup command whose output matters only when it fails.
step() {
    local words="$1"
    shift
    say "$words"
    manage "$@" > "$LOG" 2>&1 || fail "$words: failed with \"$(tail -n 1 "$LOG")\". $LOG says more."
}

prepare_database() {
    local sum
    if [ -z "$(setting DATABASE_URL)" ]; then
        [ -f "$VAR_DIR/unloop.sqlite3" ] || rm -f "$STAMPS/database" "$STAMPS/library" "$STAMPS/letters" "$STAMPS/staff"
    else
        # It may have been emptied or swapped since, and only asking it tells.
        rm -f "$STAMPS/database" "$STAMPS/library" "$STAMPS/letters"
    fi
    sum="$(sum_of requirements.txt requirements.lock accounts/migrations coaching/migrations content/migrations)"
    if changed database "$sum"; then
        step "Preparing the database" migrate --no-input
        step "Preparing the cache" createcachetable
        done_at database "$sum"
    fi
}

load_library() {
    local sum
    sum="$(sum_of content)"
    if changed library "$sum"; then
        step "Loading the lessons and techniques" load_library
        done_at library "$sum"
    fi
    sum="$(sum_of accounts/library accounts/core accounts/letters)"
    if changed letters "$sum"; then
        step "Loading the letters of the series" load_letters
        done_at letters "$sum"
    fi
}

collect_static() {
    local sum
    sum="$(sum_of requirements.txt requirements.lock config/machine/static.py static)"
    if [ ! -f "$VAR_DIR/static/staticfiles.json" ] || changed static "$sum"; then
        step "Collecting the static files" collectstatic --no-input
        done_at static "$sum"
    fi
}

make_staff() {
    [ -f "$STAMPS/staff" ] && return
    manage make_staff || fail "The staff account could not be made."
    done_at staff made
}

# --- What runs ---------------------------------------------------------------------------

check_port() {
    case "$PORT" in
        '' | *[!0-9]*) fail "PORT must be a number, and is \"$PORT\"." ;;
    esac
    "$VENV/bin/python" - "$HOST" "$PORT" 2>/dev/null <<'PYTHON' || fail "Port $PORT on $HOST cannot be had: something else uses it, or it is not allowed. Choose another: PORT=8001 script/serve"
import socket, sys

host, port = sys.argv[1], int(sys.argv[2])
with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind((host, port))
PYTHON
}

is_running() {
    kill -0 -- "$1" 2>/dev/null
}

# Both are asked to stop, and given ten seconds to finish what they are at.
stop_all() {
    local status=$? patience=100
    trap '' INT TERM
    trap - EXIT
    kill -TERM -- $children 2>/dev/null || true
    for child in $children; do
        while is_running "$child" && [ "$patience" -gt 0 ]; do
            patience=$((patience - 1))
            sleep 0.1
        done
    done
    kill -KILL -- $children 2>/dev/null || true
    wait 2>/dev/null || true
    exit "$status"
}

# Whatever ends this script ends what it started: their numbers stand in `children`.
stop_all_at_end() {
    children=""
    trap stop_all EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

tell_letters() {
    [ -n "$(setting EMAIL_URL)" ] ||
        printf '    Letters      %s/outbox/    (no mail server is set, so they stay here)\n' "$SITE_URL"
}
