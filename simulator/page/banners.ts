import { element } from "./dom/element.ts";
import type { PageState } from "./page-state.ts";

const visibleMs = 8000;
let shownUntil = Date.now();

function show(text: string): void {
  const banner = element(
    "div",
    { class: "banner" },
    element("span", {}, `⚠ ${text}`),
    element("button", { "aria-label": "Dismiss", click: () => banner.remove() }, "×"),
  );
  const banners = document.querySelector<HTMLElement>("#banners");
  // Reopening the popover puts it above a dialog that was opened meanwhile.
  banners?.hidePopover();
  banners?.append(banner);
  banners?.showPopover();
  setTimeout(() => banner.remove(), visibleMs);
}

/** Shows new notices of Slack to this person. */
export function drawBanners({ overview }: PageState): void {
  for (const notice of overview.notices) if (notice.at > shownUntil) show(notice.text);
  shownUntil = Math.max(shownUntil, ...overview.notices.map(({ at }) => at));
}

/** Shows a banner with the error if a promise rejects. */
export function reportErrors(promise: Promise<unknown>): void {
  promise.catch((fault) => show(fault instanceof Error ? fault.message : String(fault)));
}
