import { questionActions } from "../boomerang/answer-buttons.ts";
import { answerDialog } from "../boomerang/answer-dialog.ts";
import { askDialog, previewDialog } from "../boomerang/ask-dialog.ts";
import { suppressDialog } from "../boomerang/suppression/suppress-dialog.ts";
import { digestMenu } from "../deliver/slack-bot/digest/digest-menu.ts";
import { welcomeCheck } from "../deliver/slack-bot/welcome.ts";
import type { PublishHome } from "../interact/acting.ts";
import type { Dialog } from "../interact/dialog.ts";
import type { SlackAction } from "../interact/slack-action.ts";
import { snoozeDialog, snoozePreview } from "../silence/snooze-dialog.ts";
import { chooseDisposition, closeDialog } from "../triage/card/close-dialog.ts";
import { commentDialog } from "../triage/card/comment-dialogs.ts";
import { cardActions } from "../triage/card/controls.ts";
import { detailsActions, detailsDialog } from "../triage/details/on-details.ts";
import { publishHome } from "../triage/home/publish-home.ts";
import { keepDialog } from "../triage/mirror/keep-dialog.ts";

const actions: SlackAction[] = [
  ...cardActions,
  chooseDisposition,
  ...detailsActions,
  ...questionActions,
  digestMenu,
  welcomeCheck,
];

const dialogs: Dialog[] = [
  closeDialog,
  commentDialog,
  detailsDialog,
  askDialog,
  previewDialog,
  answerDialog,
  suppressDialog,
  snoozeDialog,
  snoozePreview,
  keepDialog,
];

/** What people can use in Slack: every control and every dialog that a click or a submission is passed on to. */
export const slackFeatures: {
  actions: readonly SlackAction[];
  dialogs: readonly Dialog[];
  publishHome: PublishHome;
} = { actions, dialogs, publishHome };
