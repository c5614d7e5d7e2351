import {
  domainDefine,
  domainDestroyIfActive,
  domainName,
  domainStart,
  domainUndefine,
  fileExists,
  fileMoveIntoPlace,
  fileRemove,
  imageConvert,
  imageCreate,
  imageResize,
  isImageFormat,
  libvirtSettled,
} from '@vireo/commands';
import { GIB, type PlanStep } from '@vireo/contracts';
import { check, commandStep, exitsZero, message, prints, stateIs } from './plan-parts.ts';
import type { Choice } from './vm-create-checks.ts';

const sizeGiB = (bytes: number) => Math.round((bytes / GIB) * 1000) / 1000;

/**
 * The disk is made beside its place (`.part`) and renamed when it is whole: a file at its place is always complete, and
 * whether it is there tells after a crash if the steps before are still to be done.
 */
function diskSteps(choice: Choice, disk: NonNullable<Choice['disk']>): PlanStep[] {
  const { hostId, need } = choice;
  const part = `${disk.path}.part`;
  const isPlaced = check(hostId, fileExists(disk.path), exitsZero);
  const again = { undo: [fileRemove(part)], done: isPlaced };
  const source = choice.image?.record;
  const steps: PlanStep[] = [];
  if (source?.kind === 'disk' && isImageFormat(source.format)) {
    const copy = { from: source.path, fromFormat: source.format, to: part };
    const label = message('steps.disk.copy', { image: source.name, datastore: disk.datastore.name });
    steps.push(commandStep('disk.copy', hostId, imageConvert(copy), { ...again, label }));
    if (need.diskBytes > source.virtualBytes)
      steps.push(
        commandStep('disk.resize', hostId, imageResize(part, need.diskBytes), {
          done: isPlaced,
          label: message('steps.disk.resize', { size: sizeGiB(need.diskBytes) }),
        }),
      );
  } else {
    const label = message('steps.disk.create', {
      size: sizeGiB(need.diskBytes),
      datastore: disk.datastore.name,
    });
    steps.push(commandStep('disk.create', hostId, imageCreate(part, need.diskBytes), { ...again, label }));
  }
  steps.push(
    commandStep('disk.place', hostId, fileMoveIntoPlace(part, disk.path), {
      undo: [fileRemove(disk.path)],
      done: isPlaced,
    }),
  );
  return steps;
}

/** Steps that make the VM, each with its undo and with a check that tells after a crash whether it is done. */
export function createSteps(choice: Choice, xml: string, isStarted: boolean): PlanStep[] {
  const { hostId, vmId: id } = choice;
  const vm = { id, hostId };
  const steps = choice.disk ? diskSteps(choice, choice.disk) : [];
  const defined = stateIs(
    vm,
    ...(['running', 'blocked', 'paused', 'shuttingDown', 'shutOff', 'crashed', 'suspended'] as const),
  );
  steps.push(
    commandStep('vm.define', hostId, domainDefine(xml), {
      undo: [libvirtSettled(), domainUndefine(id)],
      done: defined,
    }),
    {
      id: 'vm.verify',
      label: message('steps.vm.verify'),
      action: {
        kind: 'waitFor',
        check: check(hostId, domainName(id), prints(choice.name)),
        everyMs: 500,
        timeoutMs: 10_000,
      },
      undo: [],
    },
  );
  if (isStarted)
    steps.push(
      commandStep('vm.start', hostId, domainStart(id), {
        undo: [libvirtSettled(), domainDestroyIfActive(id)],
        done: stateIs(vm, 'running', 'blocked', 'paused'),
      }),
    );
  return steps;
}
