import type { World } from "../../workspace/workspace.ts";
import { type DoorError, type Refused, refuse } from "../answer.ts";

/** Methods that take only the configuration token of an app's maker, of which there is none here. */
const names = ["apps.manifest.create", "apps.manifest.update", "apps.manifest.validate"];

/** Whether a method belongs to the makers of apps rather than to apps. */
export const needsConfigurationToken = (name: string): boolean => names.includes(name);

/** What such a method says to the tokens of an app, and to those of nobody. */
export function refuseConfiguration(world: World, token: string | undefined): Refused<DoorError> {
  if (!token) return refuse("not_authed");
  const isOfApp =
    world.installations.has(token) || [...world.apps.values()].some(({ appTokens }) => appTokens.has(token));
  return refuse(isOfApp ? "not_allowed_token_type" : "invalid_auth");
}
