// A number typed digit by digit: taken as soon as no longer one can be meant, or nothing follows.

const PAUSE_MS = 1_200;

export class Typed {
  #text = "";
  #timer = 0;

  /** `take(number)` when it is complete, `told(text)` while it is not. */
  constructor({ take, told }) {
    Object.assign(this, { take, told });
  }

  /** Whether the digit was taken as (part of) one of `numbers`. */
  type(digit, numbers) {
    clearTimeout(this.#timer);
    const begun = [this.#text + digit, digit].find((text) => numbers.some((number) => String(number).startsWith(text)));
    this.#text = begun ?? "";
    if (begun === undefined) return false;
    if (numbers.filter((number) => String(number).startsWith(begun)).length === 1) this.#finish(numbers);
    else {
      this.told(begun);
      this.#timer = setTimeout(() => this.#finish(numbers), PAUSE_MS);
    }
    return true;
  }

  #finish(numbers) {
    const text = this.#text;
    this.#text = "";
    const number = numbers.find((one) => String(one) === text) ?? numbers.find((one) => String(one).startsWith(text));
    this.take(number);
  }
}
