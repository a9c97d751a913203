import { created, type Story } from "../tocsin/story.ts";
import { alertFor, channelFor, newUser, type Probe } from "./probe.ts";

/** Probes by the scope that they need. The remaining scopes are needed by an event. */
export function scopeProbes(story: Story, events: Record<string, Probe>): Record<string, Probe> {
  const { slack, api } = story;
  const channelFoundProbe = (kind: "public" | "private"): Probe => ({
    async prepare(tag) {
      const { id } = await slack.ask("addChannel", { name: tag, kind });
      return { id };
    },
    act: async () => {},
    async succeeded({ id }) {
      const { channel } = await created(api("POST", "/slack/app/check", { channel: id }));
      return channel !== null;
    },
    conclusive: true,
  });
  const clickProbe: Probe = {
    async prepare(tag) {
      const subject = await channelFor(story, { tag, kind: "public" });
      const alert = await alertFor(story, subject);
      await slack.channel(`#${tag}`).expectCard(`About ${tag}`);
      return { ...subject, ...(await newUser(story, `p${tag}`)), alert };
    },
    async act({ tag, person = "" }) {
      const card = await slack.channel(`#${tag}`).expectCard(`About ${tag}`);
      await card.choose("Status", "Triaged", { as: person });
    },
    async succeeded({ alert, person = "" }) {
      if ((await created(api("GET", `/alerts/${alert}`))).status === "TRIAGED") return true;
      return (await slack.ask("whispers", { as: person })).length > 0 ? false : null;
    },
    conclusive: true,
  };
  return {
    "chat:write": postProbe(story),
    commands: {
      prepare: async () => ({ before: String(await refusals(story)) }),
      act: () => slack.ask("say", { as: "ada", channel: "#security", text: "/tocsin help" }),
      succeeded: async ({ before }) => (await refusals(story)) === Number(before),
      conclusive: true,
    },
    "channels:read": channelFoundProbe("public"),
    "groups:read": channelFoundProbe("private"),
    "users:read": clickProbe,
    "users:read.email": clickProbe,
    "im:write": questionProbe(story),
    ...scopesOfEvents(events),
  };
}

function scopesOfEvents(events: Record<string, Probe>): Record<string, Probe> {
  const probes = {
    "app_mentions:read": events.app_mention,
    "channels:history": events["message.channels"],
    "groups:history": events["message.groups"],
    "metadata.message:read": events.message_metadata_posted,
  };
  return Object.fromEntries(
    Object.entries(probes).flatMap(([name, probe]) => (probe ? [[name, probe]] : [])),
  );
}

/** Slack itself shows this text when no app answers a command. */
async function refusals({ slack }: Story): Promise<number> {
  const { notices } = await slack.ask("overview", { as: "ada" });
  const whispers = await slack.ask("whispers", { as: "ada" });
  return [...notices, ...whispers].filter(({ text }) => text.includes("did nothing here")).length;
}

function postProbe(story: Story): Probe {
  const { api } = story;
  return {
    prepare: (tag) => channelFor(story, { tag, kind: "public" }),
    async act(subject) {
      subject.alert = await alertFor(story, subject);
    },
    async succeeded({ alert }) {
      const [{ state }] = (await created(api("GET", `/alerts/${alert}`))).deliveries;
      if (state === "sent") return true;
      return state === "held" ? false : null;
    },
    conclusive: true,
  };
}

function questionProbe(story: Story): Probe {
  const { api, slack } = story;
  return {
    async prepare(tag) {
      const subject = await channelFor(story, { tag, kind: "public" });
      return { ...subject, ...(await newUser(story, `p${tag}`)), alert: await alertFor(story, subject) };
    },
    act: ({ alert, email }) =>
      created(
        api("POST", `/alerts/${alert}/boomerangs`, {
          to: [{ email }],
          question: "Was this you?",
          answers: "yes_no",
          openFor: "1h",
        }),
      ),
    async succeeded({ person = "" }) {
      const { channels } = await slack.ask("overview", { as: person });
      return channels.some(({ kind, latestTs }) => kind === "im" && latestTs !== "");
    },
  };
}
