/**
 * The code of a failed connection or mail, such as `ECONNREFUSED` or `EAUTH`: "timeout" for a time limit of ours, and
 * `unnamed` if the fault has none. Never its message, which may quote what was sent.
 */
export function failureCode(fault: unknown, unnamed: string): string {
  if (!(fault instanceof Error)) return unnamed;
  if (fault.name === "TimeoutError" || fault.name === "AbortError") return "timeout";
  // Several addresses were tried; the last error stands for all of them.
  if (fault instanceof AggregateError) return failureCode(fault.errors.at(-1), unnamed);
  if ("code" in fault && typeof fault.code === "string") return fault.code;
  // Fetch puts the system's error into the cause of its TypeError.
  return fault.cause === undefined ? unnamed : failureCode(fault.cause, unnamed);
}
