import type { App } from "../../workspace/app.ts";
import type { User } from "../../workspace/user.ts";

/** Whether a person may install an app in a place: an admin may, others once their request was approved. */
export const mayInstall = (app: App, user: User, placeId: string): boolean =>
  user.isAdmin ||
  app.requests.some(
    ({ by, placeId: where, state }) => by === user.id && where === placeId && state === "approved",
  );
