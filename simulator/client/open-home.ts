import type { Scene } from "../simulator.ts";
import { announceTo } from "../callbacks/announce.ts";
import { homeWire } from "../web-api/wire/view-wire.ts";
import { directMessage } from "../workspace/conversations.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import { homeKey } from "../workspace/view.ts";

type Looked = { installation: Installation; tab: "home" | "messages" };

/**
 * A person looks at an app's home tab or at their messages with it: the app is told, and may publish what stands
 * there. Gives back the id of their direct messages, which are there from then on.
 */
export function openHome(scene: Scene, user: User, { installation, tab }: Looked): string {
  const { workspace } = scene;
  const { channel } = directMessage(workspace, installation.botUserId, user.id);
  const published = workspace.homes.get(homeKey(installation, user.id));
  announceTo(scene, installation, {
    type: "app_home_opened",
    user: user.id,
    channel: channel.id,
    tab,
    event_ts: workspace.makeTs(),
    ...(published && tab === "home" && { view: homeWire(workspace, published) }),
  });
  scene.changes.bump();
  return channel.id;
}
