/** In a frame of a city app, links to pages that no frame may show open in a window of their own. */

const FRAMED = /^\/($|map\/|help\/|privacy\/|vacancies\/(?!.*\/apply)|programme\/)/;

/** This will tell whether an address may stay in the frame. */
export function staysFramed(path: string): boolean {
  return FRAMED.test(path) && !/\/(apply|application|report|favourite)/.test(path);
}

if (globalThis.window && window.top !== window) {
  document.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[href]");
    if (link && !staysFramed(link.pathname)) link.target = "_blank";
  });
}
