# shellcheck shell=bash
# What the scripts share. Read by bash (3.2 and later, so macOS's own will do); not run by itself.
# It expects to be read in the folder of the repository.

# --help: the words at the head of the script that was called.
case "${1:-}" in
    -h | --help)
        sed -n '2,/^[^#]/s/^# \{0,1\}//p' "script/${0##*/}"
        exit
        ;;
esac

VENV="${VENV:-.venv}"
OLDEST_PYTHON="3.11"

# Stop, with one sentence.
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

say() {
    printf '==> %s\n' "$*"
}

# The value of a variable: from the environment, else from .env, else the default.
setting() {
    local value="${!1:-}"
    if [ -z "$value" ] && [ -f .env ]; then
        value="$(sed -n "s/^\(export \)\{0,1\}$1=//p" .env | tail -n 1 | sed "s/^[\"']//; s/[\"']\$//")"
    fi
    printf '%s' "${value:-${2:-}}"
}

# A number that changes when a file below the named places is changed, added or removed.
# Compiled files are left out, for they come and go.
sum_of() {
    find "$@" -type f ! -name '*.pyc' -exec cksum {} + 2>/dev/null | LC_ALL=C sort | cksum
}

# changed NAME SUM: true unless the step NAME was last done at SUM. done_at NAME SUM: it is done.
changed() {
    [ "$(cat "$STAMPS/$1" 2>/dev/null)" != "$2" ]
}

done_at() {
    mkdir -p "$STAMPS"
    printf '%s\n' "$2" > "$STAMPS/$1"
}

is_new_enough() {
    "$1" -c "import sys; sys.exit(sys.version_info < (${OLDEST_PYTHON/./, }))" 2>/dev/null
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    fail "Python $OLDEST_PYTHON or newer is needed, and $(python3 --version 2>/dev/null || echo 'no Python') was found." \
        "Install it (Debian: apt-get install python3 python3-venv; macOS: brew install python), or name it in PYTHON."
}

# Only a virtual environment that these scripts filled is ever removed: VENV may name any folder by mistake.
refuse_foreign_venv() {
    [ -e "$VENV" ] || return 0
    [ -d "$VENV" ] && [ -z "$(ls -A "$VENV")" ] && return
    [ -f "$VENV/pyvenv.cfg" ] || fail "VENV names $VENV, which is no virtual environment. Nothing in it was touched. Name another folder."
}

clear_old_venv() {
    [ -f "$VENV/pyvenv.cfg" ] || return 0
    [ -f "$VENV/.installed-requirements.txt" ] || [ -f "$VENV/.installed-tests-requirements.txt" ] ||
        fail "The Python of $VENV is older than $OLDEST_PYTHON, and something else made it. Nothing in it was touched. Name another folder in VENV."
    rm -rf "$VENV"
}

make_venv() {
    local python
    refuse_foreign_venv
    is_new_enough "$VENV/bin/python" && return
    clear_old_venv
    python="$(find_python)" || exit 1
    say "Making $VENV with $("$python" --version)"
    if ! "$python" -m venv "$VENV" > "$LOG" 2>&1 || ! "$VENV/bin/python" -m pip --version >> "$LOG" 2>&1; then
        rm -rf "$VENV"
        fail "Python cannot make a virtual environment. On Debian, install its other half: apt-get install python3-venv. ($LOG says more.)"
    fi
}

# install FILE...: what the requirements files name, unless that was done before. Those of the site itself are taken from
# requirements.lock, where each package stands with the hashes of its files: another file under its name is refused.
install() {
    local sum wanted
    wanted="$VENV/.installed-$(printf '%s' "$1" | tr / -)"
    sum="$(cat "$@" requirements.lock | cksum)"
    [ "$(cat "$wanted" 2>/dev/null)" = "$sum" ] && return
    say "Installing what $1 names (the first time takes a minute or two)"
    pip_install --require-hashes -r requirements.lock
    [ "$1" = requirements.txt ] || pip_install -r "$1"
    printf '%s\n' "$sum" > "$wanted"
}

pip_install() {
    "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input "$@" > "$LOG" 2>&1 || explain_install
}

explain_install() {
    if grep -Eiq "gcc|clang|cc' failed|C compiler|Rust compiler|Python\.h" "$LOG"; then
        fail "A package has to be compiled here, and the compiler is missing. On Debian: apt-get install build-essential python3-dev; on macOS: xcode-select --install. ($LOG says more.)"
    fi
    if grep -Eiq "connection|resolution|timed out|unreachable" "$LOG"; then
        fail "The package index cannot be reached. Check the network, then run this again. ($LOG says more.)"
    fi
    fail "A package could not be installed. $LOG says which, and why."
}

# The folder of everything that is made here and can be made again (but for the database and the secrets in it).
make_var() {
    VAR_DIR="$(setting VAR_DIR var)"
    (umask 077 && mkdir -p "$VAR_DIR") 2>/dev/null || fail "The folder $VAR_DIR cannot be made. Name another in VAR_DIR."
    VAR_DIR="$(cd "$VAR_DIR" && pwd)"
    [ -w "$VAR_DIR" ] || fail "The folder $VAR_DIR cannot be written to. Name another in VAR_DIR."
    STAMPS="$VAR_DIR/stamps"
    LOG="$VAR_DIR/setup.log"
    export VAR_DIR
}
