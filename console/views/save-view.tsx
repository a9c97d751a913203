import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { viewsApi } from "../api/alerts.ts";
import { useApiMutation } from "../forms/use-api-mutation.ts";
import { type Filters, toView } from "../pages/alerts/filters/filters.ts";
import { ViewForm } from "./view-form.tsx";

/** Saves the filters of the list as a view. */
export function SaveView({ filters }: { filters: Filters }) {
  const [opened, { open, close }] = useDisclosure(false);
  const save = useApiMutation({
    mutationFn: viewsApi.create,
    invalidates: "views",
    success: "View saved. It is in the side bar.",
    failure: "in the form",
    onSuccess: close,
  });
  const saved = toView(filters);
  if (!saved) return null;
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={open}>
        Save view
      </Button>
      {opened ? (
        <ViewForm
          title="Save these filters as a view"
          busy={save.isPending}
          error={save.error}
          onSave={(values) => save.mutate({ ...values, filters: saved })}
          onClose={close}
        />
      ) : null}
    </>
  );
}
