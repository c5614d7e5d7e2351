import { clsx } from 'clsx';
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';

const FieldContext = createContext<{ id: string; describedBy: string | undefined; isWrong: boolean } | null>(
  null,
);

/** What a control inside a {@link Field} must carry so that label, hint and error belong to it. */
export function useFieldProps(): { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy && { 'aria-describedby': field.describedBy }),
    ...(field.isWrong && { 'aria-invalid': true as const }),
  };
}

/** A label, a control, a hint, and the error beside it. */
export function Field({
  label,
  hint,
  error,
  isRequired = false,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  isRequired?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const describedBy =
    [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <FieldContext value={{ id, describedBy, isWrong: Boolean(error) }}>
      <div className={clsx('flex flex-col gap-1', className)}>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
          {isRequired && (
            <span className="text-danger" aria-hidden>
              {' *'}
            </span>
          )}
        </label>
        {children}
        {error && (
          <p id={`${id}-error`} role="alert" className="text-xs text-danger">
            {error}
          </p>
        )}
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {hint}
          </p>
        )}
      </div>
    </FieldContext>
  );
}

const CONTROL =
  'rounded-md border border-line-strong/70 bg-surface px-2.5 text-sm text-ink aria-invalid:border-danger disabled:opacity-60';

export function TextInput({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return (
    <input {...useFieldProps()} {...rest} type={type} className={clsx(CONTROL, 'h-8 w-full', className)} />
  );
}

/** A number as text: the form parses it, so that half-typed values survive. `suffix` shows the unit. */
export function NumberInput({
  className,
  suffix,
  ...rest
}: ComponentProps<'input'> & { suffix?: ReactNode }) {
  return (
    <span className={clsx('flex items-center gap-2', className)}>
      <input
        {...useFieldProps()}
        {...rest}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        className={clsx(CONTROL, 'h-8 w-full min-w-0')}
      />
      {suffix && <span className="shrink-0 text-sm text-muted">{suffix}</span>}
    </span>
  );
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea {...useFieldProps()} {...rest} className={clsx(CONTROL, 'min-h-20 w-full py-1.5', className)} />
  );
}

/** The browser's own select: works with keyboard, phone and screen reader as people know it. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select {...useFieldProps()} {...rest} className={clsx(CONTROL, 'h-8 w-full', className)}>
      {children}
    </select>
  );
}

export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={clsx('flex items-start gap-2', className)}>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
        type="checkbox"
        className="mt-0.5 size-4 accent-(--accent-fill)"
      />
      <div>
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

export interface Choice {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  isDisabled?: boolean;
}

/** Radio buttons as a row or a column of cards. */
export function RadioCards({
  legend,
  name,
  value,
  choices,
  onChange,
  isColumn = false,
}: {
  legend: ReactNode;
  name: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  isColumn?: boolean;
}) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className={clsx('flex gap-2', isColumn ? 'flex-col' : 'flex-wrap')}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex min-w-32 flex-1 items-start gap-2 rounded-md border border-line-strong/60 px-3 py-2 has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:opacity-60"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.isDisabled}
              onChange={() => onChange(choice.value)}
              className="mt-0.5 size-4 shrink-0 accent-(--accent-fill) focus-visible:outline-none"
            />
            <span className="min-w-0">
              <span className="block text-sm font-medium">{choice.label}</span>
              {choice.hint && <span className="block text-xs text-muted">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
