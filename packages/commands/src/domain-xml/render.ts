import type { VmDisk, VmHardware, VmId, VmNic } from '@vireo/contracts';
import { element, writeXml } from './write-xml.ts';

/** Namespace of what Vireo keeps in a domain's `<metadata>`, so that the inventory can be rebuilt from the hosts. */
const METADATA_NAMESPACE = 'urn:vireo:vm:1';

/** Empty PCI Express ports for devices that are plugged in while the VM runs. */
const SPARE_PORTS = 8;

function os(hardware: VmHardware) {
  const type = element('type', { arch: 'x86_64', machine: hardware.machine || undefined }, 'hvm');
  if (hardware.firmware === 'bios') return element('os', {}, type);
  const enabled = hardware.firmware === 'uefiSecureBoot' ? 'yes' : 'no';
  const features = ['enrolled-keys', 'secure-boot'].map((name) => element('feature', { enabled, name }));
  const loader = enabled === 'yes' ? element('loader', { secure: 'yes' }) : null;
  return element('os', { firmware: 'efi' }, type, element('firmware', {}, ...features), loader);
}

function cpu({ cpuModel }: VmHardware) {
  if (cpuModel === 'default') return null;
  if (['host-model', 'host-passthrough', 'maximum'].includes(cpuModel))
    return element('cpu', { mode: cpuModel });
  return element(
    'cpu',
    { mode: 'custom', match: 'exact' },
    element('model', { fallback: 'allow' }, cpuModel),
  );
}

function disk(one: VmDisk) {
  const isDisk = one.device === 'disk';
  return element(
    'disk',
    { type: 'file', device: one.device },
    element('driver', {
      name: 'qemu',
      type: one.format,
      cache: isDisk ? 'none' : undefined,
      discard: isDisk ? 'unmap' : undefined,
    }),
    one.path === null ? null : element('source', { file: one.path }),
    element('target', { dev: one.target, bus: one.bus }),
    one.isReadOnly ? element('readonly') : null,
    one.bootOrder === null ? null : element('boot', { order: one.bootOrder }),
  );
}

function nic(one: VmNic) {
  const isNetwork = one.networkKind === 'libvirtNetwork';
  return element(
    'interface',
    { type: isNetwork ? 'network' : 'bridge' },
    element('mac', { address: one.mac }),
    element('source', isNetwork ? { network: one.network ?? '' } : { bridge: one.network ?? '' }),
    one.vlan === null ? null : element('vlan', {}, element('tag', { id: one.vlan })),
    one.networkKind === 'ovsBridge' ? element('virtualport', { type: 'openvswitch' }) : null,
    element('model', { type: one.model }),
    one.isLinkUp ? null : element('link', { state: 'down' }),
    one.bootOrder === null ? null : element('boot', { order: one.bootOrder }),
  );
}

function graphics({ graphics: screen }: VmHardware) {
  if (screen.kind === 'none') return null;
  if (screen.kind === 'vncSocket')
    return element(
      'graphics',
      { type: 'vnc' },
      element('listen', { type: 'socket', socket: screen.path ?? undefined }),
    );
  return element(
    'graphics',
    { type: 'vnc', port: screen.port ?? -1, autoport: screen.port === null ? 'yes' : 'no' },
    element('listen', { type: 'address', address: screen.listen }),
  );
}

/**
 * Domain XML (https://libvirt.org/formatdomain.html) of a VM as Vireo makes them: q35, virtio, VNC on a socket that
 * libvirt places, guest agent channel, serial console, random numbers from the host, spare ports for hot-plug.
 * Everything goes through a serializer; names and descriptions may hold anything that XML can.
 * @throws Error for characters that XML 1.0 cannot hold
 */
export function renderDomainXml(vm: {
  id: VmId;
  name: string;
  description: string;
  hardware: VmHardware;
}): string {
  const { hardware } = vm;
  const features = ['acpi', 'apic'].map((name) => element(name));
  if (hardware.firmware === 'uefiSecureBoot') features.push(element('smm', { state: 'on' }));
  const timers = [
    { name: 'rtc', tickpolicy: 'catchup' },
    { name: 'pit', tickpolicy: 'delay' },
    { name: 'hpet', present: 'no' },
  ];
  return writeXml(
    element(
      'domain',
      { type: hardware.accelerator },
      element('name', {}, vm.name),
      element('uuid', {}, vm.id),
      vm.description === '' ? null : element('description', {}, vm.description),
      element('metadata', {}, element('vireo:vm', { 'xmlns:vireo': METADATA_NAMESPACE, id: vm.id })),
      element('memory', { unit: 'MiB' }, String(hardware.maxMemoryMiB)),
      element('currentMemory', { unit: 'MiB' }, String(hardware.memoryMiB)),
      element('vcpu', { placement: 'static', current: hardware.vcpus }, String(hardware.maxVcpus)),
      os(hardware),
      element('features', {}, ...features),
      cpu(hardware),
      element('clock', { offset: 'utc' }, ...timers.map((timer) => element('timer', timer))),
      element('on_poweroff', {}, 'destroy'),
      element('on_reboot', {}, 'restart'),
      element('on_crash', {}, 'destroy'),
      element(
        'devices',
        {},
        ...hardware.disks.map(disk),
        element('controller', { type: 'pci', index: 0, model: 'pcie-root' }),
        ...Array.from({ length: SPARE_PORTS }, (_, index) =>
          element('controller', { type: 'pci', index: index + 1, model: 'pcie-root-port' }),
        ),
        element('controller', { type: 'scsi', model: 'virtio-scsi' }),
        element('controller', { type: 'usb', model: 'qemu-xhci' }),
        ...hardware.nics.map(nic),
        element('serial', { type: 'pty' }),
        element('console', { type: 'pty' }),
        hardware.hasGuestAgentChannel
          ? element(
              'channel',
              { type: 'unix' },
              element('target', { type: 'virtio', name: 'org.qemu.guest_agent.0' }),
            )
          : null,
        element('input', { type: 'tablet', bus: 'usb' }),
        graphics(hardware),
        element('video', {}, element('model', { type: 'vga' })),
        element('memballoon', { model: 'virtio' }, element('stats', { period: 5 })),
        element('rng', { model: 'virtio' }, element('backend', { model: 'random' }, '/dev/urandom')),
      ),
    ),
  );
}
