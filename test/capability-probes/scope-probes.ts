import { created, type Story } from "../tocsin/story.ts";
import { alertFor, channelFor, newcomer, type Probe } from "./probe.ts";

/** What the product asks of Slack, by the scope that it needs for it. Of the others an event needs the scope. */
export function scopeProbes(story: Story, events: Record<string, Probe>): Record<string, Probe> {
  const { slack, api } = story;
  const channelFound = (kind: "public" | "private"): Probe => ({
    async prepare(tag) {
      const { id } = await slack.ask("addChannel", { name: tag, kind });
      return { id };
    },
    act: async () => {},
    async done({ id }) {
      const { channel } = await created(api("POST", "/slack/app/check", { channel: id }));
      return channel !== null;
    },
    settles: true,
  });
  const clicked: Probe = {
    async prepare(tag) {
      const subject = await channelFor(story, { tag, kind: "public" });
      const alert = await alertFor(story, subject);
      await slack.channel(`#${tag}`).expectCard(`About ${tag}`);
      return { ...subject, ...(await newcomer(story, `p${tag}`)), alert };
    },
    async act({ tag, person = "" }) {
      const card = await slack.channel(`#${tag}`).expectCard(`About ${tag}`);
      await card.choose("Status", "Triaged", { as: person });
    },
    async done({ alert, person = "" }) {
      if ((await created(api("GET", `/alerts/${alert}`))).status === "TRIAGED") return true;
      return (await slack.ask("whispers", { as: person })).length > 0 ? false : null;
    },
    settles: true,
  };
  return {
    "chat:write": sending(story),
    commands: {
      prepare: async () => ({ before: String(await refusals(story)) }),
      act: () => slack.ask("say", { as: "ada", channel: "#security", text: "/tocsin help" }),
      done: async ({ before }) => (await refusals(story)) === Number(before),
      settles: true,
    },
    "channels:read": channelFound("public"),
    "groups:read": channelFound("private"),
    "users:read": clicked,
    "users:read.email": clicked,
    "im:write": asking(story),
    ...ofEvents(events),
  };
}

function ofEvents(events: Record<string, Probe>): Record<string, Probe> {
  const of = {
    "app_mentions:read": events.app_mention,
    "channels:history": events["message.channels"],
    "groups:history": events["message.groups"],
    "metadata.message:read": events.message_metadata_posted,
  };
  return Object.fromEntries(Object.entries(of).flatMap(([name, probe]) => (probe ? [[name, probe]] : [])));
}

/** Slack itself says so where no app answers to a command. */
async function refusals({ slack }: Story): Promise<number> {
  const { notices } = await slack.ask("overview", { as: "ada" });
  const whispers = await slack.ask("whispers", { as: "ada" });
  return [...notices, ...whispers].filter(({ text }) => text.includes("did nothing here")).length;
}

function sending(story: Story): Probe {
  const { api } = story;
  return {
    prepare: (tag) => channelFor(story, { tag, kind: "public" }),
    async act(subject) {
      subject.alert = await alertFor(story, subject);
    },
    async done({ alert }) {
      const [{ state }] = (await created(api("GET", `/alerts/${alert}`))).deliveries;
      if (state === "sent") return true;
      return state === "held" ? false : null;
    },
    settles: true,
  };
}

function asking(story: Story): Probe {
  const { api, slack } = story;
  return {
    async prepare(tag) {
      const subject = await channelFor(story, { tag, kind: "public" });
      return { ...subject, ...(await newcomer(story, `p${tag}`)), alert: await alertFor(story, subject) };
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
    async done({ person = "" }) {
      const { channels } = await slack.ask("overview", { as: person });
      return channels.some(({ kind, latestTs }) => kind === "im" && latestTs !== "");
    },
  };
}
