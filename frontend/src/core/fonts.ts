/** A machine without a Chinese font shows the same empty box for every character. */

/** This will tell whether 圆 and 梦 look different here; true also where nothing can be drawn. */
export function speaksChinese(): boolean {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return true;
  const [first, second] = ["圆", "梦"].map((character) => {
    context.clearRect(0, 0, 40, 40);
    context.font = `32px ${getComputedStyle(document.body).fontFamily}`;
    context.fillText(character, 2, 34);
    return context.getImageData(0, 0, 40, 40).data.join();
  });
  return first !== second;
}
