/** The steps of setting up a Slack Bot, in their order. */
export const steps = {
  app: "Create your Slack Bot app",
  form: "Create your Slack Bot Application",
  finish: "Invite it, and finish",
} as const;
export type Step = keyof typeof steps;
