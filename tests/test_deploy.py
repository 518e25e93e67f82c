"""docs/deploy.md, followed by a script: from a bare Debian to the site on https, with PostgreSQL."""

import json
import re
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.deploying import PAGE, a_fresh_debian, blocks, copy_code, to_run, wait_for, why_not
from tests.processes import ROOT

ORDER = ["packages", "user", "python", "compile", "database", "settings", "command", "site", "units", "proxy"]
ORDER += ["backup", "restore"]
ASK = ["curl", "-sk", "--max-time", "5", "--resolve", "unloop.example:443:127.0.0.1"]


def test_each_block_is_run_or_says_why_not() -> None:
    heads = [head for head, _ in blocks()]
    assert [head for head in heads if not head.startswith(("run: ", "not run: "))] == []
    assert list(to_run()) == ORDER


def test_each_program_that_a_step_needs_is_installed_before_it() -> None:
    """Where a block is not run, a bare machine would not tell."""
    page = PAGE.read_text(encoding="utf-8")
    installed = re.findall(r"apt-get install -y (?:--no-install-recommends )?(.*)", page)
    for program, package in (("git clone", "git"), ("certbot certonly", "certbot")):
        before = [words for words in installed if page.index(words) < page.index(program)]
        assert package in " ".join(before).split(), program


def test_the_units_name_what_the_page_made() -> None:
    for unit in (ROOT / "deploy").glob("*.service"):
        told = unit.read_text(encoding="utf-8")
        for words in ("User=unloop", "WorkingDirectory=/srv/unloop/app", "EnvironmentFile=/etc/unloop/site.env"):
            assert words in told, unit.name
        assert "NoNewPrivileges=yes" in told


def servers() -> list[str]:
    return (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").split("\nserver {")[1:]


def test_no_log_of_the_proxy_holds_an_address() -> None:
    """Links are signed, and who has one may use it. A redirect from plain http is asked for by the same address."""
    assert len(servers()) == 2
    for server in servers():
        assert re.findall(r"(?m)^    (\w+_log) (.*);$", server) == [
            ("access_log", "off"),
            ("error_log", "/dev/null emerg"),
        ]
        assert server.count("_log ") == 2


def test_the_name_is_proved_where_the_proxy_serves_it_at_first_and_later() -> None:
    """Something listens on port 80 from the first step on, so certbot can have no server of its own there."""
    (certbot,) = re.findall(r"certbot certonly (.*)", PAGE.read_text(encoding="utf-8"))
    (place,) = re.findall(r"--webroot -w (\S+)", certbot)
    assert "--standalone" not in certbot
    assert '--deploy-hook "systemctl reload nginx"' in certbot
    assert re.findall(r"acme-challenge/ \{\s+root (\S+);", servers()[0]) == [place] == ["/var/www/html"]


def test_the_proxy_speaks_no_old_tls() -> None:
    assert re.findall(r"ssl_protocols (.*);", servers()[1]) == ["TLSv1.2 TLSv1.3"]


def test_the_image_holds_no_tests_no_history_and_no_secrets() -> None:
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert {"tests", ".git", ".env", "var", ".venv"} <= set(ignored)


def test_the_code_is_compiled_by_whoever_may_write_beside_it() -> None:
    """The services may not, and compiled each module at each start."""
    page, image = PAGE.read_text(encoding="utf-8"), (ROOT / "Containerfile").read_text(encoding="utf-8")
    compiled = re.findall(r"python -m compileall -q (.+)", page + image)
    assert compiled == [" ".join(sorted({"accounts", "coaching", "config", "content"}))] * 3


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_a_bare_debian_becomes_the_site(pytestconfig: pytest.Config) -> None:
    if pytestconfig.option.pg:
        pytest.skip("it brings a PostgreSQL of its own")
    if reason := why_not():
        pytest.skip(f"docs/deploy.md was not followed: {reason}")
    root = Path(mkdtemp(prefix="unloop-debian-"))
    root.chmod(0o755)
    commands = to_run()
    with a_fresh_debian(root) as debian:
        for name in ("packages", "user"):
            debian.run(commands[name])
        copy_code(root / "srv/unloop/app")
        for name in ("python", "compile", "database", "settings", "command", "site", "units"):
            debian.run(commands[name])
        assert (root / "etc/unloop/site.env").stat().st_mode & 0o007 == 0
        debian.run(
            "install -d -m 700 /etc/unloop/tls; openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x"
            " -keyout /etc/unloop/tls/privkey.pem -out /etc/unloop/tls/fullchain.pem 2> /dev/null"
        )
        debian.run(commands["proxy"])
        debian.start_proxy()
        debian.start("unloop-web.service")
        debian.start("unloop-worker.service")
        wait_for([*ASK, "https://unloop.example/"], "Unloop", seconds=90)
        ready = json.loads(wait_for([*ASK, "https://unloop.example/readyz"], '"worker": "ok"', seconds=60))
        assert {ready[name] for name in ("database", "migrations", "writes", "worker")} == {"ok"}
        assert "Breath" in wait_for([*ASK, "https://unloop.example/lessons/breathing/"], "</html>")
        debian.run(commands["backup"])
        debian.stop()
        debian.run(commands["restore"])
