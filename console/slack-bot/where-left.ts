import type { Step } from "../pages/slack-bot/setup-progress.ts";

const key = "tocsin.slack-bot.step";

/** The step that somebody was at in this browser; a closed tab loses nothing. */
export const whereLeft = {
  read: (): Step | null => {
    const stored = localStorage.getItem(key);
    return stored === "app" || stored === "form" ? stored : null;
  },
  keep: (step: Step) => localStorage.setItem(key, step),
  forget: () => localStorage.removeItem(key),
};
