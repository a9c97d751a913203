import { ActionIcon, Button, Input, TextInput } from "@mantine/core";
import type { SlackBotBody } from "../../../../src/deliver/slack-bot/contract.ts";
import { Icon } from "../../../components/icon.tsx";
import css from "../destinations.module.css";

type LinkButton = SlackBotBody["linkButtons"][number];

interface Props {
  value: LinkButton[];
  /** By position and part, such as `0.url`; an empty key for the list as a whole. */
  errors: Map<string, string>;
  onChange: (buttons: LinkButton[]) => void;
}

const maxButtons = 3;
const emptyButton: LinkButton = { label: "", url: "" };

/** The link buttons that a destination adds to its cards. */
export function LinkButtons({ value: buttons, errors, onChange }: Props) {
  const setButton = (index: number, button: LinkButton) => onChange(buttons.with(index, button));
  const error = errors.get("");
  return (
    <fieldset className={css.group}>
      <legend>Link buttons</legend>
      <p>
        Up to three buttons on each open card, for example to your SIEM or a dashboard. After the host, a URL
        can contain fields of the alert: <code>{"{number}"}</code>, <code>{"{title}"}</code>,{" "}
        <code>{"{severity}"}</code>, <code>{"{detection}"}</code>, <code>{"{source}"}</code>,{" "}
        <code>{"{time}"}</code>, or a path in its context such as <code>{"{context.actor.ips[0]}"}</code>. If
        the alert lacks a field, the button is hidden.
      </p>
      {buttons.map((button, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: buttons have no id, and their labels change while typing.
        <div key={index} className={css.linkButton}>
          <TextInput
            label="Label"
            aria-label={`Label of link button ${index + 1}`}
            placeholder="Search in SIEM"
            required
            maxLength={75}
            value={button.label}
            error={errors.get(`${index}.label`)}
            onChange={(event) => setButton(index, { ...button, label: event.currentTarget.value })}
          />
          <TextInput
            label="URL"
            aria-label={`URL of link button ${index + 1}`}
            placeholder="https://siem.example.com/search?q={context.user}"
            inputMode="url"
            required
            maxLength={2000}
            value={button.url}
            error={errors.get(`${index}.url`)}
            onChange={(event) => setButton(index, { ...button, url: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove link button ${index + 1}`}
            onClick={() => onChange(buttons.toSpliced(index, 1))}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      {buttons.length < maxButtons ? (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => onChange([...buttons, emptyButton])}
        >
          Add link button
        </Button>
      ) : null}
      {error ? <Input.Error role="alert">{error}</Input.Error> : null}
    </fieldset>
  );
}
