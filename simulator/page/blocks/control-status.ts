import { reportErrors } from "../banners.ts";
import { redraw } from "../route.ts";

const statuses = new Map<string, "waiting" | "failed">();

/** The state of the last use of a control, by its key. As in Slack, it is lost with the window. */
export const controlStatus = (key: string): "waiting" | "failed" | undefined => statuses.get(key);

/** Marks a control as waiting until `work` resolves, and as failed if the app did not acknowledge it. */
export function trackUse(key: string, work: Promise<{ acknowledged: boolean }>): void {
  statuses.set(key, "waiting");
  redraw();
  const done = work.then(
    ({ acknowledged }) => {
      if (acknowledged) statuses.delete(key);
      else statuses.set(key, "failed");
    },
    (fault: unknown) => {
      statuses.delete(key);
      throw fault;
    },
  );
  reportErrors(done.finally(redraw));
}
