import { element } from "./dom/element.ts";
import type { Scene } from "./scene.ts";

const stays = 8000;
let shownUntil = Date.now();

function show(text: string): void {
  const banner = element(
    "div",
    { class: "banner" },
    element("span", {}, `⚠ ${text}`),
    element("button", { "aria-label": "Dismiss", click: () => banner.remove() }, "×"),
  );
  const banners = document.querySelector<HTMLElement>("#banners");
  // Shown anew, it stands above a dialog that has been opened meanwhile.
  banners?.hidePopover();
  banners?.append(banner);
  banners?.showPopover();
  setTimeout(() => banner.remove(), stays);
}

/** Shows what Slack itself had to tell this person since the last time. */
export function drawBanners({ overview }: Scene): void {
  for (const notice of overview.notices) if (notice.at > shownUntil) show(notice.text);
  shownUntil = Math.max(shownUntil, ...overview.notices.map(({ at }) => at));
}

/** Lets something be done, and shows why when it can't be. */
export function failing(work: Promise<unknown>): void {
  work.catch((fault) => show(fault instanceof Error ? fault.message : String(fault)));
}
