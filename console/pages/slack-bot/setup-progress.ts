/** The steps of setting up a Slack Bot, in their order. */
export const steps = {
  app: "Create your Slack Bot app",
  form: "Create your Slack Bot Application",
  finish: "Invite it, and finish",
} as const;
export type Step = keyof typeof steps;

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

const leftForSlackKey = "tocsin.slack-install";

/** That this tab left for Slack out of the set-up of a destination, and wants to come back there. */
export const leftFrom = {
  setUp: () => sessionStorage.setItem(leftForSlackKey, "set-up"),
  /** Whether it did; it is asked once. */
  wasSetUp: (): boolean => {
    const was = sessionStorage.getItem(leftForSlackKey) === "set-up";
    sessionStorage.removeItem(leftForSlackKey);
    return was;
  },
};
