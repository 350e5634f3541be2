import type { ComponentPropsWithoutRef, ReactNode } from 'react';

/** A button: one `main` a page, `quiet` where it only turns something aside. `busy` keeps it from being pressed twice and keeps its focus. */
export function Button({
  look = 'plain',
  busy = false,
  onClick,
  ...rest
}: ComponentPropsWithoutRef<'button'> & {
  readonly look?: 'main' | 'plain' | 'quiet';
  readonly busy?: boolean;
}): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={look === 'plain' ? 'button' : `button button-${look}`}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}

/** The buttons at the end of a page or dialog. */
export function Buttons({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="buttons">{children}</div>;
}
