// How much does not find its room on the wall: the text may have been made too large for this scene.

const BOXES = ".side, .stage, .scene:not([hidden]), .scene:not([hidden]) *:not(svg *)";
const GIVEN_UP = '.scene:not([hidden]) [data-lines="sum"], .scene:not([hidden]) .page:not([hidden])';

/** Islands without their offers' names, further pages, and boxes that overflow. */
export function losses(wall) {
  const cut = [...wall.querySelectorAll(BOXES)].filter((box) => box.scrollHeight > box.clientHeight + 2 && !isText(box));
  return wall.querySelectorAll(GIVEN_UP).length + cut.length;
}

const isText = (box) => box.clientHeight === 0 || box.childElementCount === 0;
