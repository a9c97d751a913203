import { authRevoke, authTeamsList, authTest } from "./auth.ts";
import { botsInfo } from "./bots.ts";
import { deleteMessage } from "./chat/delete.ts";
import { getPermalink } from "./chat/get-permalink.ts";
import { postEphemeral } from "./chat/post-ephemeral.ts";
import { postMessage } from "./chat/post-message.ts";
import { update as updateMessage } from "./chat/update.ts";
import { history, replies } from "./conversations/history.ts";
import { info as channelInfo, members } from "./conversations/info.ts";
import { join } from "./conversations/join.ts";
import { listChannels as channelList, conversations } from "./conversations/list.ts";
import { open as openConversation } from "./conversations/open.ts";
import type { Method } from "./method.ts";
import { addReaction } from "./reactions.ts";
import { teamInfo } from "./team.ts";
import { lookupByEmail, usergroupsList, info as userInfo, list as userList } from "./users.ts";
import { open as openView, publish, push as pushView, update as updateView } from "./views.ts";

/** All simulated Web API methods by name. Others answer `unknown_method`. */
export const methods: ReadonlyMap<string, Method> = new Map(
  [
    addReaction,
    authRevoke,
    authTeamsList,
    authTest,
    botsInfo,
    channelInfo,
    channelList,
    conversations,
    deleteMessage,
    getPermalink,
    history,
    join,
    lookupByEmail,
    members,
    openConversation,
    openView,
    postEphemeral,
    postMessage,
    publish,
    pushView,
    replies,
    teamInfo,
    updateMessage,
    updateView,
    usergroupsList,
    userInfo,
    userList,
  ].map((method) => [method.name, method]),
);
