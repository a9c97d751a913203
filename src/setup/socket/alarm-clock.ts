/** Lets one who waits be woken before their time. A ring while nobody waits is kept for the next. */
export function alarmClock() {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring(): void {
      if (wake) wake();
      else rung = true;
    },
    /** Resolves after a time, or at a ring. */
    after(seconds: number): Promise<void> {
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          wake = null;
          rung = false;
          resolve();
        };
        const timer = setTimeout(done, rung ? 0 : seconds * 1000);
        wake = done;
      });
    },
  };
}
