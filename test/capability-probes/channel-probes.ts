import type { Story } from "../tocsin/story.ts";
import { allHeard, channelFor, destinationOf, type Probe, type Subject } from "./probe.ts";

type Kind = "public" | "private";
type Find = Pick<Probe, "act" | "done">;

/** What happens to a channel, and shows at its destination. Private channels have events of their own. */
export function channelProbes(story: Story): Record<string, Probe> {
  const { slack } = story;
  const shows = (fault: string) => async (subject: Subject) =>
    (await destinationOf(story, subject)).state.fault === fault;
  const find = (kind: Kind, { act, done }: Find): Probe => ({
    prepare: (tag) => channelFor(story, { tag, kind }),
    act,
    done,
  });
  const rename = (kind: Kind) =>
    find(kind, {
      act: ({ channel = "", tag }) => slack.ask("renameChannel", { channel, name: `${tag}-now` }),
      done: async (subject) => (await destinationOf(story, subject)).channel.name === `${subject.tag}-now`,
    });
  const archive = (kind: Kind) =>
    find(kind, {
      act: ({ channel = "" }) => slack.ask("archiveChannel", { channel }),
      done: shows("is_archived"),
    });
  const unarchive = (kind: Kind): Probe => ({
    async prepare(tag) {
      const subject = await channelFor(story, { tag, kind });
      await slack.ask("archiveChannel", { channel: subject.channel ?? "" });
      await allHeard(story);
      return subject;
    },
    act: ({ channel = "" }) => slack.ask("archiveChannel", { channel, archived: false }),
    done: async (subject) => !(await shows("is_archived")(subject)),
  });
  const remove = (kind: Kind) =>
    find(kind, {
      act: ({ channel = "" }) => slack.ask("deleteChannel", { channel }),
      done: shows("channel_not_found"),
    });
  const leave = (kind: Kind) =>
    find(kind, {
      act: ({ channel = "" }) => slack.ask("say", { as: "ada", channel, text: "/remove @Tocsin" }),
      done: shows("not_in_channel"),
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
      done: async (subject) => (await destinationOf(story, subject)).state.kind === "ok",
    },
    channel_id_changed: find("private", {
      act: ({ channel = "" }) => slack.ask("shareChannel", { channel }),
      done: async (subject) => (await destinationOf(story, subject)).channel.id !== subject.channel,
    }),
  };
}
