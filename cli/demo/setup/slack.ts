import type { Slack } from "../../../simulator/story/story.ts";
import { alertTypes } from "../../../src/alert/alert-type.ts";
import type { Severity } from "../../../src/alert/severity.ts";
import { destinationBody } from "../../../src/deliver/contract.ts";
import { slackAppBody } from "../../../src/connect/contract.ts";
import type { Api } from "../api.ts";

/** Makes the pretend workspace's app known to Tocsin. */
export async function connectSlack(api: Api, { app }: Slack): Promise<void> {
  const { botToken, clientId, clientSecret, signingSecret } = app;
  const body = { mode: "http", botToken, clientId, clientSecret, signingSecret };
  await api("PUT", "/slack/app", { body, answer: slackAppBody });
}

/** As a team would have them; a host or user that an alert doesn't name hides its button. */
const linkButtons = [
  { label: "Search in SIEM", url: "https://siem.acme.example/search?rule={detection.id}&from={time}" },
  { label: "Host", url: "https://edr.acme.example/hosts/{context.host}" },
  { label: "User", url: "https://id.acme.example/people/{context.user}" },
];

const wanted: { displayName: string; channel: string; severities: Severity[] }[] = [
  { displayName: "Security", channel: "#security", severities: ["HIGH", "CRITICAL"] },
  { displayName: "Platform", channel: "#platform", severities: ["INFO", "LOW", "MEDIUM"] },
];

/** What is urgent goes to #security, the rest to #platform; Tocsin's own troubles are urgent. */
export async function makeDestinations(api: Api): Promise<void> {
  for (const { displayName, channel, severities } of wanted) {
    const takes = alertTypes.filter((type) => type !== "SYSTEM_ERROR" || severities.includes("CRITICAL"));
    const body = {
      type: "slack-bot",
      displayName,
      channel,
      severities,
      alertTypes: takes,
      timezone: "Europe/Berlin",
      linkButtons,
    };
    await api("POST", "/destinations", { body, answer: destinationBody });
  }
}
