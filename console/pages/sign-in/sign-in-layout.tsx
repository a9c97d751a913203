import { Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect } from "react";
import { Bell } from "../../components/icon.tsx";
import css from "./sign-in.module.css";

interface Props {
  title: string;
  intro?: string;
  onSubmit?: () => void;
  children?: ReactNode;
}

/** Layout of the pages before sign-in: a small form below the bell. */
export function SignInLayout({ title, intro, onSubmit, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Tocsin`;
  }, [title]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <main className={css.page}>
      <form className={css.card} onSubmit={submit}>
        <span className={css.bell}>
          <Bell size={36} />
        </span>
        <h1>{title}</h1>
        {intro ? <p>{intro}</p> : null}
        <Stack gap="md" mt="lg">
          {children}
        </Stack>
      </form>
    </main>
  );
}
