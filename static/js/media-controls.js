// The buttons of a headset, a lock screen or a watch. Browsers show them only while something
// plays, so a silent sound runs beside a practice that is followed by ear. It is asked for by a
// press, because it takes the place of other sound on a phone.

// One for all that is played: a phone that was told by a press to let it sound lets it go on.
export const speaker = new Audio();
let shown = [];

// `act` is told when something else has stopped what plays: a call, or headphones that went away.
export function onCut(act) {
  speaker.onpause = () => speaker.paused && !speaker.ended && act();
  navigator.mediaDevices?.addEventListener?.("devicechange", act);
}

export function showControls(title, does) {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title });
  shown = Object.keys(does);
  for (const [action, act] of Object.entries(does)) put(action, act);
}

// Of the practice, and not of the sound that plays beside it.
export function showPlace(duration, position) {
  if (duration > 0) navigator.mediaSession?.setPositionState?.({ duration, position: Math.min(position, duration) });
}

function put(action, act) {
  try {
    navigator.mediaSession.setActionHandler(action, act);
  } catch {
    /* a browser that has no such button */
  }
}

export function playing(isPlaying, source) {
  if ("mediaSession" in navigator) navigator.mediaSession.playbackState = isPlaying ? "playing" : "paused";
  if (!isPlaying) speaker.pause();
  else if (source) playSilence(source);
}

function playSilence(source) {
  if (speaker.getAttribute("src") !== source) speaker.src = source;
  speaker.loop = true;
  speaker.play().catch(() => {
    /* no press yet: the practice goes on without those buttons */
  });
}

// A press after the end would start or end a practice that nobody sees.
export function hideControls() {
  playing(false);
  if (!("mediaSession" in navigator)) return;
  for (const action of shown) put(action, null);
  navigator.mediaSession.metadata = null;
  navigator.mediaSession.playbackState = "none";
}
