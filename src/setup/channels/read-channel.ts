import type { Refusal } from "../../alert/refusal.ts";

/** How somebody named a channel. */
export type ChannelReference = { kind: "id"; id: string } | { kind: "name"; name: string };

const id = /^[CG][A-Z0-9]{7,20}$/;
/** The end of a link as Slack copies it, to the channel or to a message in it, from the app or the web. */
const inLink = /^\/(?:archives|client\/[TE][A-Z0-9]+)\/([CG][A-Z0-9]{7,20})(?:\/|$)/;

/** Reads a channel's id, its name with or without `#`, or a link to it. */
export function readChannel(text: string): ChannelReference | Refusal {
  const given = text.trim();
  const url = /^https?:\/\//.test(given) ? URL.parse(given) : null;
  if (url) return fromLink(url);
  if (id.test(given)) return { kind: "id", id: given };
  if (/^[DUW][A-Z0-9]{7,20}$/.test(given)) {
    return refused(`${given} is a person or a direct message. Alerts go to a channel, which a team can see.`);
  }
  const name = given.replace(/^#/, "").toLowerCase();
  return name ? { kind: "name", name } : refused("Name the channel, as #security.");
}

function fromLink({ hostname, pathname }: URL): ChannelReference | Refusal {
  const found = /(^|\.)slack(-gov)?\.com$/.test(hostname) ? inLink.exec(pathname)?.[1] : undefined;
  if (found) return { kind: "id", id: found };
  return refused(
    "This link doesn't lead to a channel. In Slack, take Copy > Copy link from the channel's menu.",
  );
}

function refused(why: string): Refusal {
  return { refused: "invalid", field: "channel", why };
}
