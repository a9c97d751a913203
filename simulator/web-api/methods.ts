import { deleteMessage } from "./chat/delete.ts";
import { getPermalink } from "./chat/get-permalink.ts";
import { postEphemeral } from "./chat/post-ephemeral.ts";
import { postMessage } from "./chat/post-message.ts";
import { update as updateMessage } from "./chat/update.ts";
import { info as channelInfo } from "./conversations/info.ts";
import { join } from "./conversations/join.ts";
import { list as channelList } from "./conversations/list.ts";
import { members } from "./conversations/members.ts";
import { open as openConversation } from "./conversations/open.ts";
import { authRevoke } from "./identity/auth-revoke.ts";
import { authTeamsList } from "./identity/auth-teams-list.ts";
import { authTest } from "./auth.ts";
import { botsInfo } from "./bots.ts";
import { teamInfo } from "./team.ts";
import { usergroupsList } from "./identity/usergroups-list.ts";
import type { Method } from "./method.ts";
import { addReaction } from "./reactions.ts";
import { history } from "./reading/history.ts";
import { replies } from "./reading/replies.ts";
import { conversations } from "./users/conversations.ts";
import { info as userInfo } from "./users/info.ts";
import { list as userList } from "./users.ts";
import { lookupByEmail } from "./users/lookup-by-email.ts";
import { open as openView } from "./views/open.ts";
import { publish } from "./views/publish.ts";
import { push as pushView } from "./views.ts";
import { update as updateView } from "./views/update.ts";

/** The Web API as far as it goes, by name. A method that isn't here answers `unknown_method`. */
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
