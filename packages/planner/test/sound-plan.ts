import { LOCALES, type MessageRef, messages, Plan, say } from '@vireo/contracts';
import { expect } from 'vitest';

/** All message references in a value, wherever they are. */
function refsIn(value: unknown, into: MessageRef[] = []): MessageRef[] {
  if (Array.isArray(value)) for (const one of value) refsIn(one, into);
  else if (typeof value === 'object' && value !== null) {
    const { key, params } = value as { key?: unknown; params?: unknown };
    if (typeof key === 'string' && typeof params === 'object') into.push(value as MessageRef);
    else for (const one of Object.values(value)) refsIn(one, into);
  }
  return into;
}

/** What holds for each Plan: it can be stored, each word exists in both languages, ids are unique, undo and checks fit. */
export function expectSound(plan: Plan): void {
  expect(Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  for (const ref of refsIn(plan))
    for (const locale of LOCALES) {
      expect(messages[locale][ref.key], `${locale} ${ref.key}`).toBeTruthy();
      // Every argument that the words want is given, but {observed}, which the engine knows.
      expect(
        () => say(locale, { key: ref.key, params: { observed: 'x', ...ref.params } }),
        ref.key,
      ).not.toThrow();
    }
  for (const list of [plan.steps, plan.preconditions]) {
    const ids = list.map((one) => one.id);
    expect(new Set(ids).size, ids.join()).toBe(ids.length);
  }
  for (const precondition of plan.preconditions) expect(precondition.check.command.effect).toBe('read');
  for (const step of plan.steps) {
    if (step.done) expect(step.done.command.effect).toBe('read');
    for (const undo of step.undo) expect(undo.command.effect).toBe('write');
  }
}
