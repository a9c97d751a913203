const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const options = ["VPN", "Travel", "Proxy"].map((text) => ({
  ...option(text),
  description: plain("A cause"),
}));

const pickers = [
  { type: "datepicker", action_id: "day", initial_date: "2026-11-27", placeholder: plain("Day") },
  { type: "timepicker", action_id: "hour", initial_time: "14:05", timezone: "Europe/Berlin" },
  { type: "datetimepicker", action_id: "moment", initial_date_time: 1_795_600_000 },
  { type: "multi_conversations_select", action_id: "places", placeholder: plain("Places") },
  { type: "multi_channels_select", action_id: "channels", placeholder: plain("Channels") },
];

const richText = {
  type: "rich_text",
  elements: [
    {
      type: "rich_text_section",
      elements: [
        { type: "text", text: "Seen by " },
        { type: "user", user_id: "U0EVE00001" },
      ],
    },
    {
      type: "rich_text_list",
      style: "bullet",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "once" }] }],
    },
  ],
};

const markdown = `## What happened
A **sign-in** from _Lima_, see [the log](https://tocsin.acme.example/a).
1. Berlin at 14:02
2. Lima at 14:11

> That was not me

\`\`\`
203.0.113.7
\`\`\``;

const input = (element: { type: string; [key: string]: unknown }, more: object = {}) => ({
  type: "input",
  block_id: element.type,
  label: plain(element.type.replaceAll("_", " ")),
  element: { action_id: "a", ...element },
  ...more,
});

/** What is rarer than a card's blocks: in a message, and in a dialog. */
export const everyBlock = {
  message: [
    {
      type: "image",
      image_url: "https://pictures.invalid/map.png",
      alt_text: "A map of Lima",
      title: plain("Where"),
    },
    { type: "markdown", text: markdown },
    { type: "divider" },
    {
      type: "table",
      column_settings: [{ is_wrapped: true }, { align: "right" }],
      rows: [
        [
          { type: "raw_text", text: "Address" },
          { type: "raw_text", text: "Sign-ins" },
        ],
        [
          { type: "rich_text", elements: richText.elements.slice(0, 1) },
          { type: "raw_text", text: "12" },
        ],
      ],
    },
    richText,
    {
      type: "section",
      text: mrkdwn("*Cause*"),
      accessory: { type: "radio_buttons", action_id: "cause", options, initial_option: options[0] },
    },
    {
      type: "section",
      text: mrkdwn("*Done*"),
      accessory: { type: "checkboxes", action_id: "done", options, initial_options: options.slice(1, 2) },
    },
    { type: "actions", block_id: "pickers", elements: pickers },
    {
      type: "context",
      elements: [
        { type: "image", slack_file: { id: "F0PICTURE01" }, alt_text: "Okta" },
        mrkdwn("Rule `Okta.ImpossibleTravel`"),
      ],
    },
  ],
  modal: {
    type: "modal",
    callback_id: "every",
    title: plain("Every input"),
    submit: plain("Send"),
    blocks: [
      { type: "alert", level: "warning", text: mrkdwn("The account is *still open*.") },
      input({ type: "email_text_input", placeholder: plain("eve@acme.example") }),
      input({ type: "url_text_input" }, { optional: true }),
      input({ type: "number_input", is_decimal_allowed: false, min_value: "1", max_value: "10" }),
      input(
        { type: "rich_text_input", initial_value: richText },
        { hint: plain("Whoever reads this is Eve") },
      ),
      input({ type: "datepicker" }),
      input({ type: "timepicker", initial_time: "09:00" }),
      input({ type: "datetimepicker" }, { optional: true }),
      input({ type: "radio_buttons", options }),
      input({ type: "checkboxes", options }, { optional: true }),
    ],
  },
};
