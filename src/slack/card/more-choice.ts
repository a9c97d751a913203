/** What stands under More, by the value that Slack sends back. */
export const moreChoices = ["details", "comment", "assign-me", "unassign", "suppress"] as const;
export type MoreChoice = (typeof moreChoices)[number];

export const moreChoiceWords: Record<MoreChoice, string> = {
  details: "Show alert details",
  comment: "Add comment",
  "assign-me": "Assign to me",
  unassign: "Unassign",
  suppress: "Suppress repeats",
};
