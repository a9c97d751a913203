import type { Scene } from "../simulator.ts";
import { announce } from "../callbacks/announce.ts";
import type { Caller } from "../web-api/caller.ts";

/** A workspace in which something is done, and how apps are told of it. */
export type At = Pick<Caller, "workspace" | "emit">;

/** The same for what people do, without an app's call. */
export const at = (scene: Scene): At => ({
  workspace: scene.workspace,
  emit: (telling, channel) => announce(scene, telling, channel),
});
