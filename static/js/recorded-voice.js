// The voice that this site brings along, for one player: which lines are recorded, fetched, laid on a track
// (voice-track.js) and played. It is loaded only where a voice is wanted.
//
// A practice is on one track where that holds it; who saves data has short ones, each made shortly before its time.
// Whatever is missing, broken or late is left to the voice of the device, line by line; where that has none, a tone is
// on the track.

import { speaker } from "./media-controls.js";
import { voiceFor } from "./practice-cues.js";
import { asked, asSpoken, linesOf, voicesOf } from "./recordings.js";
import { decoded, partOf, trackOf } from "./voice-track.js";

// Seconds: a practice of twelve minutes whole, in 37 MB.
const LONG = 780;
// While not all of it is here.
const SHORT = 60;
const SAVING = 30;
// Seconds before the end of a track in which the next is made.
const AHEAD = 15;
// Milliseconds for lines that are on their way, all of a long track.
const MOMENT = 1000;
// And those without which it cannot begin.
const PATIENCE = 3000;
// Milliseconds in which a sound that plays stands still.
const STUCK = 5000;
const wait = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));

const isSaving = () => Boolean(navigator.connection?.saveData) || matchMedia("(prefers-reduced-data: reduce)").matches;

const fetched = async (address) => decoded(await (await asked(address)).arrayBuffer());

// What is spoken here: one practice, or Help now.
const nameOf = (path) => path.match(/\/practice\/([\w-]+)\//)?.[1] ?? "help-now";

export async function open(cues, player, settings) {
  const own = new RecordedVoice(player, () => cues.keepKeys());
  own.manner = { pace: Number(settings.left("pace") ?? 1), loudness: Number(settings.left("loudness") ?? 1) };
  await own.open(nameOf(location.pathname), settings.left("speaker"));
  cues.own = own;
  if (cues.isWanted) own.fetchAhead(player.timeline);
}

class RecordedVoice {
  #language;
  #lines = {};
  // A promise of samples, by words.
  #sounds = new Map();
  // Those that came, or null where one is broken.
  #here = new Map();
  // The newest wish; an older one that comes late is dropped.
  #turn = 0;
  #track = null;
  #next = null;
  #isSounding = false;
  // Where it was when it last moved.
  #seen = { at: -1, since: 0 };
  #manner = { pace: 1, loudness: 1 };

  // `player` tells its `second`, and is told to `look` as long as this sounds: the timers of a hidden page hardly run.
  // `onLost` is called when it cannot go on.
  constructor(player, onLost) {
    this.player = player;
    this.onLost = onLost;
    this.#language = player.dataset.language;
    speaker.addEventListener("timeupdate", () => this.#isSounding && player.look());
    speaker.addEventListener("ended", () => this.#isSounding && this.#goOn());
    speaker.addEventListener("error", () => this.#giveUp());
    // A phone may let it go on by itself after a call, while the practice waits.
    speaker.addEventListener("playing", () => this.#isSounding || speaker.loop || speaker.pause());
  }

  now() {
    return this.player.second;
  }

  get manner() {
    return this.#manner;
  }

  // How it is to sound: `pace` 1 is as it was recorded, `loudness` too.
  set manner(manner) {
    this.#manner = manner;
    this.#drop();
  }

  // Nothing is recorded, or it cannot be known: then it has no voices.
  async open(what, name = "") {
    this.what = what;
    this.list ??= await voicesOf(this.#language);
    const { lines, ...told } = await linesOf(this.list, name, this.#language, what);
    Object.assign(this, told); // { name, address, bytes }
    this.#lines = lines;
    this.#sounds.clear();
    this.#here.clear();
    this.#drop();
  }

  get isThere() {
    return Object.keys(this.#lines).length > 0;
  }

  // Whether these words are heard from the track, or a tone for them.
  holds(words) {
    return this.#isSounding && Boolean(this.#track?.words.has(asSpoken(words)));
  }

  get isLeading() {
    return this.#isSounding;
  }

  // The second of the practice that is heard now; undefined where none is.
  get position() {
    if (!this.#isSounding || !this.timeline || !this.#track || speaker.paused || speaker.ended || speaker.seeking)
      return undefined;
    const at = speaker.currentTime;
    if (at !== this.#seen.at) this.#seen = { at, since: performance.now() };
    else if (performance.now() - this.#seen.since > STUCK) this.#giveUp();
    this.#prepareNext();
    return this.#track.from + at;
  }

  // --- What is needed ---

  #fetch(words) {
    const spoken = asSpoken(words);
    const [address] = this.#lines[spoken] ?? [];
    if (address && !this.#sounds.has(spoken)) this.#sounds.set(spoken, this.#bring(spoken, address));
    return this.#sounds.get(spoken);
  }

  async #bring(spoken, address) {
    try {
      this.#here.set(spoken, await fetched(address));
    } catch {
      this.#here.set(spoken, null);
      if (!navigator.onLine) this.#sounds.delete(spoken); // it may come yet
    }
  }

  // All that a practice needs, before Start is pressed.
  fetchAhead(timeline) {
    if (isSaving()) return;
    for (const { words } of partOf(timeline, 0, timeline.total).lines) this.#fetch(words);
  }

  #isHere({ words }) {
    const spoken = asSpoken(words);
    return !this.#lines[spoken] || this.#here.has(spoken);
  }

  // As much as is here in a moment.
  async #lengthFrom(from) {
    if (isSaving()) return SAVING;
    const { lines } = partOf(this.timeline, from, LONG);
    await this.#arrival(lines, MOMENT);
    return lines.every((line) => this.#isHere(line)) ? LONG : SHORT;
  }

  #arrival(lines, patience) {
    return Promise.race([Promise.all(lines.map(({ words }) => this.#fetch(words))), wait(patience)]);
  }

  // --- The track ---

  async #make(from) {
    const { timeline } = this;
    const part = partOf(timeline, from, await this.#lengthFrom(from));
    await this.#arrival(part.lines, PATIENCE);
    const soundOf = (words) => this.#here.get(asSpoken(words));
    const hasDevice = Boolean(voiceFor(this.#language));
    const isToned = (words) => Boolean(words) && !hasDevice;
    const heard = part.lines.map(({ words }) => words).filter((words) => soundOf(words) || isToned(words));
    return this.#url(part, { soundOf, isToned }, heard);
  }

  async #url(part, sounds, heard) {
    const url = URL.createObjectURL(await trackOf(part, { ...sounds, ...this.#manner }));
    return { ...part, url, words: new Set(heard.map(asSpoken)) };
  }

  #use(track) {
    this.#drop();
    this.#track = track;
  }

  #drop() {
    if (this.#track) URL.revokeObjectURL(this.#track.url);
    this.#track = this.#next = null;
  }

  // From the second that `now` tells. True once it is heard, false where the browser wants a press first, undefined
  // where it cannot be or something else came between.
  async lead(timeline) {
    if (!this.isThere) return undefined;
    this.#turn += 1;
    const mine = this.#turn;
    if (!this.#track || timeline !== this.timeline || !this.#isOnTrack()) {
      this.timeline = timeline;
      const track = await this.#make(this.now());
      if (mine !== this.#turn) return undefined;
      this.#use(track);
    }
    return this.#sound(this.now() - this.#track.from);
  }

  #isOnTrack() {
    return this.now() >= this.#track.from && this.now() < this.#track.until;
  }

  async #sound(at) {
    globalThis.speechSynthesis?.cancel();
    this.#isSounding = true;
    this.#seen = { at: -1, since: performance.now() };
    speaker.loop = false;
    speaker.src = this.#track.url;
    speaker.currentTime = Math.max(0, at);
    try {
      await speaker.play();
      return true;
    } catch ({ name }) {
      if (name === "AbortError") return undefined; // paused, or another sound, before it began
      this.#isSounding = false;
      return name === "NotAllowedError" ? false : undefined;
    }
  }

  // The clock jumped, or the timeline is another.
  follow(timeline) {
    if (!this.#isSounding) return;
    if (timeline === this.timeline && this.#track && this.#isOnTrack())
      speaker.currentTime = this.now() - this.#track.from;
    else this.lead(timeline);
  }

  #prepareNext() {
    const { until } = this.#track;
    if (this.#next || until >= this.timeline.total || this.now() < until - AHEAD) return;
    this.#next = this.#make(until);
  }

  // A line begins where a track ends, so the next is heard from its beginning, and the practice waits for it.
  async #goOn() {
    const until = this.#track?.until ?? Infinity;
    if (until >= (this.timeline?.total ?? 0)) return this.stop();
    const mine = this.#turn;
    const track = await (this.#next ?? this.#make(until));
    if (mine !== this.#turn || !this.#isSounding) return;
    this.#use(track);
    await this.#sound(0);
  }

  #giveUp() {
    if (!this.#isSounding) return;
    this.stop();
    this.onLost();
  }

  stop() {
    this.#turn += 1;
    this.#isSounding = false;
  }

  // One line by itself, at once: what must be done now, or what a voice sounds like. False where it is not recorded.
  async say(words, address = this.#lines[asSpoken(words)]?.[0]) {
    if (!address) return false;
    this.stop();
    const sound = await fetched(address).catch(() => null);
    if (!sound) return false;
    this.timeline = null;
    const part = { lines: [{ at: 0, of: sound.length, cue: "", words }], from: 0, until: 0 };
    this.#use(await this.#url(part, { soundOf: () => sound, isToned: () => false }, []));
    return (await this.#sound(0)) === true;
  }
}
