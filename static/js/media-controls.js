// The buttons of a headset, a lock screen or a watch. Browsers show them only while something
// plays, so a silent sound runs beside a practice that is followed by ear. It is asked for by a
// press, because it takes the place of other sound on a phone.

let silence = null;
let shown = [];

export function showControls(title, does) {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title });
  shown = Object.keys(does);
  for (const [action, act] of Object.entries(does)) put(action, act);
}

function put(action, act) {
  try {
    navigator.mediaSession.setActionHandler(action, act);
  } catch {
    /* a browser that has no such button */
  }
}

export function playing(isPlaying, source) {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.playbackState = isPlaying ? "playing" : "paused";
  if (isPlaying && source) {
    silence ??= Object.assign(new Audio(source), { loop: true });
    silence.play().catch(() => {
      /* no press yet: the practice goes on without those buttons */
    });
  } else {
    silence?.pause();
  }
}

// A press after the end would start or end a practice that nobody sees.
export function hideControls() {
  playing(false);
  if (!("mediaSession" in navigator)) return;
  for (const action of shown) put(action, null);
  navigator.mediaSession.metadata = null;
  navigator.mediaSession.playbackState = "none";
}
