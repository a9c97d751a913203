import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { type ManifestSettings, setupApi } from "../../api/setup.ts";
import { credentialsOf, destinationOf, type FormValues } from "../../pages/slack-bot/form-values.ts";

interface Known {
  app: SlackAppBody;
  settings: ManifestSettings;
}

/** Sets the app up with what was typed of it, if anything was, and then adds the destination. */
export async function addDestination(
  { app, settings }: Known,
  values: FormValues & { confirmChannel: boolean },
) {
  const credentials = credentialsOf(values);
  if (app.mode === null || Object.keys(credentials).length > 0) {
    const { mode, threadMirror } = settings;
    await setupApi.changeSlackApp({ mode, threadMirror, ...credentials });
  }
  return setupApi.addDestination({ ...destinationOf(values), confirmChannel: values.confirmChannel });
}
