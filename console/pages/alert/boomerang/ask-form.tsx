import { Select, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { AnswerFormat, OpenDuration } from "../../../../src/alert/boomerang.ts";
import type { BoomerangDraftBody, NewBoomerang } from "../../../../src/boomerang/contract.ts";
import { boomerangsApi } from "../../../api/alerts.ts";
import { optionsOf } from "../../../forms/choices.ts";
import { FormDialog } from "../../../forms/form-dialog.tsx";
import { useChange } from "../../../forms/use-change.ts";
import { useFields } from "../../../forms/use-fields.ts";
import { InsertField, Whom } from "./ask-fields.tsx";
import { type AskValues, readAsked } from "./ask-values.ts";
import css from "./boomerang.module.css";
import { Preview } from "./preview.tsx";

const answerWords = {
  yes_no: "Yes or No",
  yes_no_reason: "Yes or No, with a reason",
  text: "In their own words",
} satisfies Record<AnswerFormat, string>;
const openForWords = { "1h": "1 hour", "4h": "4 hours", "24h": "24 hours", "3d": "3 days" } satisfies Record<
  OpenDuration,
  string
>;

interface Props {
  alertId: string;
  title: string;
  draft: BoomerangDraftBody;
  onClose: () => void;
}

export function AskForm({ alertId, title, draft, onClose }: Props) {
  const [wrong, setWrong] = useState(new Map<string, string>());
  const message = useRef<HTMLTextAreaElement>(null);
  const preview = useMutation({ mutationFn: (asked: NewBoomerang) => boomerangsApi.preview(alertId, asked) });
  const send = useChange({
    change: (asked: NewBoomerang) => boomerangsApi.ask(alertId, asked),
    refresh: "of-alert",
    done: "Asked. The answer comes back here and into the thread.",
    failed: "in the form",
    onDone: onClose,
  });
  const fields = useFields(initial(draft), preview.error);
  const errorAt = (name: string) => wrong.get(name) ?? fields.errorAt(name);
  const asked = preview.variables;
  if (preview.data && asked) {
    const back = () => preview.reset();
    return (
      <FormDialog
        title="Preview"
        action="Send"
        busy={send.isPending}
        fault={send.error}
        fields={[]}
        onSubmit={() => send.mutate(asked)}
        onClose={onClose}
        onBack={back}
      >
        <Preview preview={preview.data} />
      </FormDialog>
    );
  }
  const look = () => {
    const read = readAsked(fields.values);
    setWrong("wrong" in read ? read.wrong : new Map());
    if (!("wrong" in read)) preview.mutate(read);
  };
  return (
    <FormDialog
      title={title}
      action="Preview"
      busy={preview.isPending}
      fault={preview.error}
      fields={["to", "question"]}
      onSubmit={look}
      onClose={onClose}
    >
      <Whom
        draft={draft}
        values={fields.values}
        error={errorAt("to")}
        onChange={(name, value) => {
          setWrong(new Map());
          fields.set(name, value);
        }}
      />
      <div>
        <Textarea
          ref={message}
          label="Message"
          description="They see this, who asks and until when, and nothing else of the alert."
          autosize
          minRows={3}
          maxRows={12}
          maxLength={1000}
          {...fields.text("question")}
          error={errorAt("question")}
        />
        <InsertField
          fields={draft.fields}
          into={message}
          onInsert={(question) => fields.set("question", question)}
        />
      </div>
      <div className={css.pair}>
        <Select
          label="How may they answer?"
          data={optionsOf(answerWords)}
          allowDeselect={false}
          {...fields.pick("answers")}
        />
        <Select
          label="How long does it stay open?"
          data={optionsOf(openForWords)}
          allowDeselect={false}
          {...fields.pick("openFor")}
        />
      </div>
    </FormDialog>
  );
}

function initial({ question, suggested }: BoomerangDraftBody): AskValues {
  return {
    whom: "people",
    to: suggested ? [suggested.email] : [],
    channel: "",
    question,
    answers: "yes_no",
    openFor: "4h",
  };
}
