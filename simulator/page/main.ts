import { ask } from "./ask.ts";
import { drawBanners } from "./banners.ts";
import { drawChannel } from "./conversation/channel.ts";
import { drawThread } from "./conversation/thread.ts";
import { drawDialog } from "./dialog/dialog.ts";
import { keepFocus } from "./dom/focus.ts";
import { loadPageState, markRead, type PageState } from "./page-state.ts";
import { currentRoute, navigate } from "./route.ts";
import { drawRail } from "./sidebar/rail.ts";
import { drawSidebar } from "./sidebar/sidebar.ts";
import { drawTraffic } from "./traffic/traffic.ts";

const pane = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}`);
  return found;
};

function show(state: PageState): void {
  keepFocus(() => {
    drawRail(pane("rail"), state);
    drawSidebar(pane("sidebar"), state);
    drawChannel(pane("channel"), state);
    drawThread(pane("thread"), state);
    drawTraffic(pane("traffic"), state);
  });
  drawDialog(state);
  drawBanners(state);
  const { channel, route, overview } = state;
  document.title = `${channel?.kind === "im" ? (channel.appName ?? channel.withName) : `#${channel?.name}`} · ${overview.team.name} · Slack simulator`;
  if (channel?.latestTs && route.tab === "messages") markRead(route.as, channel.id, channel.latestTs);
}

let newest = 0;
let version = 0;

async function draw(): Promise<void> {
  newest += 1;
  const current = newest;
  const state = await loadPageState();
  // Ignores an answer that was overtaken by a later one.
  if (current !== newest || !state) return;
  version = state.overview.version;
  show(state);
}

// Limits drawing to ten times a second in a busy channel.
const minDrawMs = 100;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Draws after every change. While the simulator is unreachable, retries every second. */
async function follow(): Promise<never> {
  for (;;)
    try {
      await draw();
      document.body.classList.remove("away");
      await ask("changes", { after: version });
      await pause(minDrawMs);
    } catch (fault) {
      console.error(fault);
      document.body.classList.add("away");
      await pause(1000);
    }
}

/** Escape closes the sidebar, the thread or the log: the one that was opened last. */
function onEscape({ key, defaultPrevented }: KeyboardEvent): void {
  if (key !== "Escape" || defaultPrevented || document.querySelector("dialog[open]")) return;
  const route = currentRoute();
  if (document.body.classList.contains("side-open")) document.body.classList.remove("side-open");
  else if (route.thread) navigate({ thread: "" });
  else if (route.log) navigate({ log: false });
}

const drawNow = () => void draw().catch((fault) => console.error(fault));
addEventListener("hashchange", () => {
  document.body.classList.remove("side-open");
  drawNow();
});
addEventListener("redraw", drawNow);
addEventListener("keydown", onEscape);
void follow();
