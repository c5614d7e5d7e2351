import { renderDomainXml } from '@vireo/commands';
import {
  DatastoreId,
  type HostRecord,
  type PlacementVerdict,
  type Plan,
  say,
  VireoError,
  type VmCreateInput,
  VmId,
} from '@vireo/contracts';
import { verdictOn, verdictsOn } from './placement.ts';
import { emptyPlan, requiredHost } from './plan-parts.ts';
import type { Planner, PlanningContext } from './types.ts';
import { type Choice, createPreconditions } from './vm-create-checks.ts';
import { newHardware } from './vm-create-hardware.ts';
import { createSteps } from './vm-create-steps.ts';
import { datastoresFor, imageOnHost, type VmNeed, vmNeedOf } from './vm-need.ts';

/** The reasons why hosts were refused, per host, as fields of the error. */
function refusedFields(verdicts: readonly PlacementVerdict[]) {
  return verdicts.flatMap((verdict) =>
    verdict.reasons.map((reason) => ({
      field: verdict.hostName,
      message: say('en', reason),
      ref: reason,
    })),
  );
}

/** The host that was asked for, or the best one. @throws VireoError `vm.hostRefused` | `vm.noHostFits` with the reasons */
function placed(input: VmCreateInput, need: VmNeed, context: PlanningContext) {
  if (input.hostId !== undefined) {
    const host = requiredHost(context, input.hostId);
    const verdict = verdictOn(need, host, context);
    const [reason] = verdict.reasons;
    if (!verdict.isAdmitted)
      throw new VireoError(
        'vm.hostRefused',
        { ...reason?.params, host: host.name, reason: reason?.key ?? '' },
        { fields: refusedFields([verdict]) },
      );
    return { host, verdicts: [verdict] };
  }
  const verdicts = verdictsOn(need, context);
  const best = verdicts.find((verdict) => verdict.isAdmitted);
  if (!best)
    throw new VireoError('vm.noHostFits', { hosts: verdicts.length }, { fields: refusedFields(verdicts) });
  return { host: requiredHost(context, best.hostId), verdicts };
}

function chosenFor(input: VmCreateInput, need: VmNeed, host: HostRecord, context: PlanningContext): Choice {
  const vmId = VmId.parse(context.newId());
  const record = need.image && imageOnHost(need.image, host.id, context);
  const imageDatastore = context.datastores.find((one) => one.id === record?.datastoreId);
  const datastore = need.diskBytes > 0 ? datastoresFor(need, host.id, context)[0] : undefined;
  if (record && !imageDatastore)
    throw new VireoError('image.notOnHost', { name: record.name, host: host.name });
  return {
    vmId,
    hostId: host.id,
    hostName: host.name,
    name: input.name,
    need,
    nics: [],
    image: record && imageDatastore ? { record, datastore: imageDatastore } : null,
    disk: datastore
      ? {
          datastore,
          path: `${datastore.path.replace(/\/$/, '')}/${DatastoreId.parse(context.newId())}.qcow2`,
        }
      : null,
  };
}

/**
 * Makes a VM: its disk beside its place and then into it, its definition, and its first start if asked. Ids, MAC and
 * paths are chosen here, so that each command is known beforehand. Whatever fails, everything is taken back.
 */
export const vmCreate: Planner<'vm.create'> = (input, context) => {
  const need = vmNeedOf(input, context);
  const { host, verdicts } = placed(input, need, context);
  const bare = chosenFor(input, need, host, context);
  const isoPath = bare.image?.record.kind === 'iso' ? bare.image.record.path : null;
  const files = { diskPath: bare.disk?.path ?? null, isoPath };
  const hardware = newHardware(input, need, host, files, context);
  const choice: Choice = { ...bare, nics: hardware.nics };
  const vm = { id: choice.vmId, name: input.name, description: input.description, hardware };
  const xml = renderDomainXml(vm);
  const plan: Plan = {
    ...emptyPlan('vm.create', { kind: 'vm', id: vm.id, name: vm.name }, { name: vm.name, host: host.name }),
    preconditions: createPreconditions(choice),
    steps: createSteps(choice, xml, input.start),
    expected: {
      vms: [{ vmId: vm.id, hostId: host.id, state: input.start ? 'running' : 'shutOff' }],
      files: choice.disk ? [{ hostId: host.id, path: choice.disk.path, exists: true }] : [],
    },
    xml: [{ vmId: vm.id, vmName: vm.name, before: null, after: xml }],
    placement: verdicts,
    onSubmit: [
      {
        kind: 'vm.insert',
        vmId: vm.id,
        hostId: host.id,
        name: vm.name,
        description: vm.description,
        hardware,
      },
      { kind: 'vm.intendPower', vmId: vm.id, power: input.start ? 'running' : 'shutOff' },
    ],
    onUndone: [{ kind: 'vm.remove', vmId: vm.id }],
    onFailure: 'unwind',
  };
  return plan;
};
