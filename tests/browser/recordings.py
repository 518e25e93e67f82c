"""Recordings for a practice in a browser: real sound, under the addresses that the player asks; what it made of it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from coaching.voices.player_words import player_words
from content.core.voices.manifest import Voice
from content.core.voices.names import key_of
from tests.browser.offline_steps import wait_for
from tests.voices import HEART, write_list

FOLDER = Path(__file__).parent.parent / "fixtures" / "voices"
FILES = "/voices/files/"
SHORT, LONG, BROKEN = "short", "long", "broken"
SECONDS = {SHORT: 0.6, LONG: 6.0, BROKEN: 1.0}
SWITCHED_ON = "localStorage.setItem('practice-settings', JSON.stringify({ voice: true, ...%s }));"
NO_DEVICE_VOICE = "SpeechSynthesis.prototype.getVoices = () => [];"
A_DEVICE_VOICE = """
globalThis.said = [];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "fr-FR" }, { lang: "en-GB", localService: true }],
    addEventListener() {}, removeEventListener() {}, cancel() {},
    speak: ({ text, lang, rate, volume, voice }) => said.push({ text, lang, rate, volume, voice: voice.lang }),
} });
"""
EARS = """
globalThis.tracks = [];
globalThis.drawn = [];
globalThis.tones = 0;
const { createObjectURL } = URL;
URL.createObjectURL = (blob) => {
    tracks.push(blob);
    return createObjectURL.call(URL, blob);
};
const Sound = globalThis.Audio;
globalThis.Audio = function (...told) {
    globalThis.speaker = new Sound(...told);
    return globalThis.speaker;
};
const begin = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { tones += 1; return begin.apply(this, when); };
addEventListener("DOMContentLoaded", () => {
    const cue = document.querySelector("[data-part=cue]");
    const note = () => {
        const { own } = document.querySelector("guide-player").cues;
        if (own?.position !== undefined) drawn.push({ words: cue.textContent, at: own.position });
    };
    if (cue) new MutationObserver(note).observe(cue, { childList: true });
});
"""
HEARD = """async () => {
    const bytes = await tracks.at(-1).arrayBuffer();
    const samples = (await new OfflineAudioContext(1, 1, 24000).decodeAudioData(bytes)).getChannelData(0);
    const heard = [];
    let quietSince = -1e9;
    for (let place = 0; place < samples.length; place += 1) {
        if (Math.abs(samples[place]) < 0.005) continue;
        if (place - quietSince > 1200) heard.push({ from: place / 24000, until: place / 24000, most: 0 });
        const last = heard.at(-1);
        last.until = place / 24000;
        last.most = Math.max(last.most, Math.abs(samples[place]));
        quietSince = place;
    }
    return { heard, seconds: samples.length / 24000 };
}"""
"""Each sound on the newest track, and how long that is. A silence of 50 ms parts two sounds."""


def listen(page: Page, device: str = A_DEVICE_VOICE, **kept: Any) -> None:
    """From now on the pages note what they play, and their voice is on, as somebody has left it on this device."""
    page.add_init_script(device + EARS + SWITCHED_ON % json.dumps(kept))


def record(page: Page, lines: Mapping[str, str], asked: list[str] | None = None) -> None:
    """Two voices with these lines, each by the name of its sound. What is asked for is noted."""
    noted = asked if asked is not None else []

    def answer(route: Route) -> None:
        path = route.request.url.partition("/voices/")[2]
        noted.append(f"/voices/{path}")
        if path.startswith("files/"):
            name = path.removeprefix("files/").partition("-")[0]
            body = b"no sound at all" * 20 if name == BROKEN else (FOLDER / f"{name}.mp3").read_bytes()
            route.fulfill(body=body, content_type="audio/mpeg")
        else:
            route.fulfill(json=the_list() if path.endswith("/") else the_lines(lines))

    page.route("**/voices/**", answer)


def the_list() -> dict[str, Any]:
    names = {"heart": "Heart, made by a machine", "michael": "Michael, made by a machine"}
    voices = [{"name": name, "says": says, "sample": f"{FILES}short-{name}.mp3"} for name, says in names.items()]
    return {"voices": voices, "default": "heart", "words": player_words()}


def the_lines(lines: Mapping[str, str]) -> dict[str, Any]:
    told = {
        words: [f"{FILES}{name}-{place}.mp3", SECONDS[name]] for place, (words, name) in enumerate(lines.items(), 1)
    }
    return {"lines": told, "bytes": 4000 * len(told)}


def heard(page: Page) -> list[dict[str, float]]:
    return page.evaluate(HEARD)["heard"]


def leads(page: Page) -> None:
    """Until our own voice is heard."""
    until(page, "document.querySelector('guide-player').cues.own?.position > 0")


def until(page: Page, is_so: str) -> None:
    wait_for(page, lambda: bool(page.evaluate(is_so)))


def write_recordings(folder: Path, lines: Mapping[str, str], *voices: Voice) -> None:
    """Real files where the site looks for them, for journeys that the worker takes part in."""
    told = {}
    for voice in voices or (HEART,):
        for words, name in lines.items():
            key, body = key_of(words, voice), (FOLDER / f"{name}.mp3").read_bytes()
            (folder / f"{key}.mp3").parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{key}.mp3").write_bytes(body)
            told[key] = {"seconds": SECONDS[name], "bytes": len(body), "loudness": -20.0}
    write_list(folder, [vars(voice) for voice in voices or (HEART,)], told)
