/* The sentences of a text as ranges, so that one can be lit without a change to the page. Footnote numbers are left
   out. */
const SPOKEN = "h2, h3, p, li";
const SILENT = "sup, .stop-here";
const SENTENCE = /[\s\S]+?(?:[.!?…]+["'”’»)\]]*[ \t\r\n\f\u00a0]+(?![ \t\r\n\f\u00a0a-zß-öø-ÿ])|$)/g;

export function sentencesIn(root) {
  const blocks = [...root.querySelectorAll(SPOKEN)].filter(
    (block) => !block.closest(".stop-here") && !block.querySelector("p, li"),
  );
  return blocks.flatMap((block) => sentencesOf(block));
}

function sentencesOf(block) {
  const pieces = [];
  let text = "";
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(SILENT)) continue;
    pieces.push({ node, from: text.length });
    text += node.data;
  }
  return cut(text)
    .filter(({ words }) => words.trim())
    .map(({ words, from }) => ({
      words: words.trim(),
      range: rangeOf(pieces, from, from + words.trimEnd().length),
      block,
    }));
}

// The same rule as content/core/voices/sentences.py, which says what has a recording.
function cut(text) {
  return [...text.matchAll(SENTENCE)].map((found) => ({ words: found[0], from: found.index }));
}

function rangeOf(pieces, from, to) {
  const range = document.createRange();
  const holding = (place) => pieces.filter((piece) => piece.from <= place).pop();
  const first = holding(from);
  const last = holding(Math.max(from, to - 1));
  range.setStart(first.node, from - first.from);
  range.setEnd(last.node, Math.min(to - last.from, last.node.length));
  return range;
}
