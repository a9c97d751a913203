import { NativeSelect } from "@mantine/core";
import { keysOf } from "../../forms/choices.ts";
import { type Sort, sortWords } from "../../pages/alerts/filters/filters.ts";

const choices = keysOf(sortWords).map((value) => ({ value, label: sortWords[value] }));

export function SortMenu({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  const choose = (value: string) => onSort(keysOf(sortWords).find((key) => key === value) ?? "-createdAt");
  return (
    <NativeSelect
      size="xs"
      w={150}
      aria-label="Sort by"
      data={choices}
      value={sort}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
