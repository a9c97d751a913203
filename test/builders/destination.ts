/** The body of a destination for #security that matches all severities, with `given` applied. */
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
