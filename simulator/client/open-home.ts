import type { Scene } from "../simulator.ts";
import { announceTo } from "../to-app/announce.ts";
import { homeWire } from "../web-api/wire/view-wire.ts";
import { directMessage } from "../workspace/deeds/direct-message.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import { type HomeTab, homeKey } from "../workspace/view.ts";

/** A person opens an app's home tab: the app is told, and may publish what stands there. */
export function openHome(scene: Scene, user: User, installation: Installation): HomeTab | undefined {
  const { workspace } = scene;
  const { channel } = directMessage(workspace, installation, user.id);
  const published = workspace.homes.get(homeKey(installation, user.id));
  announceTo(scene, installation, {
    type: "app_home_opened",
    user: user.id,
    channel: channel.id,
    tab: "home",
    event_ts: workspace.makeTs(),
    ...(published && { view: homeWire(workspace, published) }),
  });
  return published;
}
