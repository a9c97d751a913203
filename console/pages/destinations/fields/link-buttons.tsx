import { ActionIcon, Button, Input, TextInput } from "@mantine/core";
import type { SlackBotBody } from "../../../../src/deliver/contract.ts";
import { Icon } from "../../../components/icon.tsx";
import css from "../destinations.module.css";

type LinkButton = SlackBotBody["linkButtons"][number];

interface Props {
  value: LinkButton[];
  /** By place and part, as `0.url`; under no name what is wrong with all of them. */
  errors: Map<string, string>;
  onChange: (buttons: LinkButton[]) => void;
}

const most = 3;
const noButton: LinkButton = { label: "", url: "" };

/** The buttons that a destination adds to its cards, each with the address that it leads to. */
export function LinkButtons({ value: buttons, errors, onChange }: Props) {
  const put = (at: number, button: LinkButton) => onChange(buttons.with(at, button));
  const error = errors.get("");
  return (
    <fieldset className={css.headers}>
      <legend>Link buttons</legend>
      <p>
        Up to three on each open card, to your SIEM or a dashboard. After the host an address may name what
        the alert says: <code>{"{number}"}</code>, <code>{"{title}"}</code>, <code>{"{severity}"}</code>,{" "}
        <code>{"{detection}"}</code>, <code>{"{source}"}</code>, <code>{"{time}"}</code>, or a path of its
        context as <code>{"{context.actor.ips[0]}"}</code>. Where the alert says no such thing, the button is
        hidden.
      </p>
      {buttons.map((button, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its label changes while one types.
        <div key={at} className={css.link}>
          <TextInput
            label="Label"
            aria-label={`Label of link button ${at + 1}`}
            placeholder="Search in SIEM"
            required
            maxLength={75}
            value={button.label}
            error={errors.get(`${at}.label`)}
            onChange={(event) => put(at, { ...button, label: event.currentTarget.value })}
          />
          <TextInput
            label="Address"
            aria-label={`Address of link button ${at + 1}`}
            placeholder="https://siem.example.com/search?q={context.user}"
            inputMode="url"
            required
            maxLength={2000}
            value={button.url}
            error={errors.get(`${at}.url`)}
            onChange={(event) => put(at, { ...button, url: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove link button ${at + 1}`}
            onClick={() => onChange(buttons.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      {buttons.length < most ? (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => onChange([...buttons, noButton])}
        >
          Add link button
        </Button>
      ) : null}
      {error ? <Input.Error role="alert">{error}</Input.Error> : null}
    </fieldset>
  );
}
