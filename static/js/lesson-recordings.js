// What is recorded of a lesson, by its words: asked for once somebody wants to listen.

const told = async (address) => {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
};

function speaker() {
  try {
    return JSON.parse(localStorage.getItem("practice-settings"))?.speaker;
  } catch {
    return undefined;
  }
}

// In the voice that was chosen for practices, or the first there is.
export async function recordingsOf(language, path) {
  const slug = path.match(/\/lessons\/([\w-]+)\//)?.[1];
  const { voices, default: first } = await told(`/voices/${language}/`);
  const name = voices.find((each) => each.name === speaker())?.name ?? first;
  if (!slug || !name) return {};
  const { lines } = await told(`/voices/${language}/${name}/lesson-${slug}.json`);
  return Object.fromEntries(Object.entries(lines).map(([words, [address]]) => [words, address]));
}
