/** A small virtual machine on the lab's bridge, booting `disk`. */
export function guestXml(vm: {
  uuid: string;
  name: string;
  disk: string;
  vlan?: number;
  firmware?: 'uefi';
}): string {
  const tag = vm.vlan === undefined ? '' : `<vlan><tag id='${vm.vlan}'/></vlan>`;
  const code = '/usr/share/OVMF/OVMF_CODE_4M.ms.fd';
  const uefi = `<loader readonly='yes' secure='yes' type='pflash'>${code}</loader>
    <nvram template='/usr/share/OVMF/OVMF_VARS_4M.ms.fd'/>`;
  const isUefi = vm.firmware === 'uefi';
  return `<domain type='qemu'>
  <name>${vm.name}</name><uuid>${vm.uuid}</uuid>
  <memory unit='MiB'>${isUefi ? 512 : 128}</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='${isUefi ? 'q35' : 'pc'}'>hvm</type>${isUefi ? uefi : ''}<boot dev='hd'/></os>
  <features><acpi/><apic/>${isUefi ? "<smm state='on'/>" : ''}</features>
  <devices>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${vm.disk}'/>
      <target dev='vda' bus='virtio'/></disk>
    <interface type='bridge'><source bridge='vsw0'/><virtualport type='openvswitch'/>${tag}<model type='virtio'/></interface>
    <serial type='pty'/>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <video><model type='vga'/></video>
  </devices>
</domain>`;
}
