import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import { element } from "../dom/element.ts";
import { avatar } from "../dom/icon.ts";
import { go } from "../place.ts";
import type { App, Scene } from "../scene.ts";

/** Goes to a tab of an app's conversation; the app is told, as of the home tab. */
export function openApp(as: string, app: App, tab: "home" | "messages"): void {
  failing(
    ask("openHome", { as, app: app.name, tab }).then(({ channel }) => go({ channel, thread: "", tab })),
  );
}

function row({ place, overview, ...scene }: Scene, app: App): HTMLElement {
  const direct = overview.channels.find(({ kind, appId }) => kind === "im" && appId === app.id);
  const isOpen = direct !== undefined && direct.id === scene.channel?.id;
  const unread = isOpen ? 0 : (direct?.unread ?? 0);
  // What is unread is read first, else one sees what the app shows of itself.
  const tab = app.homeTab && unread === 0 ? "home" : "messages";
  return element(
    "button",
    {
      class: `row ${unread > 0 ? "unread" : ""}`,
      "data-key": `app/${app.id}`,
      "aria-current": isOpen ? "page" : undefined,
      click: () => openApp(place.as, app, tab),
    },
    avatar({ name: app.name, isApp: true }),
    element("span", { class: "row-name" }, app.name),
    unread > 0 ? element("span", { class: "badge", "aria-hidden": "true" }, String(unread)) : null,
    unread > 0 ? element("span", { class: "visually-hidden" }, " (unread)") : null,
  );
}

/** The apps that are installed here, whether one has spoken with them or not. */
export const appRows = (scene: Scene): HTMLElement[] =>
  scene.overview.apps.filter(({ state }) => state !== "account_inactive").map((app) => row(scene, app));
