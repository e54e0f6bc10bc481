/** Shows which part of a title a query matched. */

/**
 * `title` as nodes, with what `query` matched in it marked.
 * @param {string} title
 * @param {string} query
 * @param {import("./folding.js").Folding} folding
 * @returns {{nodes: Node[], isMarked: boolean}}
 */
export function marked(title, query, folding) {
  const characters = [...title];
  // The folded title, and where in the title each of its characters came from.
  let form = "";
  /** @type {number[]} */
  const origins = [];
  characters.forEach((character, n) => {
    for (const one of folding.text(character)) {
      form += one;
      for (let unit = 0; unit < one.length; unit++) origins.push(n);
    }
  });
  const wanted = [folding.text(query).replaceAll(" ", ""), ...folding.words(query)];
  const isHit = new Set();
  for (const part of wanted) {
    for (let at = part ? form.indexOf(part) : -1; at >= 0; at = form.indexOf(part, at + part.length)) {
      for (let n = at; n < at + part.length; n++) isHit.add(origins[n]);
    }
    if (isHit.size && part === wanted[0]) break;
  }
  const nodes = [];
  for (let n = 0; n < characters.length; ) {
    const start = n;
    const hit = isHit.has(n);
    while (n < characters.length && isHit.has(n) === hit) n++;
    const text = characters.slice(start, n).join("");
    if (hit) {
      const mark = document.createElement("mark");
      mark.textContent = text;
      nodes.push(mark);
    } else {
      nodes.push(document.createTextNode(text));
    }
  }
  return { nodes, isMarked: isHit.size > 0 };
}
