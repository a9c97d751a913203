/** Resolves when the process is asked to stop; rejects if the database ends by itself. */
export async function untilStopped(died: Promise<Error>): Promise<void> {
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
  await Promise.race([signalled, died.then((fault) => Promise.reject(fault))]);
}
