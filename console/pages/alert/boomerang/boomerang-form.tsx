import { Select, Switch, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type {
  BoomerangDraftBody,
  BoomerangPreviewBody,
  NewBoomerang,
} from "../../../../src/boomerang/contract.ts";
import { boomerangsApi } from "../../../api/alerts.ts";
import { MessageParts } from "../../../components/message-parts.tsx";
import { answerLabels, openForLabels, optionsOf, secondFactorHint } from "../../../forms/choices.ts";
import { FormDialog } from "../../../forms/form-dialog.tsx";
import { useApiMutation } from "../../../forms/use-api-mutation.ts";
import { useFields } from "../../../forms/use-fields.ts";
import css from "./boomerang.module.css";
import { InsertField, RecipientFields } from "./boomerang-fields.tsx";
import { type BoomerangValues, parseBoomerang } from "./boomerang-values.ts";

interface Props {
  alertId: string;
  title: string;
  draft: BoomerangDraftBody;
  onClose: () => void;
}

export function BoomerangForm({ alertId, title, draft, onClose }: Props) {
  const [invalid, setInvalid] = useState(new Map<string, string>());
  const message = useRef<HTMLTextAreaElement>(null);
  const preview = useMutation({
    mutationFn: (boomerang: NewBoomerang) => boomerangsApi.preview(alertId, boomerang),
  });
  const send = useApiMutation({
    mutationFn: (boomerang: NewBoomerang) => boomerangsApi.send(alertId, boomerang),
    invalidates: "alert-parts",
    success: "Question sent. The answer will appear here and in the thread.",
    failure: "in the form",
    onSuccess: onClose,
  });
  const fields = useFields(initial(draft), preview.error);
  const errorAt = (name: string) => invalid.get(name) ?? fields.errorAt(name);
  const previewed = preview.variables;
  if (preview.data && previewed) {
    const back = () => preview.reset();
    return (
      <FormDialog
        title="Preview"
        action="Send"
        busy={send.isPending}
        error={send.error}
        fields={[]}
        onSubmit={() => send.mutate(previewed)}
        onClose={onClose}
        onBack={back}
      >
        <Preview preview={preview.data} />
      </FormDialog>
    );
  }
  const showPreview = () => {
    const parsed = parseBoomerang(fields.values);
    setInvalid("errors" in parsed ? parsed.errors : new Map());
    if (!("errors" in parsed)) preview.mutate(parsed);
  };
  return (
    <FormDialog
      title={title}
      action="Preview"
      busy={preview.isPending}
      error={preview.error}
      fields={["to", "question"]}
      onSubmit={showPreview}
      onClose={onClose}
    >
      <RecipientFields
        draft={draft}
        values={fields.values}
        error={errorAt("to")}
        onChange={(name, value) => {
          setInvalid(new Map());
          fields.set(name, value);
        }}
      />
      <div>
        <Textarea
          ref={message}
          label="Message"
          description="Recipients see this message, your name and the deadline, but nothing else about the alert."
          autosize
          minRows={3}
          maxRows={12}
          maxLength={1000}
          {...fields.text("question")}
          error={errorAt("question")}
        />
        <InsertField
          fields={draft.fields}
          textarea={message}
          onInsert={(question) => fields.set("question", question)}
        />
      </div>
      <div className={css.pair}>
        <Select
          label="Answer type"
          data={optionsOf(answerLabels)}
          allowDeselect={false}
          {...fields.pick("answers")}
        />
        <Select
          label="Open for"
          data={optionsOf(openForLabels)}
          allowDeselect={false}
          {...fields.pick("openFor")}
        />
      </div>
      {draft.secondFactor ? (
        <Switch
          label="Second factor"
          description={secondFactorHint}
          checked={fields.values.secondFactor}
          onChange={(event) => fields.set("secondFactor", event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  );
}

function initial({ question, suggested }: BoomerangDraftBody): BoomerangValues {
  return {
    recipientType: "people",
    to: suggested ? [suggested.email] : [],
    channel: "",
    question,
    answers: "yes_no",
    openFor: "4h",
    secondFactor: false,
  };
}

/** The question exactly as recipients will see it; the server makes it from the message itself. */
function Preview({ preview: { to, parts } }: { preview: BoomerangPreviewBody }) {
  const names = new Intl.ListFormat("en-GB").format(to);
  return (
    <section aria-labelledby="preview">
      <p id="preview" className={css.previewTitle}>
        {names} will see exactly this:
      </p>
      <MessageParts parts={parts} />
    </section>
  );
}
