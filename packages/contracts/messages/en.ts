/** The words of the domain in English: flat keys, ICU messages. zh-CN.ts holds the same keys. */
export default {
  // operations, as verbs on a button
  'operations.host.probe': 'Read host key',
  'operations.host.preflight': 'Check host',
  'operations.host.add': 'Add host',
  'operations.host.rename': 'Rename',
  'operations.host.trustKey': 'Trust new host key',
  'operations.host.remove': 'Remove from Vireo',
  'operations.vm.create': 'Create VM',
  'operations.vm.start': 'Start',
  'operations.vm.shutdown': 'Shut down',
  'operations.vm.stop': 'Force stop',
  'operations.vm.reboot': 'Reboot',
  'operations.vm.reset': 'Force reset',
  'operations.vm.suspend': 'Suspend',
  'operations.vm.resume': 'Resume',
  'operations.vm.delete': 'Delete',
  // states
  'states.running': 'Running',
  'states.blocked': 'Running',
  'states.paused': 'Suspended',
  'states.shuttingDown': 'Shutting down',
  'states.shutOff': 'Stopped',
  'states.crashed': 'Crashed',
  'states.suspended': 'Asleep (guest)',
  'states.unknown': 'Unknown',
  'connections.connecting': 'Connecting',
  'connections.connected': 'Connected',
  'connections.unreachable': 'Unreachable',
  'connections.keyChanged': 'Host key changed',
  'connections.authRefused': 'Sign-in refused',
  'taskStates.queued': 'Queued',
  'taskStates.running': 'Running',
  'taskStates.waiting': 'Waiting for the host',
  'taskStates.unwinding': 'Taking back',
  'taskStates.done': 'Done',
  'taskStates.failed': 'Failed',
  'taskStates.stuck': 'Needs attention',
  'taskStates.cancelled': 'Cancelled',
  // roles and rights
  'roles.administrator': 'Administrator',
  'roles.operator': 'Operator',
  'roles.readOnly': 'Read-only',
  'permissions.inventory.read': 'see the inventory',
  'permissions.vm.create': 'create VMs',
  'permissions.vm.power': 'operate VM power',
  'permissions.vm.configure': 'configure VMs',
  'permissions.vm.delete': 'delete VMs',
  'permissions.vm.console': 'open VM consoles',
  'permissions.host.manage': 'manage hosts',
  'permissions.task.cancel': 'cancel and retry tasks',
  'permissions.event.read': 'read events',
  'permissions.user.manage': 'manage users',
  // why an action can't be done now
  'mayNot.role': 'Your role does not allow you to {permission}.',
  'mayNot.busy': 'Another task holds it: {operation}. Wait for it to end, or cancel it.',
  'mayNot.connection': 'The host is not connected ({connection}).',
  'mayNot.state': 'Not possible in the state "{state}".',
  // the API's own acts, as audit entries name them
  'operations.session.signIn': 'Sign in',
  'operations.session.signOut': 'Sign out',
  'operations.session.changePassword': 'Change password',
  'operations.user.create': 'Create user',
  'operations.user.update': 'Change user',
  'operations.task.cancel': 'Cancel task',
  'operations.task.retry': 'Retry task',
  'operations.host.sealCredential': 'Store host credential',
  'operations.vm.console': 'Open console',
  'errors.user.nameTaken': 'There is already a user named {name}.',
  'errors.user.isSelf':
    'You cannot take rights from yourself or reset your own password here. Another administrator can; your password is changed in your own menu.',
  'errors.user.lastAdministrator':
    'This is the last administrator who can sign in. Appoint another one first.',
  // what was seen to happen, and who did what
  'events.host.connected': 'Host {name} is connected.',
  'events.host.unreachable':
    'Host {name} can no longer be reached: {detail}. The states of its VMs are unknown until it answers again.',
  'events.host.keyChanged':
    'Host {name} presents another host key ({fingerprint}) than the trusted one. Nothing was sent to it. If the host was reinstalled, trust the new key; otherwise look into it.',
  'events.host.authRefused':
    "Host {name} refused the sign-in of {user}. Check that the console''s key is still in its authorized_keys.",
  'events.vm.adopted':
    'VM {name} was found on host {host} and added to the inventory. Nothing on the host was changed.',
  'events.vm.removedOutside': 'VM {name} was removed from host {host} outside Vireo.',
  'events.vm.stateChanged': 'VM {name} changed to "{state}" outside Vireo.',
  'events.vm.started': 'VM {name} was started outside Vireo.',
  'events.vm.stopped': 'VM {name} stopped outside Vireo.',
  'events.vm.definitionChanged': 'The settings of VM {name} were changed outside Vireo.',
  'events.vm.crashed': 'VM {name} crashed.',
  'events.vm.moved': 'VM {name} is now on host {host}.',
  'events.vm.ambiguous':
    'VM {name} is defined on {host} and on {otherHost} at the same time. Vireo acts on neither until one definition is removed.',
  'events.console.closed': '{user} closed the console of VM {name}.',
  'audit.operation': '{operation}: {name}',
  // refusals and failures, by error code
  'errors.input.invalid': 'The input is not acceptable. Correct the fields that are marked.',
  'errors.input.tooLarge': 'The request is too large.',
  'errors.input.rateLimited': 'Too many requests. Wait a moment and try again.',
  'errors.request.originRefused': 'The request came from another site and was refused.',
  'errors.request.malformed': 'The request could not be read.',
  'errors.notFound': 'It does not exist, or you may not see it.',
  'errors.internal': 'Something went wrong inside Vireo. Its log says more; try again.',
  'errors.unavailable': 'Vireo is not ready for this. Try again in a moment.',
  'errors.auth.required': 'Sign in first.',
  'errors.auth.badCredentials': 'User name or password is wrong.',
  'errors.auth.locked':
    'Too many failed sign-ins. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  'errors.auth.passwordChangeRequired': 'Change your password before you go on.',
  'errors.auth.passwordWeak': 'The password is too weak. Use at least 12 characters that are hard to guess.',
  'errors.auth.forbidden': 'Your role does not allow this. Ask an administrator.',
  'errors.auth.busy': 'Too many sign-ins at once. Try again in a moment.',
  'errors.host.nameTaken': 'A host with this name exists already. Choose another name.',
  'errors.host.addressTaken': 'A host with this address and port exists already.',
  'errors.host.notConnected': 'Host {name} is not connected. Wait until it is, then try again.',
  'errors.host.unreachable':
    'The host does not answer on SSH. Check its address, its port and the network between.',
  'errors.host.keyChanged':
    'The host presents another key than the trusted one. Nothing was sent to it. If it was reinstalled, trust the new key; otherwise look into it.',
  'errors.host.authRefused': 'The host refused the sign-in. Check user, password or key.',
  'errors.host.hasOpenTasks': 'Tasks on this host are still open. Wait for them to end, or cancel them.',
  'errors.host.preflightFailed': 'The host is not ready. See the items that failed, each with its remedy.',
  'errors.vm.busy': 'Another task holds the VM: {operation}. Wait for it to end, or cancel it.',
  'errors.vm.stateNotAllowed': 'Not possible while the VM is in the state "{state}".',
  'errors.vm.stateUnknown':
    'The state of the VM is not known, because its host cannot be asked. Try again when the host is connected.',
  'errors.vm.nameTaken': 'A VM named {name} exists already. Choose another name.',
  'errors.object.confirmNameMismatch': 'The name typed does not match {name}. Type it exactly.',
  'errors.vm.noHostFits':
    'No host can take the VM. See the reason per host, and the smallest change that would help.',
  'errors.vm.hostRefused': 'Host {host} cannot take the VM: {reason}',
  'errors.vm.diskInUse':
    'The disk {path} is also used by VM {vmName}. Delete the VM without its disks, or delete {vmName} first.',
  'errors.vm.diskNotOwned':
    'The disk {path} is not under a known datastore, so Vireo does not delete it. Delete the VM without its disks.',
  'errors.vm.consoleUnavailable': 'The console of the VM cannot be opened: {reason}',
  'errors.vm.ambiguousUuid': 'Two hosts define a VM with the same UUID. Remove one of the definitions first.',
  'errors.vm.shutdownTimedOut':
    'VM {name} did not shut down within {seconds, plural, one {# second} other {# seconds}}. Its guest may lack ACPI support or wait for an answer. Look at its console, or force stop it.',
  'errors.object.busy': 'Another task holds it: {operation}. Wait for it to end, or cancel it.',
  'errors.image.notOnHost': 'The image {name} is not on host {host}. Choose another image or host.',
  'errors.image.unsafe':
    'The image {name} is refused: {reason}. Convert it into a plain qcow2 or raw file first.',
  'errors.network.notOnHost': 'Host {host} has no bridge {network}. Choose another network or host.',
  'errors.task.notCancellable': 'The task has ended, or is past the point where it can be cancelled.',
  'errors.task.notRetryable': 'The task cannot be retried. Start the operation anew.',
  'errors.task.cancelled': 'The task was cancelled.',
  'errors.plan.worldMoved':
    'The host is not as the plan expected. See the checks that failed; then try again, with a new plan.',
  'errors.step.failed': 'The command failed on host {host} with exit code {exitCode}: {stderr}',
  'errors.step.timedOut': 'The step did not end in time. See the transcript for what the host said.',
  'errors.step.connectionLost': 'The connection to the host was lost during the step.',
  'errors.step.outcomeUnknown':
    'The connection broke after the command was sent, and its effect cannot be seen from outside. Look at the VM before you repeat it.',
  'errors.undo.failed': 'Taking back did not succeed completely. See the transcript for what is left.',
  'errors.ticket.invalid': 'The console ticket is no longer valid. Open the console again.',
  // firmware, and verdicts on images
  'firmware.bios': 'BIOS',
  'firmware.uefi': 'UEFI',
  'firmware.uefiSecureBoot': 'UEFI with Secure Boot',
  'imageVerdicts.unexpectedFormat': 'its content is neither plain qcow2 nor raw',
  // titles of Plans
  'plan.host.probe': 'Read the host key of {address}, port {port, number, ::group-off}',
  'plan.host.preflight': 'Check {address} as a host',
  'plan.host.add': 'Add host {name} ({address})',
  'plan.host.rename': 'Rename host {name} to {newName}',
  'plan.host.trustKey': 'Trust the new key of host {name}',
  'plan.host.remove': 'Remove host {name} from Vireo',
  'plan.vm.create': 'Create VM {name} on {host}',
  'plan.vm.start': 'Start VM {name} on {host}',
  'plan.vm.shutdown': 'Shut down VM {name} on {host}',
  'plan.vm.stop': 'Force stop VM {name} on {host}',
  'plan.vm.reboot': 'Reboot VM {name} on {host}',
  'plan.vm.reset': 'Force reset VM {name} on {host}',
  'plan.vm.suspend': 'Suspend VM {name} on {host}',
  'plan.vm.resume': 'Resume VM {name} on {host}',
  'plan.vm.delete': 'Delete VM {name} from {host}',
  // steps
  'steps.host.probe': 'Read the host key of {address}',
  'steps.host.connect': 'Sign in to {address} and compare its host key',
  'steps.host.installKey': 'Install the public key of the console for user {user}',
  'steps.host.connectWithKey': 'Sign in to {address} with the key of the console',
  'steps.disk.copy': 'Copy image {image} to datastore {datastore}',
  'steps.disk.create': 'Create a disk of {size} GiB on datastore {datastore}',
  'steps.disk.resize': 'Grow the disk to {size} GiB',
  'steps.disk.place': 'Move the finished disk into its place',
  'steps.disk.remove': 'Delete {count, plural, one {# disk file} other {# disk files}}',
  'steps.vm.define': 'Define the VM on the host',
  'steps.vm.verify': 'Read the definition back',
  'steps.vm.undefine': 'Remove the definition of the VM from the host',
  'steps.vm.clearCrashed': 'Clear away what is left of the crashed VM',
  'steps.vm.start': 'Start the VM',
  'steps.vm.shutdown': 'Ask the guest to shut down',
  'steps.vm.waitShutOff':
    'Wait until the VM is off, at most {seconds, plural, one {# second} other {# seconds}}',
  'steps.vm.stop': 'Cut the power of the VM',
  'steps.vm.reboot': 'Ask the guest to reboot',
  'steps.vm.reset': 'Press the reset button of the VM',
  'steps.vm.suspend': 'Pause the vCPUs of the VM',
  'steps.vm.resume': 'Let the vCPUs of the VM run again',
  // checks before the first step, and what to do when one does not hold
  'checks.vm.state': 'The VM is in a state that allows this',
  'remedies.vm.state': 'The host says that the VM is "{observed}". Look at it again, then decide.',
  'checks.vm.nameFree': 'No VM on {host} is named {name}',
  'remedies.vm.nameFree': 'A VM named {name} is defined on {host} already. Choose another name.',
  'checks.vm.uuidFree': 'The UUID chosen for the VM is not in use',
  'remedies.vm.uuidFree': 'The UUID is in use on the host. Try again: a new one is chosen each time.',
  'checks.vm.noSnapshots': 'The VM has no snapshots',
  'remedies.vm.noSnapshots':
    'The VM has snapshots ({observed}). Their metadata goes with the VM; overlay files that they made stay on the datastore.',
  'checks.vm.disksUnused': 'No other VM on {host} uses the disks, directly or through a backing file',
  'remedies.vm.disksUnused':
    'VMs on {host} still need the disks: {observed}. Delete the VM without its disks, or delete those VMs first.',
  'checks.image.safe': 'Image {name} is a plain image that refers to no other file',
  'remedies.image.safe':
    'Image {name} was refused: {observed, select, missing {the file is gone} notRegular {it is not a regular file} outside {it leads out of its datastore} unexpectedFormat {its content is not of the format that was found before} backingFile {it refers to a backing file} dataFile {it refers to an external data file} tooLarge {it claims to be larger than 64 TiB} other {it could not be read}}. Convert it into a plain qcow2 file and try again.',
  'checks.disk.pathFree': 'Nothing is at the place of the new disk',
  'remedies.disk.pathFree':
    'There is something at {path} already. Try again: a new path is chosen each time.',
  'checks.datastore.space': 'Datastore {datastore} has {needed, number} MiB free',
  'remedies.datastore.space':
    'Datastore {datastore} has {observed} MiB free; {needed, number} MiB are needed now. Free some space or choose another datastore.',
  'checks.datastore.thin': 'Datastore {datastore} could hold the whole disk ({needed, number} MiB)',
  'remedies.datastore.thin':
    'The disk is thin and may grow to {needed, number} MiB; datastore {datastore} has {observed} MiB free. Keep an eye on it.',
  'checks.host.network': 'Bridge {network} is there',
  'remedies.host.network':
    'Bridge {network} is not on the host any more. Choose another network, or create the bridge.',
  'checks.host.firmware': 'The host offers {firmware} for VMs',
  'remedies.host.firmware':
    'Install the package ovmf (Debian, Ubuntu) or edk2-ovmf on the host, or choose BIOS.',
  'checks.host.memory': 'The host has {needed, number} MiB of memory available',
  'remedies.host.memory':
    'The host has {observed} MiB of memory available; the VM needs {needed, number} MiB. Stop another VM on it, or give this one less.',
  'checks.host.rootRights': 'User {user} has the rights of root',
  'remedies.host.rootRights':
    'Let {user} run commands as root without a password, for example with a file in /etc/sudoers.d: "{user} ALL=(root) NOPASSWD: ALL"; or sign in as root.',
  'checks.host.libvirt': 'libvirt runs, version {version} or later',
  'remedies.host.libvirt':
    'Install and start libvirt {version} or later (packages libvirt-daemon-system and libvirt-clients; "systemctl enable --now libvirtd"). The host said: {observed}',
  'checks.host.qemu': 'QEMU is installed, version {version} or later',
  'remedies.host.qemu':
    'Install QEMU {version} or later (package qemu-system-x86). The host said: {observed}',
  'checks.host.qemuImg': 'qemu-img is installed',
  'remedies.host.qemuImg': 'Install the package qemu-utils (Debian, Ubuntu) or qemu-img.',
  'checks.host.flock': 'flock is installed',
  'remedies.host.flock': 'Install the package util-linux.',
  'checks.host.prlimit': 'prlimit is installed',
  'remedies.host.prlimit': 'Install the package util-linux.',
  'checks.host.ip': 'ip speaks JSON',
  'remedies.host.ip': 'Install the package iproute2, version 4.13 or later.',
  'checks.host.unknown': 'The machine is not in the inventory yet',
  'remedies.host.unknown':
    'A host with the UUID {observed} is in the inventory already. If it is another machine, give it a UUID of its own: host_uuid in /etc/libvirt/libvirtd.conf, then restart libvirtd.',
  'checks.host.virtualization': 'KVM works: a probe guest boots with it',
  'remedies.host.virtualization':
    'Without KVM, VMs are emulated and slow. Turn on VT-x or AMD-V in the firmware of the machine and load the module kvm_intel or kvm_amd.',
  'checks.host.ovs': 'Open vSwitch answers',
  'remedies.host.ovs':
    'Install and start Open vSwitch (package openvswitch-switch), unless your VMs only use Linux bridges.',
  'checks.host.datastore': 'There is a datastore',
  'remedies.host.datastore':
    'Define and start a libvirt directory pool for disks: "virsh pool-define-as vms dir --target /srv/vms", then pool-build, pool-start and pool-autostart.',
  'checks.host.freeSpace': '{path} has {needed, number} MiB free',
  'remedies.host.freeSpace':
    '{path} has {observed} MiB free. Free some space: logs and firmware variables of VMs are kept there.',
  'checks.host.time': 'The clock is kept by NTP',
  'remedies.host.time':
    'Set up a time service (chrony or systemd-timesyncd), so that events and certificates agree between hosts.',
  // placement: the verdict on a host
  'placement.fits':
    'Fits: {memory, number} MiB of memory available, {vms, plural, =0 {no VMs} one {# VM} other {# VMs}}, {space} GiB on its datastore',
  'placement.notConnected': 'Not connected ({connection}). Wait until it is connected.',
  'placement.factsMissing': 'Not read yet. Wait a moment.',
  'placement.tooManyVcpus':
    'Has {available, plural, one {# CPU} other {# CPUs}}; the VM asks for {needed, number}. Ask for at most {available, number} vCPUs.',
  'placement.memoryTooLarge':
    'Could give {available, number} MiB of memory at most; the VM asks for {needed, number} MiB. Ask for at most {available, number} MiB.',
  'placement.memoryShort':
    'Has {available, number} MiB of memory available; the VM asks for {needed, number} MiB. Free {missing, number} MiB on it, or ask for at most {available, number} MiB, or do not start the VM yet.',
  'placement.firmwareMissing': 'Does not offer {firmware}. Install OVMF on it, or choose BIOS.',
  'placement.networkMissing': 'Has no bridge {network}. Create it there, or choose another network.',
  'placement.vlanNeedsOvs':
    'Network {network} is no Open vSwitch bridge, so VLAN {vlan, number, ::group-off} cannot be set on it. Leave the VLAN out, or choose an Open vSwitch bridge.',
  'placement.imageMissing': 'Does not have image {image}. Copy it there, or choose another image.',
  'placement.datastoreMissing': 'Has no usable datastore. Create or start one.',
  'placement.datastoreFull':
    'Datastore {datastore} has {available, number} GiB free; {needed, number} GiB are needed. Free {missing, number} GiB on it, or choose another datastore.',
} as const satisfies Record<string, string>;
