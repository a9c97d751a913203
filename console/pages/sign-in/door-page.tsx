import { Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect } from "react";
import { Bell } from "../../components/icon.tsx";
import css from "./sign-in.module.css";

interface Props {
  title: string;
  about?: string;
  onSubmit: () => void;
  children: ReactNode;
}

/** The pages in front of the Console: one small form under the bell. */
export function DoorPage({ title, about, onSubmit, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Tocsin`;
  }, [title]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className={css.door}>
      <form className={css.card} onSubmit={submit}>
        <span className={css.bell}>
          <Bell size={36} />
        </span>
        <h1>{title}</h1>
        {about ? <p>{about}</p> : null}
        <Stack gap="md" mt="lg">
          {children}
        </Stack>
      </form>
    </main>
  );
}
