import type { AlertType, Severity } from "../../../src/alert/alert.ts";
import { alertTypeLabels, severityLabels } from "../../../src/alert/alert.ts";
import type { SlackAppChange } from "../../../src/connect/contract.ts";
import type { NewSlackBot } from "../../../src/deliver/slack-bot/contract.ts";
import { keysOf } from "../../forms/choices.ts";

/** The initial values: no credentials, and the saved draft of the destination. */
export function formValues(saved: Record<string, unknown>) {
  const text = (name: string, fallback = "") => {
    const value = saved[name];
    return typeof value === "string" ? value : fallback;
  };
  const list = (name: string) => {
    const value = saved[name];
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
  };
  const severities: Severity[] = keysOf(severityLabels);
  const alertTypes: AlertType[] = keysOf(alertTypeLabels);
  const chosen = { severities: list("severities"), alertTypes: list("alertTypes") };
  return {
    ...noCredentials,
    displayName: text("displayName"),
    channel: text("channel"),
    teamId: text("teamId"),
    severities: severities.filter((severity) => chosen.severities?.includes(severity) ?? true),
    alertTypes: alertTypes.filter((type) => chosen.alertTypes?.includes(type) ?? true),
    logTypes: list("logTypes") ?? [],
    timezone: text("timezone", Intl.DateTimeFormat().resolvedOptions().timeZone),
    syncToSlack: saved.syncToSlack !== false,
    mentions: noMentions,
    reminders: noReminders,
    linkButtons: noLinkButtons,
  };
}
export type FormValues = ReturnType<typeof formValues>;

const noCredentials = { clientId: "", clientSecret: "", signingSecret: "", botToken: "", appToken: "" };
const noMentions: NonNullable<NewSlackBot["mentions"]> = {};
const noReminders: NonNullable<NewSlackBot["reminders"]> = {};
const noLinkButtons: NonNullable<NewSlackBot["linkButtons"]> = [];

/** The app's credentials. Empty fields are left out, which keeps their stored values. */
export function credentialsOf({ clientId, clientSecret, signingSecret, botToken, appToken }: FormValues) {
  const all = { clientId, clientSecret, signingSecret, botToken, appToken };
  const typed = Object.entries(all).filter(([, value]) => value.trim() !== "");
  const change: Omit<SlackAppChange, "mode"> = Object.fromEntries(typed);
  return change;
}

/** The destination's part of the form. */
export function destinationOf(values: FormValues): NewSlackBot {
  const { clientId: _1, clientSecret: _2, signingSecret: _3, botToken: _4, appToken: _5, ...rest } = values;
  const { teamId, ...destination } = rest;
  return { type: "slack-bot", ...destination, ...(teamId ? { teamId } : {}) };
}

const key = "tocsin.slack-bot.draft";

/** The entered values of a destination, kept in this browser until it is added. Never holds secrets. */
export const draft = {
  read: (): Record<string, unknown> => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
      return typeof stored === "object" && stored !== null ? { ...stored } : {};
    } catch {
      return {};
    }
  },
  save: (values: object) => localStorage.setItem(key, JSON.stringify(values)),
  clear: () => localStorage.removeItem(key),
};
