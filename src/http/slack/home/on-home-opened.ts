import { SlackFault } from "../../../slack/client/slack-fault.ts";
import type { Clicker } from "../../../slack/request/slack-request.ts";
import type { Deps } from "../../../api/deps.ts";
import { acting } from "../../../interact/acting.ts";
import { publishHome } from "../../../triage/home/publish-home.ts";

/** Somebody looks at the home tab: it is drawn for them, whatever stood there. */
export async function onHomeOpened(deps: Deps, who: Clicker): Promise<void> {
  const by = await acting(deps, who);
  if (!by) return;
  try {
    await publishHome(by, null);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    // They see what stood there before, and open it again.
    deps.log.warn({ error: fault.code, user: who.userId }, "a home tab could not be drawn");
  }
}
