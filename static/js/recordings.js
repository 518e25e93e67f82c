// What is recorded, as a page asks for it once somebody wants to hear something: the voices of a language, and the
// lines of a page by one of them.

// The words as their recording knows them: content/core/voices/names.py does the same.
export const asSpoken = (words) => words.replace(/[ \t\r\n\f\u00a0]+/g, " ").trim();

export async function asked(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(answer.status);
  return answer;
}

const told = async (address) => (await asked(address)).json();

// { voices, default, words }
export const voicesOf = (language) => told(`/voices/${language}/`);

// By the voice that was wished for, or the first there is: its name, where its lines are listed, and those, each with
// its address and seconds. Without a voice there are none.
export async function linesOf({ voices, default: first }, wished, language, what) {
  const name = voices.find((each) => each.name === wished)?.name ?? first;
  const address = name && `/voices/${language}/${name}/${what}.json`;
  return { name, address, ...(address ? await told(address) : { lines: {}, bytes: 0 }) };
}
