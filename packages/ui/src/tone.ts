/** The meaning of a colour; never the only carrier of it (an icon or a word goes with it). */
export type Tone = 'ok' | 'info' | 'warn' | 'danger' | 'neutral';

export const TONE_TEXT: Record<Tone, string> = {
  ok: 'text-ok',
  info: 'text-info',
  warn: 'text-warn',
  danger: 'text-danger',
  neutral: 'text-muted',
};

export const TONE_SOFT: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok',
  info: 'bg-info-soft text-info',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
  neutral: 'bg-neutral-soft text-muted',
};

export const TONE_FILL: Record<Tone, string> = {
  ok: 'bg-ok',
  info: 'bg-accent',
  warn: 'bg-warn',
  danger: 'bg-danger',
  neutral: 'bg-line-strong',
};
