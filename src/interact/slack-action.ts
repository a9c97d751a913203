import type { Button, PlainTextOption } from "@slack/types";
import type { Alert } from "../alert/alert.ts";
import type { BlockActions, Clicked } from "../slack/request/slack-request.ts";
import { plain } from "../slack/text/text.ts";
import type { Acting } from "./acting.ts";
import { type ControlsId, readControlsId } from "./card-ref.ts";

/** What a click on a control means, and what it does. `onAction` finds it by its id. */
export interface SlackAction<What = unknown> {
  /** The control's `action_id`; for a choice of a menu `<action_id>:<value>`. */
  id: string;
  /** What the click says; null if Tocsin drew no such control, and nothing happens. */
  read(click: Clicked): What | null;
  /** Runs after Slack was answered. Shows refusals to the person who clicked. */
  act(by: Acting, request: BlockActions, what: What): Promise<void>;
}

interface Control<View, Drawn, What> extends Pick<SlackAction<What>, "id" | "read"> {
  /** Draws the control, without its `action_id`. */
  draw(view: View): Drawn;
}

/** A control whose drawing carries the id that its clicks are found by, so that they cannot drift. */
export function slackControl<View, Drawn extends object, What>(control: Control<View, Drawn, What>) {
  const draw = (view: View) => ({ action_id: control.id, ...control.draw(view) });
  return { id: control.id, read: control.read, draw };
}

/** A control with what a click on it does. */
export function slackAction<View, Drawn extends object, What>(
  action: Control<View, Drawn, What> & SlackAction<What>,
) {
  return { ...slackControl(action), act: action.act };
}

/** What the controls of a card are drawn from. */
export interface ControlsView {
  alert: Alert;
  /** The card is not shrunk. */
  full: boolean;
  /** A person answered a Boomerang with Yes, so repeats may be suppressed. */
  confirmed?: boolean | undefined;
  /** The assignee's Slack ID; null if nobody is assigned or the assignee is not in Slack. */
  assigneeSlackId: string | null;
}

interface MenuEntry {
  name: string;
  label: string;
  /** Whether a card's menu has it. */
  isOffered(view: ControlsView): boolean;
  act: SlackAction<ControlsId>["act"];
}

/** An entry of the ⋯ menu of cards. Outside cards it is drawn as a button. */
export function menuEntry({ name, label, isOffered, act }: MenuEntry) {
  const option: PlainTextOption = { text: plain(label, 75), value: name };
  const action = slackAction({
    id: `more:${name}`,
    draw: (more: Pick<Button, "accessibility_label">): Omit<Button, "action_id"> => ({
      type: "button",
      ...option,
      ...more,
    }),
    read: ({ blockId }) => readControlsId(blockId),
    act,
  });
  return { ...action, label, isOffered, option };
}
