import type { DestinationBody } from "../../../src/deliver/contract.ts";
import { DestinationForm } from "./destination-form.tsx";
import { isSlackBot, useDestinationTypes } from "./destination-types.ts";
import { SlackBotForm } from "./slack-bot-form.tsx";

export interface OpenForm {
  type: string;
  /** Undefined for a new destination. */
  edited?: DestinationBody;
}

interface Props {
  form: OpenForm;
  onClose: () => void;
}

/** The form of a destination, by its type. */
export function EditForm({ form: { type: name, edited }, onClose }: Props) {
  const type = useDestinationTypes().find((one) => one.type === name);
  if (edited && isSlackBot(edited)) return <SlackBotForm edited={edited} onClose={onClose} />;
  return type ? <DestinationForm type={type} edited={edited} onClose={onClose} /> : null;
}
