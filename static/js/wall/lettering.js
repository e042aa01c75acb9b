// Writes a card as large as it fits, as one does with a felt pen; what is too long even so is cut after a full line.

const SIZES_REM = [1.9, 1.6, 1.35, 1.15, 1];

export function letter(text) {
  text.classList.remove("cut");
  const fits = SIZES_REM.some((size) => {
    text.style.fontSize = `${size}rem`;
    return text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth;
  });
  if (fits || text.clientHeight === 0) return;
  const line_px = parseFloat(getComputedStyle(text).lineHeight);
  text.style.setProperty("--lines", Math.max(1, Math.floor(text.clientHeight / line_px)));
  text.classList.add("cut");
}
