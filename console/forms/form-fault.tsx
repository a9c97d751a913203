import { ApiFault } from "../api/request.ts";
import css from "./forms.module.css";
import { fieldErrors } from "./use-fields.ts";

interface Props {
  fault: Error | null;
  /** The form's own fields: what is wrong with these is said there. */
  fields?: string[];
}

/** What is wrong with a form as a whole. */
export function FormFault({ fault, fields = [] }: Props) {
  if (!fault) return null;
  const elsewhere = [...fieldErrors(fault)].filter(([field]) => !fields.includes(field));
  const atFields = fieldErrors(fault).size > 0 && elsewhere.length === 0;
  return (
    <div className={css.fault} role="alert">
      {atFields ? "Something below needs another value." : tell(fault)}
      {elsewhere.map(([field, detail]) => (
        <div key={field}>
          {field}: {detail}
        </div>
      ))}
    </div>
  );
}

function tell(fault: Error): string {
  return fault instanceof ApiFault ? fault.problem.detail : "Something broke in this page. Reload it.";
}
