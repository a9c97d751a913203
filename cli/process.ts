import { type Logger, pino } from "pino";

/** One line of JSON per thing that happened, on standard error: standard output is for people. */
export function openLog(level = "info"): Logger {
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: false }));
}
