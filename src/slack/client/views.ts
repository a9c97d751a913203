import type { HomeView, ModalView } from "@slack/types";
import { z } from "zod";
import type { Call } from "./call.ts";

const answer = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });

/** A dialog that somebody has open. `hash` names what it shows now. */
export interface OpenView {
  id: string;
  hash: string;
}

export function views(call: Call) {
  return {
    /** Opens a dialog. A trigger is good for one use within 3 s of the click. */
    async openView(triggerId: string, view: ModalView): Promise<OpenView> {
      const opened = await call("views.open", { trigger_id: triggerId, view }, answer);
      return opened.view;
    },

    /** Puts a dialog on the one that is open; its trigger is the click on a control in that. */
    async pushView(triggerId: string, view: ModalView): Promise<OpenView> {
      const pushed = await call("views.push", { trigger_id: triggerId, view }, answer);
      return pushed.view;
    },

    async updateView(open: { id: string; hash?: string }, view: ModalView): Promise<OpenView> {
      const updated = await call("views.update", { view_id: open.id, hash: open.hash, view }, answer);
      return updated.view;
    },

    /** Puts this on the app's home tab, for one person. */
    async publishHome(userId: string, view: HomeView): Promise<void> {
      await call("views.publish", { user_id: userId, view }, z.object({ ok: z.literal(true) }));
    },
  };
}
