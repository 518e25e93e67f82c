/* The sentences of a text as ranges, so that one can be lit without a change to the page. Footnote numbers are left
   out. */
const SPOKEN = "h2, h3, p, li";
const SILENT = "sup, .stop-here";

export function sentencesIn(root) {
  const blocks = [...root.querySelectorAll(SPOKEN)].filter(
    (block) => !block.closest(".stop-here") && !block.querySelector("p, li"),
  );
  return blocks.flatMap((block) => sentencesOf(block, root.lang || "en"));
}

function sentencesOf(block, language) {
  const pieces = [];
  let text = "";
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(SILENT)) continue;
    pieces.push({ node, from: text.length });
    text += node.data;
  }
  return cut(text, language)
    .filter(({ words }) => words.trim())
    .map(({ words, from }) => ({
      words: words.trim(),
      range: rangeOf(pieces, from, from + words.trimEnd().length),
      block,
    }));
}

function cut(text, language) {
  if ("Segmenter" in Intl) {
    const parts = new Intl.Segmenter(language, { granularity: "sentence" }).segment(text);
    return [...parts].map(({ segment, index }) => ({ words: segment, from: index }));
  }
  return [...text.matchAll(/[^.!?]+[.!?]*["”’)]*\s*/g)].map((found) => ({ words: found[0], from: found.index }));
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
