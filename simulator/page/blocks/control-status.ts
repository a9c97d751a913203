import { failing } from "../banners.ts";
import { redraw } from "../place.ts";

const troubles = new Map<string, "waiting" | "failed">();

/** What became of the last use of a control, by its key on the page. Like Slack's, it is forgotten with the window. */
export const troubleOf = (key: string): "waiting" | "failed" | undefined => troubles.get(key);

/** Shows that the app is being waited for, and marks the control when it doesn't answer. */
export function using(key: string, work: Promise<{ acknowledged: boolean }>): void {
  troubles.set(key, "waiting");
  redraw();
  const done = work.then(
    ({ acknowledged }) => {
      if (acknowledged) troubles.delete(key);
      else troubles.set(key, "failed");
    },
    (fault: unknown) => {
      troubles.delete(key);
      throw fault;
    },
  );
  failing(done.finally(redraw));
}
