// Looks at the page as it stands at this size and says what is wrong, one sentence each.
// `target`: the smallest side of a thing to touch in CSS pixels, 0 where hands do not touch.
({ target }) => {
  const ACTIONS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  const BOXES = ".button, .chip, .pill, .tag, .card, .figure, .notice, td, th, button, summary, [class*=door]";
  const WHOLE = "[class*=pay], [class*=when], [class*=title__name], [class*=tab]";
  const wide = document.documentElement.clientWidth;
  const high = document.documentElement.clientHeight;
  const said = new Set();
  const modal = document.querySelector("dialog:modal");

  const named = (e) => {
    const words = (e.innerText || e.getAttribute("aria-label") || e.getAttribute("name") || "").trim();
    const kind = typeof e.className === "string" ? e.className.split(" ").filter(Boolean).join(".") : "";
    return `<${e.localName}${kind && "." + kind}> “${words.slice(0, 30).replace(/\s+/g, " ")}”`;
  };
  const seen = (e) =>
    e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && !e.closest(".visually-hidden, .skip, .ym-map__canvas");
  const parents = function* (e) {
    for (let p = e; p && p !== document.documentElement; p = p.parentElement) if (p !== document.body) yield p;
  };
  const flows = (p, axis) => /auto|scroll/.test(getComputedStyle(p)[`overflow${axis}`]);
  const cuts = (p, axis) => /hidden|clip/.test(getComputedStyle(p)[`overflow${axis}`]);

  // 1. Nothing sticks out sideways.
  for (const e of document.querySelectorAll("body *")) {
    const box = e.getBoundingClientRect();
    if (!box.width || !seen(e) || (box.right <= wide + 1 && box.left >= -1)) continue;
    if ([...parents(e.parentElement)].some((p) => flows(p, "X") || cuts(p, "X"))) continue;
    if (getComputedStyle(e).position !== "fixed") said.add(`sticks out sideways: ${named(e)}`);
  }
  if (document.documentElement.scrollWidth > wide + 1) said.add("the page scrolls sideways");

  // 2. No letter is cut by its box, or runs out of it.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const e = text.parentElement;
    if (!text.data.trim() || /^(script|style|option|noscript|template)$/.test(e.localName) || !seen(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const size = parseFloat(getComputedStyle(e).fontSize);
    const rows = [...range.getClientRects()].filter((line) => line.width);
    if (rows.length > 2 && rows.every((line) => line.width < 1.6 * size)) said.add(`a letter a line: ${named(e)}`);
    for (const line of range.getClientRects()) {
      if (!line.width) continue;
      // The rectangle of a line is higher than its letters: take the em box in its middle.
      const slack = Math.max(0, (line.height - size) / 2);
      const ink = { left: line.left, right: line.right, top: line.top + slack, bottom: line.bottom - slack };
      const clip = cutBy(e, ink);
      if (clip) said.add(`text is cut: ${named(e)} by ${named(clip)}`);
      if (!floats(e) && [...parents(e)].every((p) => !((cuts(p, "Y") || flows(p, "Y") || flows(p, "X")) && outside(ink, p)))) lines.push([e, ink]);
      const box = e.closest(BOXES)?.getBoundingClientRect();
      const hidden = [...parents(e)].some((p) => flows(p, "X") || cuts(p, "X"));
      if (box && !hidden && (ink.right > box.right + 1 || ink.left < box.left - 1)) said.add(`text runs out of its box: ${named(e)}`);
    }
  }
  function cutBy(e, ink) {
    let across = true, down = true;
    for (const p of parents(e)) {
      const style = getComputedStyle(p), box = p.getBoundingClientRect();
      // Said openly: the rest is a touch away. What one decides by is never cut.
      if (style.textOverflow === "ellipsis" && !p.matches(WHOLE)) across = false;
      if (style.webkitLineClamp !== "none") down = false;
      if (flows(p, "X")) across = false;
      if (flows(p, "Y")) down = false;
      if (across && cuts(p, "X") && (ink.right > box.right + 1.5 || ink.left < box.left - 1.5)) return p;
      if (down && cuts(p, "Y") && (ink.bottom > box.bottom + 1.5 || ink.top < box.top - 1.5)) return p;
    }
    return null;
  }

  // Letters do not lie on letters.
  function floats(e) {
    if (modal ? !modal.contains(e) : false) return true;
    return [...parents(e)].some((p) => p !== modal && /fixed|sticky/.test(getComputedStyle(p).position));
  }
  function outside(ink, p) {
    const box = p.getBoundingClientRect();
    return ink.bottom > box.bottom + 1 || ink.top < box.top - 1 || ink.right > box.right + 1 || ink.left < box.left - 1;
  }
  lines.sort((a, b) => a[1].top - b[1].top);
  lines.forEach(([e, ink], at) => {
    for (let next = at + 1; next < lines.length && lines[next][1].top < ink.bottom - 2; next++) {
      const [other, its] = lines[next];
      if (other !== e && Math.min(ink.right, its.right) - Math.max(ink.left, its.left) > 2) {
        said.add(`text on text: ${named(e)} and ${named(other)}`);
      }
    }
  });

  // 3. Every action can be reached and lies on top; 4. and is large enough for a finger.
  const where = [scrollX, scrollY];
  for (const e of document.querySelectorAll(ACTIONS)) {
    if (!seen(e) || (modal && !modal.contains(e))) continue;
    const label = e.matches("input[type=checkbox], input[type=radio]") ? e.labels?.[0] : null;
    const thing = label ?? e;
    thing.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = [...thing.getClientRects()].find((r) => r.width && r.height);
    if (!box) continue;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (x < 0 || y < 0 || x > wide || y > high) {
      said.add(`out of reach: ${named(thing)}`);
      continue;
    }
    const hit = document.elementFromPoint(x, y);
    if (!hit || !(thing.contains(hit) || hit.contains(thing) || e.contains(hit) || hit.closest("label")?.control === e)) {
      said.add(`covered: ${named(thing)} by ${hit ? named(hit) : "nothing"}`);
    }
    const touched = touchBox(thing);
    if (target && !inSentence(thing) && Math.min(touched.width, touched.height) < target - 0.5) {
      said.add(`small: ${named(thing)} ${Math.round(touched.width)}×${Math.round(touched.height)}`);
    }
  }
  scrollTo(...where);
  // A link may stretch over its card or row by ::after; that is what is touched.
  function touchBox(e) {
    const after = getComputedStyle(e, "::after");
    if (after.position !== "absolute" || after.content === "none") return e.getBoundingClientRect();
    for (const p of parents(e)) if (getComputedStyle(p).position !== "static") return p.getBoundingClientRect();
    return e.getBoundingClientRect();
  }
  // A link among the words of a sentence is as high as the sentence (WCAG 2.5.5).
  function inSentence(e) {
    if (getComputedStyle(e).display !== "inline") return false;
    return [...e.parentElement.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
  }
  return [...said];
}
