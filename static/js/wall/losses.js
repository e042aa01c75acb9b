// How much does not find its room on the wall: the text may have been made too large for this scene.

const SCENE = ".scene:not([hidden])";
const GIVEN_UP = `${SCENE} [data-lines="sum"], ${SCENE} .page:not([hidden]), ${SCENE} .cut`;
const BOXES = `.side, .stage, ${SCENE}, ${SCENE} :is(.board, .beside, .island, .sheets, .sheet, .invitation)`;
const SLACK_REM = 0.3; // letters reach a little over their lines

/** Islands without their offers' names, further pages, cut texts, and boxes that overflow. */
export function losses(wall) {
  const slack = SLACK_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const isOver = (box) => box.scrollHeight > box.clientHeight + slack || box.scrollWidth > box.clientWidth + slack;
  return wall.querySelectorAll(GIVEN_UP).length + [...wall.querySelectorAll(BOXES)].filter(isOver).length;
}
