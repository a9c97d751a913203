import { createApp } from "../create-app.ts";
import { readManifest, writeManifest } from "../manifest/read-manifest.ts";
import type { ManifestError } from "../manifest/schema/manifest.ts";
import { read, type Visit } from "./visit.ts";

const steps = ["choose", "workspace", "manifest", "review"] as const;
type Step = (typeof steps)[number];

/** How far somebody has come with making an app. */
export type Draft = { step: Step; team: string; format: "yaml" | "json"; text: string };

const demo = `display_information:
  name: Demo App
features:
  bot_user:
    display_name: Demo App
    always_online: false
oauth_config:
  scopes:
    bot:
      - chat:write
settings:
  org_deploy_enabled: false
  socket_mode_enabled: false
  token_rotation_enabled: false
`;

/** Where the dialog starts: at its beginning with a manifest to be replaced, or with the one of a link. */
export function firstDraft(query: URLSearchParams): Draft {
  const yaml = query.get("manifest_yaml");
  const json = query.get("manifest_json");
  const text = yaml ?? json;
  if (text === null) return { step: "choose", team: "", format: "yaml", text: demo };
  return { step: "workspace", team: "", format: yaml === null ? "json" : "yaml", text };
}

const readDraft = (form: FormData): Draft => ({
  step: steps.find((step) => step === read(form, "step")) ?? "choose",
  team: read(form, "team") ?? "",
  format: read(form, "format") === "json" ? "json" : "yaml",
  text: read(form, "text") ?? "",
});

/** The draft in the other language, when it can be read; else as it is. */
function translate(draft: Draft, format: Draft["format"]): Draft {
  const checked = readManifest(draft.text, draft.format);
  if (!checked.ok) return draft;
  return { ...draft, format, text: writeManifest(checked.manifest, format) };
}

/** The step before or after. */
const stepped = (draft: Draft, by: 1 | -1): Draft => ({
  ...draft,
  step: steps[steps.indexOf(draft.step) + by] ?? draft.step,
});

type Taken = { to: string } | { draft: Draft; errors: readonly ManifestError[] };

const on = (draft: Draft, errors: readonly ManifestError[] = []): Taken => ({ draft, errors });

function create({ simulator, user }: Visit, draft: Draft): Taken {
  const checked = readManifest(draft.text, draft.format);
  const home = simulator.world.workspaces.get(draft.team);
  if (!checked.ok) return on({ ...draft, step: "manifest" }, checked.errors);
  if (!home)
    return on({ ...draft, step: "workspace" }, [{ message: "Please pick a workspace", pointer: "" }]);
  const given = { manifest: checked.manifest, teamId: home.team.id, createdBy: user.id };
  return { to: `/apps/${createApp(simulator.world, given).id}` };
}

/** What a button of the dialog does: goes on, back, to the other language, or makes the app. */
export function takeStep(visit: Visit, form: FormData): Taken {
  const draft = readDraft(form);
  const checked = readManifest(draft.text, draft.format);
  const go = read(form, "go");
  if (go === "yaml" || go === "json") {
    const errors = checked.ok || go === draft.format ? [] : checked.errors;
    return on(translate(draft, go), errors);
  }
  if (go === "cancel") return { to: "/apps" };
  if (go === "back") return on(stepped(draft, -1));
  if (go === "create") return create(visit, draft);
  return draft.step === "manifest" && !checked.ok ? on(draft, checked.errors) : on(stepped(draft, 1));
}
