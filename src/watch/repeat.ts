/** Work that is done again and again, never twice at a time. */
export interface Repeated {
  /** Do it at once; if it is being done, once more after that. */
  wake(): void;
  stop(): Promise<void>;
}

export function repeat(
  work: () => Promise<unknown>,
  everyMs: number,
  failed: (fault: unknown) => void,
): Repeated {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function run(): Promise<void> {
    do {
      again = false;
      await work().catch(failed);
    } while (again && !stopped);
  }

  function wake(): void {
    again = true;
    if (running || stopped) return;
    running = run().finally(() => {
      running = null;
    });
  }

  const timer = setInterval(wake, everyMs);
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
