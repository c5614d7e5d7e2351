import { clsx } from 'clsx';
import { Slot } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { Tooltip } from './tooltip.tsx';

const LOOKS = {
  primary: 'bg-accent-fill text-accent-ink border-transparent hover:bg-accent-fill-hover',
  secondary: 'bg-surface text-ink border-line-strong/60 hover:bg-hover',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-hover',
  danger: 'bg-danger-fill text-white border-transparent hover:bg-danger-fill-hover',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof LOOKS;
  size?: 'small' | 'medium';
  icon?: ReactNode;
  /** Why it can't be done now. The button stays focusable and says so; clicks do nothing. */
  disabledReason?: string | null | undefined;
  /** An act is under way: no second click. */
  isBusy?: boolean;
  /** Renders its child (e.g. a link) with the button's look. */
  asChild?: boolean;
}

const OFF = 'opacity-55 cursor-not-allowed';

/** A button. With `disabledReason` it stays visible and reachable, and the reason is its description. */
export function Button({
  look = 'secondary',
  size = 'medium',
  icon,
  disabledReason,
  isBusy = false,
  asChild = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const classes = clsx(
    'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none',
    size === 'small' ? 'h-7 px-2 text-xs' : 'h-8 px-3 text-sm',
    LOOKS[look],
    (disabledReason || rest.disabled || isBusy) && OFF,
    className,
  );
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  const isBlocked = Boolean(disabledReason) || isBusy;
  const button = (
    <button
      {...rest}
      type={type}
      className={classes}
      aria-disabled={isBlocked || undefined}
      aria-busy={isBusy || undefined}
      aria-describedby={disabledReason ? reasonId : rest['aria-describedby']}
      onClick={(event) => {
        if (isBlocked) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon}
      {children}
      {disabledReason && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </button>
  );
  return disabledReason ? <Tooltip text={disabledReason}>{button}</Tooltip> : button;
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  /** Its name for people who can't see the icon; also its tooltip. */
  label: string;
  icon: ReactNode;
}

/** A square button that shows only an icon. */
export function IconButton({ label, icon, className, look = 'quiet', ...rest }: IconButtonProps) {
  const button = (
    <Button {...rest} look={look} aria-label={label} className={clsx('aspect-square !px-0', className)}>
      {icon}
    </Button>
  );
  return rest.disabledReason ? button : <Tooltip text={label}>{button}</Tooltip>;
}
