/** Work that continues after the response. */
export interface Pending {
  add(work: Promise<unknown>): void;
  /** Resolves when all current work has ended, successfully or not. */
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
