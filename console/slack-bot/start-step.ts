import type { Step } from "../pages/slack-bot/setup-progress.ts";

/** Where somebody who comes, or comes back, goes on: an app that works needs no second one. */
export function startStep(known: { left: Step | null; appWorks: boolean }): "app" | "form" {
  return known.appWorks || known.left === "form" ? "form" : "app";
}
