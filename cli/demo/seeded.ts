/** Numbers from 0 to 1, the same for the same seed: a demo that looks different each time can't be explained. */
export type Random = () => number;

/** Mulberry32: a few operations, and good enough to draw a week from. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
