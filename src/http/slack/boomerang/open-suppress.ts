import { suppressDialog } from "../../../boomerang/suppression/suppress-dialog.ts";
import type { ControlsId } from "../../../interact/card-ref.ts";
import { infoDialog } from "../../../slack/dialogs/info-dialog.ts";
import type { BlockActions } from "../../../slack/request/slack-request.ts";
import { whoConfirmed } from "../../../triage/suppression/who-confirmed.ts";
import { type Acting, toManage } from "../../../interact/acting.ts";
import { cardOf } from "../card-of.ts";
import { openOn } from "../../../interact/open-dialog.ts";

/** Opens the dialog that asks whose repeats to suppress, if anybody has answered Yes. */
export async function openSuppress(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  await openOn(by, request, {
    alertId: on.alertId,
    needed: toManage,
    draw: async (alert) => {
      const people = await whoConfirmed(by.deps.db.kysely, alert.id);
      const free = people.filter(({ until }) => until === null);
      const suppressed = people.filter(({ until }) => until !== null).map(({ name }) => name);
      if (free.length > 0) return suppressDialog(alert, cardOf(on, request), { free, suppressed });
      const names = new Intl.ListFormat("en-GB").format(suppressed);
      return infoDialog(
        "Suppress repeats",
        names
          ? `Repeats for ${names} are suppressed already. Reopening the alert ends that, and so does its page in Tocsin.`
          : "Nobody who was asked has answered Yes. Only then can repeats be suppressed.",
      );
    },
  });
}
