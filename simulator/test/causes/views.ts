import { cardBlocks, commentModal } from "../fixtures/card-blocks.ts";
import type { Answer, SimulatorWithApp } from "../fixtures/simulator-with-app.ts";
import { ada, type Cause, posted, security } from "./cause.ts";

const largeView = () => ({
  ...commentModal(),
  blocks: Array.from({ length: 100 }, () => ({
    type: "section",
    text: { type: "mrkdwn", text: "x".repeat(2900) },
  })),
});

/** Presses a button of a card as Ada and returns the trigger_id that the app got. */
async function trigger(env: SimulatorWithApp): Promise<string> {
  const ts = await posted(env, { blocks: cardBlocks() });
  const use = { blockId: "controls:1", actionId: "view", picked: null };
  await env.slack.ask("use", { as: "ada", channel: security, ts, use });
  return String(Object(env.app.received.at(-1)?.payload).trigger_id);
}

const open = async (env: SimulatorWithApp, view: object = commentModal()) =>
  env.call("views.open", { trigger_id: await trigger(env), view });

const viewOf = (answer: Answer): { id: string; hash: string } => Object(answer.view);

const opening = (method: "views.open" | "views.push"): Cause[] => {
  const ready = async (env: SimulatorWithApp) => {
    if (method === "views.push") await open(env);
    return trigger(env);
  };
  const call = (env: SimulatorWithApp, trigger_id: string | undefined, view: object = commentModal()) =>
    env.call(method, { trigger_id, view });
  const cause = (error: string, situation: string, run: Cause["call"]): Cause => ({
    method,
    error,
    situation,
    call: run,
  });
  return [
    cause("invalid_trigger_id", "an unknown trigger", (env) => call(env, "1.2.abc")),
    cause("exchanged_trigger_id", "a used trigger", async (env) => {
      const id = await ready(env);
      await env.call("views.open", { trigger_id: id, view: commentModal() });
      return call(env, id);
    }),
    cause("expired_trigger_id", "a trigger from four seconds ago", async (env) => {
      const id = await ready(env);
      env.pass(4000);
      return call(env, id);
    }),
    cause("invalid_arguments", "a missing trigger", (env) => call(env, undefined)),
    cause("view_too_large", "a dialog of 290 KB", async (env) => call(env, await ready(env), largeView())),
    cause("duplicate_external_id", "an external_id that another dialog has", async (env) => {
      await open(env, { ...commentModal(), external_id: "mine" });
      return env.call("views.push", {
        trigger_id: await trigger(env),
        view: { ...commentModal(), external_id: "mine" },
      });
    }),
  ];
};

const updating = (error: string, situation: string, more: (view: { id: string }) => object): Cause => ({
  method: "views.update",
  error,
  situation,
  async call(env) {
    const view = viewOf(await open(env));
    return env.call("views.update", { view_id: view.id, view: commentModal(), ...more(view) });
  },
});

const home = { type: "home", blocks: [{ type: "divider" }] };

const publishing = (
  error: string,
  situation: string,
  more: object,
  before?: (env: SimulatorWithApp) => Promise<unknown>,
): Cause => ({
  method: "views.publish",
  error,
  situation,
  async call(env) {
    await before?.(env);
    return env.call("views.publish", { user_id: ada, view: home, ...more });
  },
});

export const viewCauses: Cause[] = [
  ...opening("views.open").filter(({ error }) => error !== "duplicate_external_id"),
  {
    method: "views.open",
    error: "duplicate_external_id",
    situation: "an external_id that the home tab has",
    async call(env) {
      const view = { ...commentModal(), external_id: "mine" };
      await env.call("views.publish", { user_id: ada, view: { ...home, external_id: "mine" } });
      return open(env, view);
    },
  },
  ...opening("views.push"),
  {
    method: "views.push",
    error: "not_found",
    situation: "a person without an open dialog",
    call: async (env) => env.call("views.push", { trigger_id: await trigger(env), view: commentModal() }),
  },
  {
    method: "views.push",
    error: "push_limit_reached",
    situation: "a person with three stacked dialogs",
    async call(env) {
      const push = async () =>
        env.call("views.push", { trigger_id: await trigger(env), view: commentModal() });
      await open(env);
      await push();
      await push();
      return push();
    },
  },
  updating("not_found", "an unknown dialog", () => ({ view_id: "V0NOBODY01" })),
  updating("hash_conflict", "a dialog that has changed in the meantime", () => ({ hash: "1.2" })),
  updating("view_too_large", "a dialog of 290 KB", () => ({ view: largeView() })),
  updating("invalid_arguments", "a dialog without a title", () => ({ view: { type: "modal", blocks: [] } })),
  {
    method: "views.update",
    error: "duplicate_external_id",
    situation: "an external_id that the home tab has",
    async call(env) {
      await env.call("views.publish", { user_id: ada, view: { ...home, external_id: "mine" } });
      const { id } = viewOf(await open(env));
      return env.call("views.update", { view_id: id, view: { ...commentModal(), external_id: "mine" } });
    },
  },
  publishing("not_enabled", "an app without a home tab", {}, (env) =>
    env.slack.ask("restrictApp", { homeTab: false }),
  ),
  publishing("hash_conflict", "a home tab that has changed in the meantime", { hash: "1.2" }, (env) =>
    env.call("views.publish", { user_id: ada, view: home }),
  ),
  publishing("invalid_arguments", "an unknown user", { user_id: "U0NOBODY01" }),
  publishing("view_too_large", "a home tab of 290 KB", { view: { ...home, blocks: largeView().blocks } }),
  publishing(
    "duplicate_external_id",
    "an external_id that a dialog has",
    { view: { ...home, external_id: "mine" } },
    (env) => open(env, { ...commentModal(), external_id: "mine" }),
  ),
];
