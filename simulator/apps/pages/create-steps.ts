import { createApp } from "../create-app.ts";
import { readManifest, writeManifest } from "../manifest/read-manifest.ts";
import type { ManifestError } from "../manifest/schema/manifest.ts";
import { read, type Visit } from "./visit.ts";

const steps = ["choose", "workspace", "manifest", "review"] as const;
type Step = (typeof steps)[number];

/** The state of the dialog that creates an app. */
export type Draft = { step: Step; team: string; format: "yaml" | "json"; text: string };

const demoManifest = `display_information:
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

/** The first state of the dialog: with a demo manifest, or with the one from the link that opened it. */
export function firstDraft(query: URLSearchParams): Draft {
  const yaml = query.get("manifest_yaml");
  const json = query.get("manifest_json");
  const text = yaml ?? json;
  if (text === null) return { step: "choose", team: "", format: "yaml", text: demoManifest };
  return { step: "workspace", team: "", format: yaml === null ? "json" : "yaml", text };
}

const readDraft = (form: FormData): Draft => ({
  step: steps.find((step) => step === read(form, "step")) ?? "choose",
  team: read(form, "team") ?? "",
  format: read(form, "format") === "json" ? "json" : "yaml",
  text: read(form, "text") ?? "",
});

/** Converts the draft to another format if it is valid; otherwise returns it unchanged. */
function translate(draft: Draft, format: Draft["format"]): Draft {
  const checked = readManifest(draft.text, draft.format);
  if (!checked.ok) return draft;
  return { ...draft, format, text: writeManifest(checked.manifest, format) };
}

const moveStep = (draft: Draft, by: 1 | -1): Draft => ({
  ...draft,
  step: steps[steps.indexOf(draft.step) + by] ?? draft.step,
});

type StepResult = { to: string } | { draft: Draft; errors: readonly ManifestError[] };

const showDraft = (draft: Draft, errors: readonly ManifestError[] = []): StepResult => ({ draft, errors });

function create({ simulator, user }: Visit, draft: Draft): StepResult {
  const checked = readManifest(draft.text, draft.format);
  const workspace = simulator.world.workspaces.get(draft.team);
  if (!checked.ok) return showDraft({ ...draft, step: "manifest" }, checked.errors);
  if (!workspace)
    return showDraft({ ...draft, step: "workspace" }, [{ message: "Please pick a workspace", pointer: "" }]);
  const given = { manifest: checked.manifest, teamId: workspace.team.id, createdBy: user.id };
  return { to: `/apps/${createApp(simulator.world, given).id}` };
}

/** Handles a button of the dialog: go on, go back, switch the format, or create the app. */
export function takeStep(visit: Visit, form: FormData): StepResult {
  const draft = readDraft(form);
  const checked = readManifest(draft.text, draft.format);
  const go = read(form, "go");
  if (go === "yaml" || go === "json") {
    const errors = checked.ok || go === draft.format ? [] : checked.errors;
    return showDraft(translate(draft, go), errors);
  }
  if (go === "cancel") return { to: "/apps" };
  if (go === "back") return showDraft(moveStep(draft, -1));
  if (go === "create") return create(visit, draft);
  return draft.step === "manifest" && !checked.ok
    ? showDraft(draft, checked.errors)
    : showDraft(moveStep(draft, 1));
}
