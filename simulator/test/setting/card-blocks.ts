const plain = (text: string) => ({ type: "plain_text", text, emoji: false });
const option = (text: string, value = text.toUpperCase()) => ({ text: plain(text), value });
const statuses = [option("Open"), option("Triaged"), option("Resolved"), option("Invalid", "CLOSED")];

type Given = { title?: string; status?: string; assignee?: string; controls?: string; note?: string };

/** A card like Tocsin's: header, state, and the controls under `block_id: controls`. */
export const cardBlocks = ({
  title = "Impossible travel",
  status = "OPEN",
  assignee,
  controls = "controls:1",
  note = "Open · unassigned",
}: Given = {}) => [
  { type: "header", block_id: "head", text: plain(`🔴 HIGH  ${title}`) },
  { type: "context", block_id: "state", elements: [plain(note)] },
  {
    type: "actions",
    block_id: controls,
    elements: [
      {
        type: "button",
        action_id: "view",
        text: plain("View in Tocsin"),
        url: "https://tocsin.acme.example/a",
      },
      {
        type: "users_select",
        action_id: "assign",
        placeholder: plain("Assign to…"),
        ...(assignee && { initial_user: assignee }),
      },
      {
        type: "static_select",
        action_id: "status",
        placeholder: plain("Status"),
        options: statuses,
        initial_option: statuses.find(({ value }) => value === status),
      },
      {
        type: "overflow",
        action_id: "more",
        options: [option("Assign to me", "assign-me"), option("Unassign", "unassign")],
      },
    ],
  },
];

/** A dialog that asks for a comment. */
export const commentModal = (title = "Resolve #1") => ({
  type: "modal",
  callback_id: "resolve",
  title: plain(title),
  submit: plain("Resolve"),
  close: plain("Cancel"),
  notify_on_close: true,
  private_metadata: "alert 1",
  blocks: [
    {
      type: "input",
      block_id: "comment",
      optional: true,
      label: plain("What did you find?"),
      element: { type: "plain_text_input", action_id: "text", multiline: true, max_length: 1000 },
    },
  ],
});
