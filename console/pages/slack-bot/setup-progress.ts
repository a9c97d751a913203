/** The steps of setting up a Slack Bot, in order: the name in the step indicator and the page's heading. */
export const steps = {
  app: { name: "Create the Slack app", heading: "Create your Slack Bot app" },
  form: { name: "Connect it", heading: "Create your Slack Bot Application" },
  finish: { name: "Invite the bot", heading: "Invite the bot" },
} as const;
export type Step = keyof typeof steps;

const key = "tocsin.slack-bot.step";

/** The last step in this browser, so that setup continues there after the tab was closed. */
export const savedStep = {
  read: (): Step | null => {
    const stored = localStorage.getItem(key);
    return stored === "app" || stored === "form" ? stored : null;
  },
  save: (step: Step) => localStorage.setItem(key, step),
  clear: () => localStorage.removeItem(key),
};

const originKey = "tocsin.slack-install";

/** Remembers that this tab left for Slack from the wizard, so that Slack's redirect leads back to it. */
export const installOrigin = {
  setWizard: () => sessionStorage.setItem(originKey, "wizard"),
  /** True once after `setWizard`. */
  takeWizard: (): boolean => {
    const isWizard = sessionStorage.getItem(originKey) === "wizard";
    sessionStorage.removeItem(originKey);
    return isWizard;
  },
};
