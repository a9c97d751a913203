export type ChangeFeed = {
  /** Increases with every change. */
  version: () => number;
  bump: () => void;
  /** Resolves to the version once it is above `seen`, or to the current one after `waitMs`. */
  after: (seen: number, waitMs: number) => Promise<number>;
};

// Batches changes, so that a burst wakes a waiting reader only once.
const settleMs = 8;

/** Notifies pages and stories of changes, so that they don't have to poll. */
export function makeChangeFeed(): ChangeFeed {
  let version = 0;
  let wake = new Set<() => void>();
  let due: NodeJS.Timeout | undefined;
  const wakeAll = () => {
    due = undefined;
    const waiting = wake;
    wake = new Set();
    for (const resume of waiting) resume();
  };
  return {
    version: () => version,
    bump() {
      version += 1;
      if (wake.size > 0 && !due) due = setTimeout(wakeAll, settleMs);
    },
    after: (seen, waitMs) =>
      new Promise((resolve) => {
        if (version > seen) return resolve(version);
        const resume = () => {
          clearTimeout(timer);
          wake.delete(resume);
          resolve(version);
        };
        const timer = setTimeout(resume, waitMs);
        timer.unref();
        wake.add(resume);
      }),
  };
}
