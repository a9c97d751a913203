import { errorText } from "../api/request.ts";
import css from "./forms.module.css";
import { fieldErrors } from "./use-fields.ts";

interface Props {
  error: Error | null;
  /** Names of the form's fields; their errors are shown at the fields. */
  fields?: string[];
}

/** The errors of a form, except those shown at its fields. */
export function FormError({ error, fields = [] }: Props) {
  if (!error) return null;
  const others = [...fieldErrors(error)].filter(([field]) => !fields.includes(field));
  const onlyAtFields = fieldErrors(error).size > 0 && others.length === 0;
  return (
    <div className={css.formError} role="alert">
      {onlyAtFields ? "Please fix the highlighted fields." : errorText(error)}
      {others.map(([field, detail]) => (
        <div key={field}>
          {field}: {detail}
        </div>
      ))}
    </div>
  );
}
