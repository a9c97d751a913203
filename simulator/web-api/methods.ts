import { authRevoke, authTeamsList, authTest } from "./auth.ts";
import { botsInfo } from "./bots.ts";
import { deleteMessage } from "./chat/delete.ts";
import { getPermalink } from "./chat/get-permalink.ts";
import { postEphemeral } from "./chat/post-ephemeral.ts";
import { postMessage } from "./chat/post-message.ts";
import { deleteScheduled, listScheduled, schedule } from "./chat/schedule.ts";
import { update as updateMessage } from "./chat/update.ts";
import { create } from "./conversations/create.ts";
import { history, replies } from "./conversations/history.ts";
import { info as channelInfo, members } from "./conversations/info.ts";
import { invite } from "./conversations/invite.ts";
import { join } from "./conversations/join.ts";
import { listChannels as channelList, conversations } from "./conversations/list.ts";
import { open as openConversation } from "./conversations/open.ts";
import { completeUpload } from "./files/complete-upload.ts";
import { getUploadUrl } from "./files/get-upload-url.ts";
import type { Method } from "./method.ts";
import { add as pinAdd, list as pinList, remove as pinRemove } from "./pins.ts";
import { add as reactionAdd, get as reactionGet, remove as reactionRemove } from "./reactions.ts";
import { teamInfo } from "./team.ts";
import { lookupByEmail, profileGet, usergroupsList, info as userInfo, list as userList } from "./users.ts";
import { open as openView, publish, push as pushView, update as updateView } from "./views.ts";

/** All simulated Web API methods by name. Others answer `unknown_method`. */
export const methods: ReadonlyMap<string, Method> = new Map(
  [
    authRevoke,
    authTeamsList,
    authTest,
    botsInfo,
    channelInfo,
    channelList,
    completeUpload,
    conversations,
    create,
    deleteScheduled,
    deleteMessage,
    getPermalink,
    getUploadUrl,
    history,
    invite,
    join,
    listScheduled,
    lookupByEmail,
    members,
    openConversation,
    openView,
    pinAdd,
    pinList,
    pinRemove,
    postEphemeral,
    postMessage,
    profileGet,
    publish,
    pushView,
    reactionAdd,
    reactionGet,
    reactionRemove,
    replies,
    schedule,
    teamInfo,
    updateMessage,
    updateView,
    usergroupsList,
    userInfo,
    userList,
  ].map((method) => [method.name, method]),
);
