import type { FaultCause } from "../../alert/fault-causes.ts";

interface Broken {
  cause: FaultCause;
  fault: string;
  name: string;
  remedy: string;
}

/** What is broken, in one line: of alerts, mails and the banner. */
export function faultTitle({ cause, fault, name, remedy }: Broken): string {
  const lacksOnly = cause.startsWith("app:") && fault === "missing_scope" && !remedy.includes("chat:write");
  return lacksOnly ? `Tocsin may do less than it needs in ${name}` : `Alerts can't go out to ${name}`;
}

/** How it ended: it works, or nobody needs it any more. */
export function overWords({ cause, name }: Pick<Broken, "cause" | "name">, inUse: boolean): string {
  if (!inUse) return `No destination needs ${name} any more`;
  if (cause.startsWith("app:")) return "Slack works again";
  return cause.startsWith("line:webhook:") ? `${name} works again` : `Slack works again in ${name}`;
}

/** `3 alerts wait for SOC and Platform`; for the rest of a long list, how many. */
export function waitingWords(waiting: number, destinations: readonly { name: string }[]): string {
  const names = destinations.map(({ name }) => name);
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  const where = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : (shown[0] ?? "");
  if (waiting === 0) return `Nothing waits for ${where} yet.`;
  return `${waiting} ${waiting === 1 ? "alert waits" : "alerts wait"} for ${where}.`;
}
