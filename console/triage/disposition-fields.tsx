import { Select, TextInput } from "@mantine/core";
import { type Disposition, dispositionLabels } from "../../src/alert/disposition.ts";
import { optionsOf } from "../forms/choices.ts";
import type { FormFields } from "../forms/use-fields.ts";
import { useSession } from "../session/use-session.ts";

export interface DispositionValues {
  disposition: Disposition | null;
  /** As typed, with or without `#`. */
  duplicateOf: string;
}

interface Props {
  fields: FormFields<DispositionValues>;
  /** Takes the focus when the dialog opens. */
  focused?: true;
}

/** The choice of a disposition; for a duplicate also the number of the other alert. */
export function DispositionFields({ fields, focused }: Props) {
  const required = useSession().data?.dispositionRequired ?? false;
  const { disposition } = fields.values;
  return (
    <>
      <Select
        label="Disposition"
        description="Why the alert is closed."
        placeholder={required ? "Choose one" : "None"}
        data={optionsOf(dispositionLabels)}
        value={disposition}
        error={fields.errorAt("disposition")}
        onChange={(value) => fields.set("disposition", value)}
        required={required}
        clearable={!required}
        allowDeselect={!required}
        data-autofocus={focused}
      />
      {disposition === "DUPLICATE" ? (
        <TextInput
          label="Number of the other alert"
          placeholder="1042"
          required
          inputMode="numeric"
          pattern="\s*#?\d{1,15}\s*"
          title="An alert's number, for example 1042"
          {...fields.text("duplicateOf")}
        />
      ) : null}
    </>
  );
}

/** The fields of the API that these values set; without a disposition none. */
export function chosenDisposition({ disposition, duplicateOf }: DispositionValues) {
  if (disposition === null) return {};
  const number = Number(duplicateOf.replace("#", "").trim());
  return { disposition, ...(disposition === "DUPLICATE" && { duplicateOf: number }) };
}
