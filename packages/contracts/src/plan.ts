import { z } from 'zod';
import { VmHardware } from './hardware.ts';
import { HostId, type ObjectKind, SecretId, VmId } from './ids.ts';
import { MessageRef } from './message.ts';
import { VmState } from './states.ts';

/**
 * One host command as data. `argv` is what the program on the host receives, word for word: link quotes it
 * for the remote shell, nobody else ever builds a shell string. Runs with `LC_ALL=C`.
 */
export const CommandSpec = z.object({
  argv: z.array(z.string()).min(1),
  /** Sent to the program's standard input, e.g. domain XML. Never a secret: it is shown and stored. */
  stdin: z.string().optional(),
  timeoutMs: z.number().int().positive(),
  /** Reads may be repeated at will; writes are re-read, never blindly repeated, when their outcome is unknown. */
  effect: z.enum(['read', 'write']),
  /** How `stdout` tells progress while it runs: `percent` = numbers such as `(12.34/100%)`. */
  progress: z.enum(['percent']).optional(),
});
export type CommandSpec = z.infer<typeof CommandSpec>;

/** A statement about a command's result, as data so that a Plan can be stored, shown and checked again. */
export const Expectation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exit'), codes: z.array(z.number().int()) }),
  /** Exit 0 and trimmed stdout is one of these. */
  z.object({ kind: z.literal('stdoutOneOf'), values: z.array(z.string()) }),
  /** Exit 0 and trimmed stdout is none of these. */
  z.object({ kind: z.literal('stdoutNoneOf'), values: z.array(z.string()) }),
  /** Exit 0 and trimmed stdout is a decimal number of at least `value`, in `unit`. */
  z.object({ kind: z.literal('atLeast'), value: z.number(), unit: z.string() }),
  /** Exit 0 and trimmed stdout, read as dotted version, is at least `version`. */
  z.object({ kind: z.literal('versionAtLeast'), version: z.string() }),
]);
export type Expectation = z.infer<typeof Expectation>;

export const Check = z.object({ hostId: HostId, command: CommandSpec, expect: Expectation });
export type Check = z.infer<typeof Check>;

/** Checked under the locks, against the host, before the first step. */
export const Precondition = z.object({
  id: z.string(),
  /** What is checked, e.g. "The VM is shut off". */
  label: MessageRef,
  check: Check,
  /** `must` stops the Plan; `should` is shown as a warning. */
  severity: z.enum(['must', 'should']),
  /** What to do when it doesn't hold. May use {observed}. */
  remedy: MessageRef,
});
export type Precondition = z.infer<typeof Precondition>;

/** What a step does. All but `command` are the engine's own. */
export const StepAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), hostId: HostId, command: CommandSpec }),
  /** Repeats the check each `everyMs` until it holds; failing after `timeoutMs` with `error` (absent: `step.timedOut`). */
  z.object({
    kind: z.literal('waitFor'),
    check: Check,
    everyMs: z.number().int(),
    timeoutMs: z.number().int(),
    error: MessageRef.optional(),
  }),
  /** Opens (or re-opens) the SSH connection to a host, comparing its key with the pinned one. */
  z.object({ kind: z.literal('connect'), hostId: HostId }),
  /** Reads the host key that an address presents, without signing in. The result goes to `task.result.hostKey`. */
  z.object({ kind: z.literal('probeHostKey'), address: z.string(), port: z.number().int() }),
]);
export type StepAction = z.infer<typeof StepAction>;

export const PlanStep = z.object({
  id: z.string(),
  label: MessageRef,
  action: StepAction,
  /** Commands that take the step back, in order; each can run any number of times, also when the step never ran. */
  undo: z.array(z.object({ hostId: HostId, command: CommandSpec })),
  /** Tells whether the step's effect is there: asked before a repeat and when an outcome is unknown. Absent: see `repeat`. */
  done: Check.optional(),
  /**
   * When the outcome is unknown and `done` does not hold (or is absent): `safe` (also when absent) runs the step again;
   * `never` ends the task with `step.outcomeUnknown`, because the effect leaves no trace (a reboot) and twice is not once.
   */
  repeat: z.enum(['safe', 'never']).optional(),
});
export type PlanStep = z.infer<typeof PlanStep>;

/** How to reach a host that the inventory does not hold yet (or with another credential than it holds). */
export const HostTarget = z.object({
  address: z.string(),
  port: z.number().int(),
  user: z.string(),
  /** Pinned: `<algorithm> <base64>` as in known_hosts. */
  hostKey: z.string(),
  /** Password or private key, sealed in the store. */
  secretId: SecretId,
});
export type HostTarget = z.infer<typeof HostTarget>;

/** What a Plan writes into the inventory, in the transaction of the task's own state change. */
export const InventoryChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('vm.insert'),
    vmId: VmId,
    hostId: HostId,
    name: z.string(),
    description: z.string(),
    hardware: VmHardware,
  }),
  z.object({ kind: z.literal('vm.remove'), vmId: VmId }),
  z.object({
    kind: z.literal('vm.intendPower'),
    vmId: VmId,
    power: z.enum(['running', 'paused', 'shutOff']),
  }),
  z.object({
    kind: z.literal('host.insert'),
    hostId: HostId,
    name: z.string(),
    target: HostTarget,
  }),
  z.object({ kind: z.literal('host.rename'), hostId: HostId, name: z.string() }),
  z.object({ kind: z.literal('host.remove'), hostId: HostId }),
  z.object({ kind: z.literal('host.trustKey'), hostId: HostId, hostKey: z.string() }),
  z.object({ kind: z.literal('secret.remove'), secretId: SecretId }),
]);
export type InventoryChange = z.infer<typeof InventoryChange>;

/** The verdict on one candidate host of a placement. */
export const PlacementVerdict = z.object({
  hostId: HostId,
  hostName: z.string(),
  isAdmitted: z.boolean(),
  /** Higher is better; absent when refused. */
  score: z.number().optional(),
  /** Why (not), with numbers, and the smallest change that would admit it. */
  reasons: z.array(MessageRef),
});
export type PlacementVerdict = z.infer<typeof PlacementVerdict>;

/** Domain XML before and after, for the preview. `null`: there is none. */
export const XmlChange = z.object({
  vmId: VmId,
  vmName: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type XmlChange = z.infer<typeof XmlChange>;

/** The state that holds when all steps are done; drift is measured against it. */
export const ExpectedState = z.object({
  vms: z.array(z.object({ vmId: VmId, state: VmState.or(z.literal('absent')), hostId: HostId })),
  files: z.array(z.object({ hostId: HostId, path: z.string(), exists: z.boolean() })),
});
export type ExpectedState = z.infer<typeof ExpectedState>;

/** How a Plan's `locks` name an object. */
export function lockOf(kind: ObjectKind, id: string): string {
  return `${kind}:${id}`;
}

/**
 * Every change to a host, before it is anything else. Made by the planner without touching a host; the engine
 * runs this and nothing else. Whatever can be chosen (ids, paths, MACs) is already chosen in it.
 */
export const Plan = z.object({
  operation: z.string(),
  /** One line: "Start VM web01 on cna01". */
  title: MessageRef,
  object: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** Objects that no other task may hold meanwhile, as `lockOf` names them. */
  locks: z.array(z.string()),
  /**
   * Hosts that the Plan talks to and the inventory doesn't know yet, by the `hostId` that its steps name. One machine may
   * be here twice under two ids with two credentials (`host.add`: with the password, and with the key it installs).
   */
  targets: z.record(z.string(), HostTarget),
  preconditions: z.array(Precondition),
  steps: z.array(PlanStep),
  expected: ExpectedState,
  xml: z.array(XmlChange),
  placement: z.array(PlacementVerdict),
  /** Applied with the task's insertion. */
  onSubmit: z.array(InventoryChange),
  /** Applied when the last step is done. */
  onDone: z.array(InventoryChange),
  /** Applied when everything was undone. */
  onUndone: z.array(InventoryChange),
  /** What a failure leads to: take everything back, or leave what is done (a plain power action has nothing to take back). */
  onFailure: z.enum(['unwind', 'stop']),
});
export type Plan = z.infer<typeof Plan>;
