import { ask } from "./ask.ts";
import { drawBanners } from "./banners.ts";
import { drawChannel } from "./conversation/channel.ts";
import { drawThread } from "./conversation/thread.ts";
import { drawDialog } from "./dialog/dialog.ts";
import { keepFocus } from "./dom/focus.ts";
import { go, here } from "./place.ts";
import { loadScene, markRead, type Scene } from "./scene.ts";
import { drawRail } from "./sidebar/rail.ts";
import { drawSidebar } from "./sidebar/sidebar.ts";
import { drawTraffic } from "./traffic/traffic.ts";

const pane = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}`);
  return found;
};

function show(scene: Scene): void {
  keepFocus(() => {
    drawRail(pane("rail"), scene);
    drawSidebar(pane("sidebar"), scene);
    drawChannel(pane("channel"), scene);
    drawThread(pane("thread"), scene);
    drawTraffic(pane("traffic"), scene);
  });
  drawDialog(scene);
  drawBanners(scene);
  const { channel, place, overview } = scene;
  document.title = `${channel?.kind === "im" ? (channel.appName ?? channel.withName) : `#${channel?.name}`} · ${overview.team.name} · pretend Slack`;
  if (channel?.latestTs && place.tab === "messages") markRead(place.as, channel.id, channel.latestTs);
}

let newest = 0;
let version = 0;

async function draw(): Promise<void> {
  newest += 1;
  const mine = newest;
  const scene = await loadScene();
  // An answer that was overtaken by a later one would show the past.
  if (mine !== newest || !scene) return;
  version = scene.overview.version;
  show(scene);
}

// A busy channel is drawn ten times a second at most.
const shortestMs = 100;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Draws whenever something has changed; tries again each second while the simulator is away. */
async function follow(): Promise<never> {
  for (;;)
    try {
      await draw();
      document.body.classList.remove("away");
      await ask("changes", { after: version });
      await pause(shortestMs);
    } catch (fault) {
      console.error(fault);
      document.body.classList.add("away");
      await pause(1000);
    }
}

/** Escape closes what lies over the conversation, the last thing first. */
function onEscape({ key, defaultPrevented }: KeyboardEvent): void {
  if (key !== "Escape" || defaultPrevented || document.querySelector("dialog[open]")) return;
  const place = here();
  if (document.body.classList.contains("side-open")) document.body.classList.remove("side-open");
  else if (place.thread) go({ thread: "" });
  else if (place.log) go({ log: false });
}

const drawNow = () => void draw().catch((fault) => console.error(fault));
addEventListener("hashchange", () => {
  document.body.classList.remove("side-open");
  drawNow();
});
addEventListener("redraw", drawNow);
addEventListener("keydown", onEscape);
void follow();
