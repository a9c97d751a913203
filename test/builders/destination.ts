/** The body of a destination that takes everything for #security; give what matters. */
export function newDestination(given: Record<string, unknown> = {}) {
  return {
    type: "slack-bot",
    displayName: "Security",
    channel: "#security",
    severities: ["INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"],
    alertTypes: ["RULE", "SYSTEM_ERROR"],
    logTypes: [],
    timezone: "Europe/Berlin",
    ...given,
  };
}
