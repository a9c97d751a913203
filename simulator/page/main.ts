import { ask } from "./basics/ask.ts";
import { loadScene } from "./basics/scene.ts";
import { drawBanners } from "./panes/banners.ts";
import { drawChannel } from "./panes/channel.ts";
import { drawDialog } from "./panes/dialog.ts";
import { drawSidebar } from "./panes/sidebar.ts";
import { drawThread } from "./panes/thread.ts";
import { drawTraffic } from "./panes/traffic.ts";

const pane = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}`);
  return found;
};

let newest = 0;

async function draw(): Promise<number> {
  newest += 1;
  const mine = newest;
  const scene = await loadScene();
  // An answer that was overtaken by a later one would show the past.
  if (mine !== newest) return scene.overview.version;
  drawSidebar(pane("sidebar"), scene);
  drawChannel(pane("channel"), scene);
  drawThread(pane("thread"), scene);
  drawTraffic(pane("traffic"), scene);
  drawDialog(scene);
  drawBanners(scene);
  return scene.overview.version;
}

// A busy channel is drawn ten times a second at most.
const shortestMs = 100;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Draws whenever something has changed; tries again each second while the simulator is away. */
async function follow(): Promise<never> {
  for (;;)
    try {
      const version = await draw();
      document.body.classList.remove("away");
      await ask("changes", { after: version });
      await pause(shortestMs);
    } catch (fault) {
      console.error(fault);
      document.body.classList.add("away");
      await pause(1000);
    }
}

addEventListener("hashchange", () => void draw());
void follow();
