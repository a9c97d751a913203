import type { SlackAppBody } from "../../../src/connect/contract.ts";
import type { SlackChecked } from "../../../src/http/contract/slack-check.ts";
import { SecretField } from "../slack-app/secret-field.tsx";
import type { FormFields } from "../../slack-bot/form/form-fields.ts";
import type { FormValues } from "./form-values.ts";
import { Verdict } from "../../slack-bot/form/verdict.tsx";

type Name = keyof SlackAppBody["secretsSet"];

const places: Record<Name, { label: string; where: string }> = {
  clientId: { label: "Client ID", where: "Basic Information > App Credentials" },
  clientSecret: { label: "Client Secret", where: "Basic Information > App Credentials > Show" },
  signingSecret: { label: "Signing Secret", where: "Basic Information > App Credentials > Show" },
  botToken: {
    label: "Bot OAuth Token",
    where: "OAuth & Permissions > Bot User OAuth Token, which begins with xoxb-",
  },
  appToken: {
    label: "App-Level Token",
    where: "Basic Information > App-Level Tokens, with connections:write; it begins with xapp-",
  },
};
const always: Name[] = ["clientId", "clientSecret", "signingSecret", "botToken"];

interface Props {
  mode: "http" | "socket";
  set: SlackAppBody["secretsSet"];
  fields: FormFields<FormValues>;
  /** What Slack says of them. */
  verdicts: SlackChecked["fields"];
}

/** The app's values, each with where it stands in Slack. What is set is kept while its field is empty. */
export function Credentials({ mode, set, fields, verdicts }: Props) {
  const names: Name[] = mode === "socket" ? [...always, "appToken"] : always;
  return names.map((name) => (
    <div key={name}>
      <SecretField
        label={places[name].label}
        where={places[name].where}
        set={set[name]}
        type={name === "clientId" ? "text" : "password"}
        {...fields.text(name)}
      />
      <Verdict verdict={fields.errorAt(name) ? undefined : verdicts[name]} />
    </div>
  ));
}
