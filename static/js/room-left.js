// How much room a field has (`data-most`), said once three quarters are used, and when more was typed or pasted than
// fits. Nothing is cut: the site refuses too much, with the number.

const SOON = 600; // milliseconds after the last letter, so that a screen reader hears one number and not each
const SAID_FROM = 0.75;

export function watchRoom(form, words) {
  for (const field of form.querySelectorAll("[data-most]")) {
    const line = beside(field);
    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => say(line, field, words), SOON);
    });
    say(line, field, words);
  }
}

function beside(field) {
  const line = document.createElement("p");
  line.className = "hint room-left";
  line.id = `${field.id}_room`;
  line.setAttribute("role", "status");
  field.after(line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  return line;
}

// As the site counts: one for each character, however many a script counts for it, and one for a new line.
function say(line, field, { room, over }) {
  const [most, used] = [Number(field.dataset.most), [...field.value].length];
  const told = used > most ? over : used >= most * SAID_FROM ? room : "";
  line.textContent = told
    .replace("{used}", used)
    .replace("{most}", most)
    .replace("{left}", most - used)
    .replace("{over}", used - most);
  line.classList.toggle("is-over", used > most);
}
