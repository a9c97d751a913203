import type { infoDialog } from "../../slack/dialogs/info-dialog.ts";

type View = ReturnType<typeof infoDialog>;

/** What Slack does with a dialog: closes it, shows an error below a field, shows something else in it or on top. */
export type SubmissionAnswer =
  | Record<string, never>
  | { response_action: "errors"; errors: Record<string, string> }
  | { response_action: "update" | "push"; view: View }
  /** Closes all that are open on top of each other. */
  | { response_action: "clear" };
