/** `<ym-map>` on an ordinary page: the half megabyte of map comes only when one is about to be seen. */

function watch(): void {
  const maps = document.querySelectorAll("ym-map");
  if (!maps.length) return;
  const seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      void import("./map");
    },
    { rootMargin: "200px" },
  );
  maps.forEach((map) => seen.observe(map));
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", watch, { once: true });
else watch();
