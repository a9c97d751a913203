/** Work that goes on after its request was answered. */
export interface Pending {
  add(work: Promise<unknown>): void;
  /** Resolves when all work that is pending now has ended, well or badly. */
  settled(): Promise<void>;
}

export function openPending(): Pending {
  const pending = new Set<Promise<unknown>>();
  return {
    add(work) {
      const ended = work.catch(() => undefined).finally(() => pending.delete(ended));
      pending.add(ended);
    },
    async settled() {
      await Promise.all(pending);
    },
  };
}
