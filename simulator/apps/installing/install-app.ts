import type { Simulator } from "../../simulator.ts";
import type { App } from "../../workspace/app.ts";
import { install } from "../../workspace/install.ts";
import type { Installation } from "../../workspace/installation.ts";
import type { Place } from "../../workspace/place.ts";

type Allowed = { place: Place; withheld?: readonly string[]; asked?: readonly string[] };

/** What an app is granted of the scopes it asked for: all but the optional ones that were withheld. */
export const granted = (
  { settings }: App,
  { asked = settings.scopes, withheld = [] }: Omit<Allowed, "place">,
) => asked.filter((scope) => !(settings.optionalScopes.includes(scope) && withheld.includes(scope)));

/** Somebody pressed *Allow*: the app is installed, with what it was granted. */
export function installApp(simulator: Simulator, app: App, { place, ...allowed }: Allowed): Installation {
  const bot = install(simulator.world, app, { place, scopes: granted(app, allowed) });
  simulator.changes.bump();
  return bot;
}
