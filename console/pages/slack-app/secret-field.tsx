import { TextInput } from "@mantine/core";
import type { ChangeEvent } from "react";
import type { SlackAppBody } from "../../../src/connect/contract.ts";
import { Icon } from "../../components/icon.tsx";
import css from "./slack-app.module.css";

interface Props {
  label: string;
  /** Where to find the value in Slack. */
  where: string;
  set: boolean;
  /** The form can't be saved without it, now or stored. */
  needed?: boolean;
  name: string;
  value: string;
  error: string | undefined;
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  /** "text" shows the value while it is typed. */
  type?: "text" | "password";
}

/** A secret that can be set but never read back. */
export function SecretField({ label, where, set, needed = false, ...input }: Props) {
  return (
    <TextInput
      type="password"
      autoComplete="off"
      spellCheck={false}
      description={`In Slack: ${where}`}
      withAsterisk={needed && !set}
      placeholder={set ? "Leave empty to keep it" : undefined}
      label={
        <>
          {label}
          {set ? (
            <span className={css.set}>
              <Icon name="check" size={12} /> set
            </span>
          ) : null}
        </>
      }
      {...input}
    />
  );
}

/** In place of the fields for secrets: why they are missing, what works without them, and whom to ask. */
export function SecretsNote({ app, possible }: { app: SlackAppBody; possible: string }) {
  const names = new Intl.ListFormat("en", { type: "disjunction" }).format(app.secretsBy);
  return (
    <div className={css.note} role="note">
      <p>
        <strong>Changing secrets also needs the permission Manage Users</strong>, because they allow acting as
        anybody in Slack. {possible}
      </p>
      <p>To change them, ask {names || "an administrator"}.</p>
    </div>
  );
}
