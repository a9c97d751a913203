import { cardBlocks, commentModal } from "../fixtures/card-blocks.ts";
import type { Answer, Setting } from "../fixtures/simulator-with-app.ts";
import { ada, type Cause, posted, security } from "./cause.ts";

const largeView = () => ({
  ...commentModal(),
  blocks: Array.from({ length: 100 }, () => ({
    type: "section",
    text: { type: "mrkdwn", text: "x".repeat(2900) },
  })),
});

/** Ada presses a button of a card: the time of the trigger that the app is sent. */
async function trigger(here: Setting): Promise<string> {
  const ts = await posted(here, { blocks: cardBlocks() });
  const use = { blockId: "controls:1", actionId: "view", picked: null };
  await here.slack.ask("use", { as: "ada", channel: security, ts, use });
  return String(Object(here.app.received.at(-1)?.payload).trigger_id);
}

const open = async (here: Setting, view: object = commentModal()) =>
  here.call("views.open", { trigger_id: await trigger(here), view });

const viewOf = (answer: Answer): { id: string; hash: string } => Object(answer.view);

const opening = (method: "views.open" | "views.push"): Cause[] => {
  const ready = async (here: Setting) => {
    if (method === "views.push") await open(here);
    return trigger(here);
  };
  const call = (here: Setting, trigger_id: string | undefined, view: object = commentModal()) =>
    here.call(method, { trigger_id, view });
  const cause = (error: string, because: string, run: Cause["call"]): Cause => ({
    method,
    error,
    because,
    call: run,
  });
  return [
    cause("invalid_trigger_id", "a trigger of nobody", (here) => call(here, "1.2.abc")),
    cause("exchanged_trigger_id", "a trigger that was used", async (here) => {
      const id = await ready(here);
      await here.call("views.open", { trigger_id: id, view: commentModal() });
      return call(here, id);
    }),
    cause("expired_trigger_id", "a trigger of four seconds ago", async (here) => {
      const id = await ready(here);
      here.pass(4000);
      return call(here, id);
    }),
    cause("invalid_arguments", "no trigger", (here) => call(here, undefined)),
    cause("view_too_large", "a dialog of 290 KB", async (here) => call(here, await ready(here), largeView())),
    cause("duplicate_external_id", "an own id that another dialog has", async (here) => {
      await open(here, { ...commentModal(), external_id: "mine" });
      return here.call("views.push", {
        trigger_id: await trigger(here),
        view: { ...commentModal(), external_id: "mine" },
      });
    }),
  ];
};

const updating = (error: string, because: string, more: (view: { id: string }) => object): Cause => ({
  method: "views.update",
  error,
  because,
  async call(here) {
    const view = viewOf(await open(here));
    return here.call("views.update", { view_id: view.id, view: commentModal(), ...more(view) });
  },
});

const home = { type: "home", blocks: [{ type: "divider" }] };

const publishing = (
  error: string,
  because: string,
  more: object,
  before?: (here: Setting) => Promise<unknown>,
): Cause => ({
  method: "views.publish",
  error,
  because,
  async call(here) {
    await before?.(here);
    return here.call("views.publish", { user_id: ada, view: home, ...more });
  },
});

export const viewCauses: Cause[] = [
  ...opening("views.open").filter(({ error }) => error !== "duplicate_external_id"),
  {
    method: "views.open",
    error: "duplicate_external_id",
    because: "an own id that somebody else's dialog has",
    async call(here) {
      const view = { ...commentModal(), external_id: "mine" };
      await here.call("views.publish", { user_id: ada, view: { ...home, external_id: "mine" } });
      return open(here, view);
    },
  },
  ...opening("views.push"),
  {
    method: "views.push",
    error: "not_found",
    because: "no dialog to lay another on",
    call: async (here) => here.call("views.push", { trigger_id: await trigger(here), view: commentModal() }),
  },
  {
    method: "views.push",
    error: "push_limit_reached",
    because: "three dialogs on one another",
    async call(here) {
      const push = async () =>
        here.call("views.push", { trigger_id: await trigger(here), view: commentModal() });
      await open(here);
      await push();
      await push();
      return push();
    },
  },
  updating("not_found", "a dialog of nobody", () => ({ view_id: "V0NOBODY01" })),
  updating("hash_conflict", "a dialog that has changed meanwhile", () => ({ hash: "1.2" })),
  updating("view_too_large", "a dialog of 290 KB", () => ({ view: largeView() })),
  updating("invalid_arguments", "a dialog without title", () => ({ view: { type: "modal", blocks: [] } })),
  {
    method: "views.update",
    error: "duplicate_external_id",
    because: "an own id that the home tab has",
    async call(here) {
      await here.call("views.publish", { user_id: ada, view: { ...home, external_id: "mine" } });
      const { id } = viewOf(await open(here));
      return here.call("views.update", { view_id: id, view: { ...commentModal(), external_id: "mine" } });
    },
  },
  publishing("not_enabled", "an app without a home tab", {}, (here) =>
    here.slack.ask("restrictApp", { homeTab: false }),
  ),
  publishing("hash_conflict", "a home tab that has changed meanwhile", { hash: "1.2" }, (here) =>
    here.call("views.publish", { user_id: ada, view: home }),
  ),
  publishing("invalid_arguments", "somebody who never was", { user_id: "U0NOBODY01" }),
  publishing("view_too_large", "a home tab of 290 KB", { view: { ...home, blocks: largeView().blocks } }),
  publishing(
    "duplicate_external_id",
    "an own id that a dialog has",
    { view: { ...home, external_id: "mine" } },
    (here) => open(here, { ...commentModal(), external_id: "mine" }),
  ),
];
