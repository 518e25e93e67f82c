// Tells the site the zone of this device, so that "today" is the person's own. The site keeps it only when they say so.

const YEAR = 365 * 24 * 3600; // seconds
const isSafe = location.protocol === "https:";
const told = `${isSafe ? "__Host-" : ""}zone=${new Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""}`;

if (!document.cookie.split("; ").includes(told)) {
  const secure = isSafe ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is younger than our floor.
  document.cookie = `${told}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}
