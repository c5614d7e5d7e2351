import type { CommandSpec, MessageRef, PlacementVerdict, Plan, StepAction } from '@vireo/contracts';
import { type DiffLine, lineDiff } from './line-diff.ts';
import { shellCommand } from './shell-words.ts';

export interface CommandView {
  hostName: string;
  /** As it can be pasted into a shell on the host. */
  text: string;
}

export interface PlanStepView {
  id: string;
  label: MessageRef;
  /** What the engine does with `command`: runs it once, or asks until the answer is right. null: no command. */
  kind: StepAction['kind'];
  command: CommandView | null;
  timeoutSeconds: number | null;
  undo: CommandView[];
}

export interface PlanCheckView {
  id: string;
  label: MessageRef;
  severity: 'must' | 'should';
  remedy: MessageRef;
  command: CommandView;
}

export interface PlanView {
  checks: PlanCheckView[];
  steps: PlanStepView[];
  xml: { vmId: string; vmName: string; kind: 'created' | 'changed' | 'removed'; lines: DiffLine[] }[];
  placement: (PlacementVerdict & { isChosen: boolean })[];
  expectedVms: { vmId: string; state: Plan['expected']['vms'][number]['state']; hostName: string }[];
  expectedFiles: { hostName: string; path: string; exists: boolean }[];
}

/** Host names by id, from wherever the page knows them; the Plan's own placement and targets are added. */
export type HostNames = Readonly<Record<string, string>>;

function nameHosts(plan: Plan, known: HostNames): (hostId: string) => string {
  const names: Record<string, string> = {};
  for (const [hostId, target] of Object.entries(plan.targets)) names[hostId] = target.address;
  for (const verdict of plan.placement) names[verdict.hostId] = verdict.hostName;
  if (plan.object.kind === 'host') names[plan.object.id] = plan.object.name;
  Object.assign(names, known);
  return (hostId) => names[hostId] ?? hostId;
}

function stepCommand(action: StepAction): { hostId: string; command: CommandSpec } | null {
  if (action.kind === 'command') return action;
  if (action.kind === 'waitFor') return action.check;
  return null;
}

function stepTimeoutMs(action: StepAction): number | null {
  if (action.kind === 'command') return action.command.timeoutMs;
  return action.kind === 'waitFor' ? action.timeoutMs : null;
}

function byVerdict(a: PlacementVerdict, b: PlacementVerdict): number {
  if (a.isAdmitted !== b.isAdmitted) return a.isAdmitted ? -1 : 1;
  return (b.score ?? 0) - (a.score ?? 0) || a.hostName.localeCompare(b.hostName);
}

/** The host on which the Plan puts the VM it creates; null: it creates none. */
export function chosenHostId(plan: Plan): string | null {
  const insert = [...plan.onSubmit, ...plan.onDone].find((change) => change.kind === 'vm.insert');
  return insert?.hostId ?? null;
}

/** A Plan in the order in which a person reads it: checks, steps with their commands, undo, XML, placement, result. */
export function planView(plan: Plan, hostNames: HostNames = {}): PlanView {
  const hostName = nameHosts(plan, hostNames);
  const commandView = ({ hostId, command }: { hostId: string; command: CommandSpec }): CommandView => ({
    hostName: hostName(hostId),
    text: shellCommand(command),
  });
  const chosen = chosenHostId(plan);
  return {
    checks: plan.preconditions.map(({ check, ...precondition }) => ({
      ...precondition,
      command: commandView(check),
    })),
    steps: plan.steps.map((step) => {
      const command = stepCommand(step.action);
      const timeoutMs = stepTimeoutMs(step.action);
      return {
        id: step.id,
        label: step.label,
        kind: step.action.kind,
        command: command && commandView(command),
        timeoutSeconds: timeoutMs === null ? null : Math.round(timeoutMs / 1000),
        undo: step.undo.map(commandView),
      };
    }),
    xml: plan.xml.map(({ vmId, vmName, before, after }) => ({
      vmId,
      vmName,
      kind: before === null ? 'created' : after === null ? 'removed' : 'changed',
      lines: lineDiff(before, after),
    })),
    placement: plan.placement
      .toSorted(byVerdict)
      .map((verdict) => ({ ...verdict, isChosen: verdict.hostId === chosen })),
    expectedVms: plan.expected.vms.map(({ vmId, state, hostId }) => ({
      vmId,
      state,
      hostName: hostName(hostId),
    })),
    expectedFiles: plan.expected.files.map(({ hostId, path, exists }) => ({
      hostName: hostName(hostId),
      path,
      exists,
    })),
  };
}
