import type { ChangeContext } from "../callbacks/announce.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import type { Channel, ChannelKind } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { addMessage } from "../workspace/write-message.ts";

/** A file to share; it has a name but no content. */
export type NewFile = { name: string; id?: string; title?: string; size?: number };

/** A message that shares files. `botId` is set if an app shares them. */
export type FileMessage = {
  user: string;
  text: string;
  files: readonly NewFile[];
} & Partial<Pick<Message, "botId" | "threadTs" | "blocks">>;

const types: Record<string, { mimetype: string; pretty: string } | undefined> = {
  csv: { mimetype: "text/csv", pretty: "CSV" },
  pdf: { mimetype: "application/pdf", pretty: "PDF" },
  png: { mimetype: "image/png", pretty: "PNG" },
  txt: { mimetype: "text/plain", pretty: "Plain Text" },
};

const [width, height] = [1134, 362];

/** The thumbnails of a picture, in all sizes below the picture's own. */
function thumbnails(at: string) {
  const small = [64, 80, 160].map((size) => [`thumb_${size}`, `${at}_${size}.png`]);
  const large = [360, 480, 720, 800, 960, 1024].flatMap((size) => [
    [`thumb_${size}`, `${at}_${size}.png`],
    [`thumb_${size}_w`, size],
    [`thumb_${size}_h`, Math.round((size * height) / width)],
  ]);
  return {
    ...Object.fromEntries([...small, ...large]),
    original_w: width,
    original_h: height,
    thumb_tiny: "",
  };
}

/** A file in Slack's format. Its URLs lead nowhere: files have no content here. */
export function fileWire(
  { team, now, makeId }: Workspace,
  { name, id = makeId("F"), title = name, size = 92_582 }: NewFile,
  { user, channels }: { user: string; channels: readonly Channel[] },
) {
  const idsOf = (...kinds: ChannelKind[]) =>
    channels.filter(({ kind }) => kinds.includes(kind)).map((channel) => channel.id);
  const extension = name.split(".").at(-1) ?? "";
  const { mimetype, pretty } = types[extension] ?? { mimetype: "application/octet-stream", pretty: "Binary" };
  const created = Math.floor(now() / 1000);
  const at = `https://files.slack.com/files-tmb/${team.id}-${id}/${name}`;
  return {
    id,
    created,
    timestamp: created,
    name,
    title,
    mimetype,
    filetype: extension,
    pretty_type: pretty,
    user,
    editable: false,
    size,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: idsOf("public").length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: `https://files.slack.com/files-pri/${team.id}-${id}/${name}`,
    url_private_download: `https://files.slack.com/files-pri/${team.id}-${id}/download/${name}`,
    media_display_type: "unknown",
    ...(mimetype.startsWith("image/") && thumbnails(at)),
    permalink: `https://${team.domain}.slack.com/files/${user}/${id}/${name}`,
    permalink_public: `https://slack-files.com/${team.id}-${id}`,
    has_rich_preview: false,
    file_access: "visible",
    channels: idsOf("public"),
    groups: idsOf("private", "mpim"),
    ims: idsOf("im"),
    comments_count: 0,
  };
}

/** Posts files with a text in a channel and sends the events. */
export function shareFiles(
  { workspace, emit }: ChangeContext,
  channel: Channel,
  { files, ...given }: FileMessage,
): Message {
  const { user, botId } = given;
  const wires = files.map((file) => fileWire(workspace, file, { user, channels: [channel] }));
  const more = { files: wires, upload: false, display_as_bot: botId !== undefined };
  const message = addMessage(workspace, channel, { ...given, subtype: "file_share", more });
  for (const { id } of wires) {
    const about = { channel_id: channel.id, file_id: id, user_id: user, file: { id } };
    emit({ type: "file_shared", ...about, event_ts: workspace.makeTs() }, channel);
  }
  emit(messagePosted(workspace, channel, message), channel);
  return message;
}
