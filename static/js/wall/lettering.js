// Writes a card as large as it fits, as one does with a felt pen; what is too long even so is cut after a full line.

const SIZES_REM = [4.2, 3.4, 2.8, 2.3, 1.9, 1.6, 1.35, 1.15, 1];

/** Returns whether all of it can be read. */
export function letter(text) {
  text.classList.remove("cut");
  const largest = Number(getComputedStyle(text).getPropertyValue("--largest"));
  const fits = SIZES_REM.some((size) => {
    if (size > largest) return false;
    text.style.fontSize = `${size}rem`;
    return text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth;
  });
  if (fits || text.offsetParent === null) return true; // or nobody sees it
  const line_px = parseFloat(getComputedStyle(text).lineHeight);
  text.style.setProperty("--lines", Math.max(1, Math.floor(text.clientHeight / line_px)));
  text.classList.add("cut");
  return false;
}

/** Writes many texts in one hand: those that could be larger than half of them are not. */
export function letterAlike(texts) {
  texts.forEach(letter);
  const kinds = Map.groupBy(texts, (text) => getComputedStyle(text).getPropertyValue("--largest"));
  for (const kind of kinds.values()) {
    const sizes = kind.map((text) => parseFloat(text.style.fontSize)).sort((one, other) => one - other);
    const common = sizes[Math.floor((sizes.length - 1) / 2)];
    for (const text of kind) text.style.fontSize = `${Math.min(common, parseFloat(text.style.fontSize))}rem`;
  }
}
