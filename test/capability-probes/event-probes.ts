import { created, type Story } from "../tocsin/story.ts";
import { alertFor, channelFor, type Probe, type Subject } from "./probe.ts";

/** Events other than those of channels: messages, posted cards, and the state of the installation. */
export function eventProbes(story: Story): Record<string, Probe> {
  const { slack, api } = story;
  const countCalls = async (method: string) =>
    (await slack.ask("log", { direction: "app to Slack", contains: method, limit: 10_000 })).length;
  const fault = async () => (await created(api("GET", "/slack/app"))).installations[0].state.fault;
  const installationProbe = (state: "account_inactive" | "token_revoked"): Probe => ({
    prepare: async () => ({}),
    act: () => slack.ask("setApp", { state }),
    succeeded: async () => (await fault()) === state,
  });
  const europe = async () => {
    const { results } = await created(api("GET", "/destinations"));
    return results.find(({ displayName }: { displayName: string }) => displayName === "Europe");
  };
  const team = (granted: boolean): Probe => ({
    async prepare() {
      await slack.ask(granted ? "revokeTeam" : "grantTeam", { team: "ACME Europe" });
      await created(api("PUT", "/slack/app", { mode: "http" }));
      return {};
    },
    act: () => slack.ask(granted ? "grantTeam" : "revokeTeam", { team: "ACME Europe" }),
    succeeded: async () => ((await europe()).state.fault === "team_access_not_granted") !== granted,
  });
  const mirrored = (kind: "public" | "private"): Probe => ({
    async prepare(tag) {
      const subject = await channelFor(story, { tag, kind });
      const alert = await alertFor(story, subject);
      await story.tocsin.idle();
      const { ts } = await slack.channel(`#${tag}`).expectCard(`About ${tag}`);
      return { ...subject, alert, ts };
    },
    act: ({ channel = "", ts, tag }) =>
      slack.ask("say", { as: "ada", channel, thread: ts, text: `Seen ${tag}` }),
    succeeded: async ({ alert, tag }) =>
      JSON.stringify((await api("GET", `/alerts/${alert}/history`)).body).includes(`Seen ${tag}`),
  });
  return {
    app_home_opened: {
      prepare: async () => ({ before: String(await countCalls("views.publish")) }),
      act: () => slack.ask("openHome", { as: "ada" }),
      succeeded: async ({ before }) => (await countCalls("views.publish")) > Number(before),
    },
    app_mention: {
      prepare: async () => ({ before: String((await slack.ask("whispers", { as: "ada" })).length) }),
      act: () => slack.ask("say", { as: "ada", channel: "#security", text: "@Tocsin hello" }),
      succeeded: async ({ before }) => (await slack.ask("whispers", { as: "ada" })).length > Number(before),
    },
    app_uninstalled: installationProbe("account_inactive"),
    tokens_revoked: installationProbe("token_revoked"),
    team_access_granted: team(true),
    team_access_revoked: team(false),
    "message.channels": mirrored("public"),
    "message.groups": mirrored("private"),
    message_metadata_posted: lostResponse(story),
  };
}

/** A card whose response was lost is recognised, or posted a second time. */
function lostResponse(story: Story): Probe {
  const { slack, api } = story;
  const deliveryOf = async ({ alert }: Subject) =>
    (await created(api("GET", `/alerts/${alert}/deliveries`))).results[0];
  return {
    prepare: (tag) => channelFor(story, { tag, kind: "public" }),
    async act(subject) {
      const { channel = "" } = subject;
      const what = { kind: "lost" } as const;
      await slack.ask("faults", { faults: [{ method: "chat.postMessage", channel, what }] });
      subject.alert = await alertFor(story, subject);
    },
    async succeeded(subject) {
      const { state, tries } = await deliveryOf(subject);
      if (state !== "sent") return null;
      return tries.some(({ outcome }: { outcome: string }) => outcome === "found");
    },
    conclusive: true,
    withoutScopes: ["channels:history", "groups:history"],
  };
}

/** Adds a destination in the organisation's other workspace. */
export function addEurope({ api }: Story) {
  return created(
    api("POST", "/destinations", {
      type: "slack-bot",
      displayName: "Europe",
      channel: "C0SECEUROPE",
      severities: ["LOW"],
      alertTypes: ["RULE"],
      logTypes: ["Europe"],
      timezone: "UTC",
    }),
  );
}
