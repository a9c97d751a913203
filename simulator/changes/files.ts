import type { ChangeContext } from "../callbacks/announce.ts";
import { messagePosted } from "../callbacks/message-events.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { addMessage } from "../workspace/write-message.ts";

type File = { user: string; name: string; text: string; threadTs?: string | undefined };

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
function fileWire({ team, now, makeId }: Workspace, { user, name }: File, isPublic: boolean) {
  const id = makeId("F");
  const extension = name.split(".").at(-1) ?? "";
  const { mimetype, pretty } = types[extension] ?? { mimetype: "application/octet-stream", pretty: "Binary" };
  const created = Math.floor(now() / 1000);
  const at = `https://files.slack.com/files-tmb/${team.id}-${id}/${name}`;
  return {
    id,
    created,
    timestamp: created,
    name,
    title: name,
    mimetype,
    filetype: extension,
    pretty_type: pretty,
    user,
    editable: false,
    size: 92_582,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: isPublic,
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
  };
}

/** Posts a file with a text in a channel and sends the event. */
export function uploadFile({ workspace, emit }: ChangeContext, channel: Channel, file: File): Message {
  const files = [fileWire(workspace, file, channel.kind === "public")];
  const { user, text, threadTs } = file;
  const more = { files, upload: false, display_as_bot: false };
  const message = addMessage(workspace, channel, { user, text, threadTs, subtype: "file_share", more });
  emit(messagePosted(workspace, channel, message), channel);
  return message;
}
