// Notices when the clock itself comes down to a mark: not when somebody sets it there, and once only.

const STEP_S = 2; // a second runs by, and a heartbeat may correct another one
const ONCE_WITHIN_S = 30; // corrections may bring the same second back; an extension brings it back later

export class Marks {
  #before = null;
  #passed = null;

  /** The largest of `marks` (seconds left) just passed, or null. To be told of every second. */
  pass(left_s, isRunning, marks) {
    const before = this.#before;
    this.#before = isRunning ? left_s : null;
    if (this.#passed !== null && Math.abs(left_s - this.#passed) > ONCE_WITHIN_S) this.#passed = null;
    if (!isRunning || before === null || before - left_s > STEP_S) return null;
    const mark = marks.find((at) => before > at && left_s <= at) ?? null;
    if (mark === null || mark === this.#passed) return null;
    this.#passed = mark;
    return mark;
  }
}
