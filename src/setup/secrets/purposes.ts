/** The column of `slack_app` that a secret is sealed for. */
export function secretPurpose(column: "client_secret" | "signing_secret" | "app_token"): string {
  return `slack_app.${column}`;
}

/** The workspace or organisation that a bot token is sealed for: one can't be passed off as another's. */
export function tokenPurpose(where: { enterpriseId: string | null; teamId: string | null }): string {
  return `installations.bot_token:${where.enterpriseId ?? ""}|${where.teamId ?? ""}`;
}

/** The column of `webhooks`, and the destination, that a secret is sealed for. */
export function webhookPurpose(column: "headers" | "secret", destinationId: string): string {
  return `webhooks.${column}:${destinationId}`;
}

/** A request of Slack's that waits for a signing secret. */
export function unverifiedPurpose(id: string): string {
  return `slack_unverified.body:${id}`;
}

/** The installation under way that a bot token waits in, until it is confirmed. */
export function installPurpose(installId: string): string {
  return `slack_installs.token:${installId}`;
}
