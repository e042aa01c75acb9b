// Which round of a World Café it is: all are equally long and end with the clock; the first one takes what is over.

/** {round, rounds, left_s} at `left_s`; null where people walk freely. Clock as in every state. */
export function roundAt(left_s, { total_s, round_s }) {
  const rounds = round_s ? Math.floor(total_s / round_s) : 0;
  if (rounds < 2) return null;
  const after = Math.min(rounds - 1, Math.max(0, Math.ceil(left_s / round_s) - 1)); // rounds that still follow
  return { round: rounds - after, rounds, left_s: left_s - after * round_s };
}

/** The seconds left at which one round gives way to the next. */
export function changes({ total_s, round_s }) {
  const rounds = round_s ? Math.floor(total_s / round_s) : 0;
  return Array.from({ length: Math.max(0, rounds - 1) }, (_, after) => (after + 1) * round_s);
}
