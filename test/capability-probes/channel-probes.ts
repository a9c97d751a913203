import type { Story } from "../tocsin/story.ts";
import { channelFor, destinationOf, type Probe, type Subject, untilEventsHandled } from "./probe.ts";

type Kind = "public" | "private";
type Steps = Pick<Probe, "act" | "succeeded">;

/** Events of a channel that show at its destination. Private channels have their own events. */
export function channelProbes(story: Story): Record<string, Probe> {
  const { slack } = story;
  const hasFault = (fault: string) => async (subject: Subject) =>
    (await destinationOf(story, subject)).state.fault === fault;
  const channelProbe = (kind: Kind, { act, succeeded }: Steps): Probe => ({
    prepare: (tag) => channelFor(story, { tag, kind }),
    act,
    succeeded,
  });
  const rename = (kind: Kind) =>
    channelProbe(kind, {
      act: ({ channel = "", tag }) => slack.ask("renameChannel", { channel, name: `${tag}-now` }),
      succeeded: async (subject) =>
        (await destinationOf(story, subject)).channel.name === `${subject.tag}-now`,
    });
  const archive = (kind: Kind) =>
    channelProbe(kind, {
      act: ({ channel = "" }) => slack.ask("archiveChannel", { channel }),
      succeeded: hasFault("is_archived"),
    });
  const unarchive = (kind: Kind): Probe => ({
    async prepare(tag) {
      const subject = await channelFor(story, { tag, kind });
      await slack.ask("archiveChannel", { channel: subject.channel ?? "" });
      await untilEventsHandled(story);
      return subject;
    },
    act: ({ channel = "" }) => slack.ask("archiveChannel", { channel, archived: false }),
    succeeded: async (subject) => !(await hasFault("is_archived")(subject)),
  });
  const remove = (kind: Kind) =>
    channelProbe(kind, {
      act: ({ channel = "" }) => slack.ask("deleteChannel", { channel }),
      succeeded: hasFault("channel_deleted"),
    });
  const leave = (kind: Kind) =>
    channelProbe(kind, {
      act: ({ channel = "" }) => slack.ask("say", { as: "ada", channel, text: "/remove @Tocsin" }),
      succeeded: hasFault("not_in_channel"),
    });
  return {
    channel_rename: rename("public"),
    group_rename: rename("private"),
    channel_archive: archive("public"),
    group_archive: archive("private"),
    channel_unarchive: unarchive("public"),
    group_unarchive: unarchive("private"),
    channel_deleted: remove("public"),
    group_deleted: remove("private"),
    channel_left: leave("public"),
    group_left: leave("private"),
    member_joined_channel: {
      prepare: (tag) => channelFor(story, { tag, kind: "public", withApp: false }),
      act: ({ channel = "" }) => slack.ask("say", { as: "ada", channel, text: "/invite @Tocsin" }),
      succeeded: async (subject) => (await destinationOf(story, subject)).state.kind === "ok",
    },
    channel_id_changed: channelProbe("private", {
      act: ({ channel = "" }) => slack.ask("shareChannel", { channel }),
      succeeded: async (subject) => (await destinationOf(story, subject)).channel.id !== subject.channel,
    }),
  };
}
