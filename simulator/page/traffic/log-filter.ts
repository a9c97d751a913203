import type { InputOf } from "../../control/serve.ts";
import { redraw } from "../basics/redraw.ts";

type LogFilter = Pick<InputOf<"log">, "contains" | "direction" | "failed" | "after">;

let current: LogFilter = {};

/** Which calls the log shows. */
export const logFilter = (): LogFilter => current;

/** Looks for others; what isn't named stays. */
export function setLogFilter(change: LogFilter): void {
  current = { ...current, ...change };
  redraw();
}
