/** A small picture of what a screen shows, for the office's board: boxes, words and images at their places.

    Browsers let no page photograph itself, and a copy through SVG would take the whole style along; 320 px of
    width need neither. */

const WIDTH = 320;

/** This will be a PNG of the page as a data URL; "" where nothing can be drawn. */
export function pictureOf(root: HTMLElement, width = WIDTH): string {
  const scale = width / innerWidth;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, Math.round(innerHeight * scale)];
  const pen = canvas.getContext("2d");
  if (!pen) return "";
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  pen.textBaseline = "top";
  for (const element of [root, ...root.querySelectorAll<HTMLElement | SVGElement>("*")]) draw(pen, element);
  return canvas.toDataURL("image/png");
}

function draw(pen: CanvasRenderingContext2D, element: HTMLElement | SVGElement): void {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
  const style = getComputedStyle(element);
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(box.x, box.y, box.width, box.height);
  if (element instanceof HTMLImageElement && element.complete) paint(pen, element, box);
  if (element instanceof SVGPathElement) code(pen, box);
  for (const node of element.childNodes) if (node instanceof Text) write(pen, node, style);
}

function paint(pen: CanvasRenderingContext2D, image: HTMLImageElement, box: DOMRect): void {
  const scale = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight) || 0;
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  pen.drawImage(image, box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height);
}

/** A code is a dark square at this size. */
function code(pen: CanvasRenderingContext2D, box: DOMRect): void {
  pen.fillStyle = "#1c2b33";
  pen.fillRect(box.x, box.y, box.width, box.height);
}

/** A text line by line, as the browser has broken it. */
function write(pen: CanvasRenderingContext2D, text: Text, style: CSSStyleDeclaration): void {
  const range = document.createRange();
  range.selectNodeContents(text);
  const lines = range.getClientRects();
  const whole = (text.textContent ?? "").trim();
  if (!whole || lines.length === 0) return;
  pen.fillStyle = style.color;
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const each = Math.ceil(whole.length / lines.length);
  [...lines].forEach((line, at) => pen.fillText(whole.slice(at * each, (at + 1) * each), line.x, line.y, line.width));
}
