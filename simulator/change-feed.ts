export type Changes = {
  /** Goes up with every change. */
  version: () => number;
  bump: () => void;
  /** The version as soon as it is above `seen`, or after `waitMs` as it is. */
  after: (seen: number, waitMs: number) => Promise<number>;
};

// Many changes in a moment wake a waiting reader once.
const settleMs = 8;

/** Tells pages and stories that there is something new, so that nobody has to ask again and again. */
export function makeChanges(): Changes {
  let version = 0;
  let wake = new Set<() => void>();
  let due: NodeJS.Timeout | undefined;
  const ring = () => {
    due = undefined;
    const waiting = wake;
    wake = new Set();
    for (const go of waiting) go();
  };
  return {
    version: () => version,
    bump() {
      version += 1;
      if (wake.size > 0 && !due) due = setTimeout(ring, settleMs);
    },
    after: (seen, waitMs) =>
      new Promise((resolve) => {
        if (version > seen) return resolve(version);
        const go = () => {
          clearTimeout(timer);
          wake.delete(go);
          resolve(version);
        };
        const timer = setTimeout(go, waitMs);
        timer.unref();
        wake.add(go);
      }),
  };
}
