import { ask } from "../ask.ts";
import { reportErrors } from "../banners.ts";
import { element } from "../dom/element.ts";
import { avatar } from "../dom/icon.ts";
import type { App, PageState } from "../page-state.ts";
import { navigate } from "../route.ts";

/** Opens a tab of an app's conversation, which sends `app_home_opened` to the app. */
export function openApp(as: string, app: App, tab: "home" | "messages"): void {
  reportErrors(
    ask("openHome", { as, app: app.id, tab }).then(({ channel }) => navigate({ channel, thread: "", tab })),
  );
}

function row({ route, overview, ...state }: PageState, app: App): HTMLElement {
  const direct = overview.channels.find(({ kind, appId }) => kind === "im" && appId === app.id);
  const isOpen = direct !== undefined && direct.id === state.channel?.id;
  const unread = isOpen ? 0 : (direct?.unread ?? 0);
  // Opens unread messages first, otherwise the home tab.
  const tab = app.homeTab && unread === 0 ? "home" : "messages";
  return element(
    "button",
    {
      class: `row ${unread > 0 ? "unread" : ""}`,
      "data-key": `app/${app.id}`,
      "aria-current": isOpen ? "page" : undefined,
      click: () => openApp(route.as, app, tab),
    },
    avatar({ name: app.name, isApp: true }),
    element("span", { class: "row-name" }, app.name),
    unread > 0 ? element("span", { class: "badge", "aria-hidden": "true" }, String(unread)) : null,
    unread > 0 ? element("span", { class: "visually-hidden" }, " (unread)") : null,
  );
}

/** The installed apps, including those without direct messages. */
export const appRows = (state: PageState): HTMLElement[] =>
  state.overview.apps.filter(({ state }) => state !== "account_inactive").map((app) => row(state, app));
