// Reads what a person sees or hears: text, the attributes that are shown or spoken, and the words handed to
// elements. An element in another language is marked so by `lang` ("English" on a Chinese page) and left out.
() => {
  const language = document.documentElement.lang;
  const foreign = (e) => (e.closest("[lang]")?.lang ?? language) !== language;
  const shown = ["aria-label", "title", "placeholder", "alt"];
  const handed = ["words", "done", "yes", "no", "text", "more", "stop", "label", "wipe", "on", "off", "bigger", "smaller"];
  const read = [["title", document.title]];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    if (n.nodeType === Node.TEXT_NODE) {
      const e = n.parentElement;
      if (/^(script|style|noscript)$/.test(e.localName) || !n.data.trim() || foreign(e)) continue;
      read.push([e.localName, n.data.trim().replace(/\s+/g, " ")]);
      continue;
    }
    if (foreign(n)) continue;
    for (const name of n.localName.includes("-") ? [...shown, ...handed] : shown) {
      const said = n.getAttribute(name);
      if (said && !document.getElementById(said)) read.push([`${n.localName} ${name}`, said.replace(/\{\w+\}/g, "")]);
    }
    if (n.matches("input[type=submit], input[type=button]")) read.push(["input", n.value]);
    if (n.matches("script[type='application/json'][id$=words]")) {
      for (const said of Object.values(JSON.parse(n.textContent))) {
        if (typeof said === "string") read.push([`#${n.id}`, said.replace(/\{\w+\}/g, "")]);
      }
    }
  }
  return read;
}
