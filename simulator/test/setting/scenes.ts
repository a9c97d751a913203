import type { Page } from "playwright-core";
import { cardBlocks, commentModal } from "./card-blocks.ts";
import { everyBlock } from "./every-block.ts";
import { type Setting, security } from "./setting.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });

/** One thing that the page can show, and how a person comes to see it. */
export type Scene = { name: string; at: (here: Setting) => string; open: (page: Page) => Promise<unknown> };

const richMessage = [
  {
    type: "section",
    text: mrkdwn(
      "*Impossible travel* for <@U0EVE00001>: Berlin, then `203.0.113.7` in _Lima_ 9 minutes later.",
    ),
    fields: [
      "*Source*\nOkta.SystemLog",
      "*Events*\n3",
      "*First seen*\n14:02 CET",
      "*Owner*\n<@U0GRACE001>",
    ].map(mrkdwn),
    accessory: { type: "button", action_id: "open", text: plain("Open"), style: "primary" },
  },
  {
    type: "actions",
    block_id: "kinds",
    elements: [
      {
        type: "multi_static_select",
        action_id: "tags",
        placeholder: plain("Tags"),
        option_groups: [
          { label: plain("Cause"), options: ["VPN", "Travel", "Proxy"].map(option) },
          { label: plain("Next"), options: ["Call", "Block"].map(option) },
        ],
        initial_options: [option("VPN"), option("Call")],
      },
      { type: "channels_select", action_id: "where", placeholder: plain("Move to channel") },
      {
        type: "button",
        action_id: "block",
        text: plain("Block account"),
        style: "danger",
        confirm: {
          title: plain("Block Eve?"),
          text: plain("She is signed out."),
          confirm: plain("Block"),
          deny: plain("Not now"),
          style: "danger",
        },
      },
    ],
  },
  {
    type: "context",
    elements: [mrkdwn("Rule `Okta.ImpossibleTravel` · <https://tocsin.acme.example/a|#1042>")],
  },
];

const home = {
  type: "home",
  blocks: [
    { type: "header", text: plain("Yours to look at") },
    { type: "section", text: mrkdwn("*2 alerts* are assigned to you.") },
    { type: "divider" },
    {
      type: "section",
      text: mrkdwn("🔴 *Root shell on db-1*\nOpen for 12 minutes"),
      accessory: { type: "button", action_id: "go", text: plain("Show") },
    },
    {
      type: "actions",
      elements: [
        {
          type: "static_select",
          action_id: "sort",
          placeholder: plain("Sort by"),
          options: ["Age", "Severity"].map(option),
        },
      ],
    },
  ],
};

/** A channel with cards and people in it, a thread, direct messages and a home tab; and an app that minds them. */
export async function arrangeScenes({ slack, app, call }: Setting): Promise<void> {
  const say = (as: string, text: string, thread?: string) =>
    slack.ask("say", { as, channel: security, text, thread });
  await say(
    "grace",
    "Morning. I have the desk until noon, @Ada Lovelace takes over then: see #platform for the rota.",
  );
  await say("grace", "Two old ones are still open.");
  const { ts } = await call("chat.postMessage", {
    channel: security,
    text: "Impossible travel",
    blocks: richMessage,
  });
  await call("chat.postMessage", { channel: security, text: "Ada triaged the alert", thread_ts: ts });
  await say("eve", "That was me, on the hotel's network.", String(ts));
  const gone = await call("chat.postMessage", { channel: security, text: "Test alert" });
  await call("chat.postMessage", { channel: security, text: "A reply", thread_ts: gone.ts });
  await call("chat.delete", { channel: security, ts: gone.ts });
  const [one] = (await slack.ask("messages", { channel: security })).filter(({ text }) =>
    text.includes("old ones"),
  );
  await slack.ask("editMessage", {
    as: "grace",
    channel: security,
    ts: one?.ts ?? "",
    text: "Three old ones are still open.",
  });
  await call("chat.postMessage", {
    channel: security,
    text: "HIGH: Root shell on db-1",
    blocks: cardBlocks({ title: "Root shell on db-1" }),
  });
  await call("chat.postEphemeral", {
    channel: security,
    user: "U0MALLORY1",
    text: "You can't change this alert. Ask your Tocsin administrator to add you.",
  });
  await call("chat.postMessage", {
    channel: slack.users.eve.id,
    text: "Was this you?",
    blocks: [
      {
        type: "section",
        text: mrkdwn(
          "*Ada from Security* asks about something on your account:\nA sign-in from Lima at 14:02. *Was this you?*",
        ),
      },
      {
        type: "actions",
        elements: [
          { type: "button", action_id: "yes", text: plain("Yes, this was me") },
          { type: "button", action_id: "no", text: plain("No, this wasn't me"), style: "danger" },
        ],
      },
    ],
  });
  await call("chat.postMessage", { channel: platform, text: "Rarer blocks", blocks: everyBlock.message });
  await call("chat.postMessage", { channel: platform, text: "From the old days:", attachments });
  await call("views.publish", { user_id: slack.users.ada.id, view: home });
  await call("chat.postMessage", { channel: "C0NOWHERE00", text: "Lost" });
  app.answerWith(async ({ payload }) => {
    const { type, trigger_id, actions } = Object(payload);
    const view = actions?.[0].action_id === "form" ? everyBlock.modal : commentModal("Resolve #1042");
    if (type === "block_actions") await call("views.open", { trigger_id, view });
    return type === "view_submission"
      ? {
          body: {
            response_action: "errors",
            errors: { comment: "Say what you found, for whoever reads this next." },
          },
        }
      : {};
  });
}

const platform = "C0PLATFORM1";

const attachments = [
  {
    color: "#d40e0d",
    pretext: "Alertmanager says:",
    author_name: "node-exporter",
    title: "Disk nearly full",
    title_link: "https://prometheus.acme.example/",
    text: "*db-1* has `3 %` left on /var.",
    fields: [
      { title: "Host", value: "db-1", short: true },
      { title: "Severity", value: "High", short: true },
    ],
    footer: "Prometheus",
  },
  {
    color: "good",
    blocks: [
      { type: "section", text: mrkdwn("Blocks stand here too.") },
      { type: "actions", elements: [{ type: "button", action_id: "form", text: plain("Fill in") }] },
    ],
  },
];

const go =
  (as: string, rest = security) =>
  ({ slack }: Setting) =>
    `${slack.pageUrl}#/${as}/${rest}`;
const card = (page: Page) => page.getByRole("article").filter({ hasText: "Root shell" });

/** Every view of the page that people know from Slack. */
export const scenes: Scene[] = [
  { name: "channel", at: go("ada"), open: (page) => card(page).waitFor() },
  {
    name: "thread",
    at: go("ada"),
    async open(page) {
      await page.getByRole("button", { name: "2 replies" }).click();
      await page.getByLabel("Reply…").waitFor();
    },
  },
  {
    name: "dialog",
    at: go("ada"),
    async open(page) {
      await card(page).getByRole("button", { name: "Status: Open" }).click();
      await page.getByRole("option", { name: "Resolved" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Resolve" }).click();
      await dialog.getByText("Say what you found").waitFor();
    },
  },
  { name: "rare", at: go("ada", platform), open: (page) => page.getByText("Alertmanager says").waitFor() },
  {
    name: "form",
    at: go("ada", platform),
    async open(page) {
      await page.getByRole("button", { name: "Fill in" }).click();
      await page.getByRole("dialog").getByText("still open").waitFor();
    },
  },
  { name: "private", at: go("mallory"), open: (page) => page.getByText("Only visible to you").waitFor() },
  {
    name: "direct",
    at: go("eve"),
    async open(page) {
      await page
        .getByRole("navigation", { name: "Conversations" })
        .getByRole("button", { name: "Tocsin" })
        .click();
      await page.getByText("Was this you?").waitFor();
    },
  },
  {
    name: "home",
    at: go("ada"),
    async open(page) {
      await page
        .getByRole("navigation", { name: "Conversations" })
        .getByRole("button", { name: "Tocsin" })
        .click();
      await page.getByText("Yours to look at").waitFor();
    },
  },
  {
    name: "traffic",
    at: go("ada", `${security}?log`),
    async open(page) {
      await page.getByLabel("Filter calls").fill("chat.post");
      await page.getByText("channel_not_found").click();
      await page.getByText("Answered").waitFor();
    },
  },
  {
    name: "writing",
    at: go("ada"),
    async open(page) {
      await page.getByLabel("Message #security").fill("@");
      await page.getByRole("option", { name: "Grace Hopper" }).waitFor();
    },
  },
  {
    name: "menu",
    at: go("grace"),
    async open(page) {
      const mine = page.getByRole("article").filter({ hasText: "Three old ones" });
      await mine.hover();
      await mine.getByRole("button", { name: "More actions for this message" }).click();
      await page.getByRole("menuitem", { name: "Add to alert" }).waitFor();
    },
  },
];
