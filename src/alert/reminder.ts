import type { Severity } from "./severity.ts";

/** After how long a thread says that an alert is still open and nobody's, and whether it goes on saying so. */
export interface Reminder {
  afterMinutes: number;
  repeat: boolean;
}

/** By severity; there is no reminder where nothing stands. */
export type Reminders = { [S in Severity]?: Reminder | undefined };
