/** Prints the MiB that Linux says are available without swapping. */
export const MEMORY_AVAILABLE_MIB = `while read -r key value unit; do
if [ "$key" = MemAvailable: ]; then echo $((value / 1024)); exit 0; fi
done < /proc/meminfo
exit 1`;

export const LIBVIRT_VERSION = `virsh version --daemon | sed -n "s/^Running against daemon: //p" | grep .`;
export const QEMU_VERSION = `virsh version | sed -n "s/^Running hypervisor: QEMU //p" | grep .`;

/** Prints libvirt's UUID of the host. */
export const HOST_UUID = `virsh capabilities | sed -n "s:^ *<uuid>\\(.*\\)</uuid>$:\\1:p" | head -n 1 | grep .`;

/** Prints the number of active pools that are directories. */
export const POOL_COUNT = `pools=$(virsh -q pool-list --type dir,fs,netfs --uuid) || exit 1
printf "%s" "$pools" | grep -c . || true`;

/** $1 name. Prints `active` or `missing`. */
export const NETWORK_PRESENCE = `names=$(virsh -q net-list --name) || exit 1
if printf "%s\\n" "$names" | grep -qxF -e "$1"; then echo active; else echo missing; fi`;

/** $1 uefi | uefiSecureBoot. Prints `available` or `missing`. */
export const FIRMWARE_PRESENCE = `caps=$(virsh domcapabilities --virttype qemu --machine q35) || exit 1
case "$caps" in *"<value>efi</value>"*) ;; *) echo missing; exit 0 ;; esac
if [ "$1" = uefiSecureBoot ]; then
printf "%s\\n" "$caps" | sed -n "/<enum name='secure'>/,/<\\/enum>/p" | grep -q "<value>yes</value>" || { echo missing; exit 0; }
fi
echo available`;

/** Prints `yes`, `no` or `unknown`. */
export const TIME_SYNC = `s=$(timeout 3 timedatectl show -p NTPSynchronized --value 2>/dev/null)
case "$s" in yes|no) echo "$s" ;; *) echo unknown ;; esac`;

/**
 * A boot sector of 86 bytes (real mode): enters 32-bit protected mode, returns from there by `iretl` to the next
 * instruction, and writes 16 to port 0xf4, QEMU's debug exit: exit code (16 << 1) | 1 = 33.
 */
const PROBE_SECTOR =
  '\\372\\061\\300\\216\\330\\146\\017\\001\\026\\120\\174\\017\\040\\300\\014\\001\\017\\042\\300\\352\\030\\174\\010\\000\\146\\270\\020\\000\\216\\330\\216\\300\\216\\320\\274\\000\\160\\000\\000\\234\\016\\150\\057\\174\\000\\000\\317\\260\\020\\346\\364\\364\\215\\164\\046\\000\\000\\000\\000\\000\\000\\000\\000\\000\\377\\377\\000\\000\\000\\233\\317\\000\\377\\377\\000\\000\\000\\223\\317\\000\\027\\000\\070\\174\\000\\000';

/**
 * Prints `kvm` if a guest really runs with KVM, else `qemu`. /dev/kvm may be there and yet guests hang: under some nested
 * KVMs `iretl` in protected mode is an "emulation failure", which stops every boot loader. So that is what is booted.
 */
export const KVM_PROBE = `caps=$(virsh domcapabilities --virttype kvm 2>/dev/null) || { echo qemu; exit 0; }
[ -c /dev/kvm ] || { echo qemu; exit 0; }
emulator=$(printf "%s\\n" "$caps" | sed -n "s:^ *<path>\\(.*\\)</path>$:\\1:p" | head -n 1)
disk=$(mktemp /run/vireo-probe.XXXXXXXX) || exit 1
trap 'rm -f -- "$disk"' EXIT
{ printf '${PROBE_SECTOR}'; head -c 424 /dev/zero; printf "\\125\\252"; } > "$disk"
timeout -k 1 2 "$emulator" -accel kvm -machine pc -m 16 -nodefaults -no-user-config -display none -no-reboot -device isa-debug-exit,iobase=0xf4,iosize=0x04 -drive "file=$disk,format=raw,if=ide,index=0" -boot c < /dev/null > /dev/null 2>&1
if [ $? -eq 33 ]; then echo kvm; else echo qemu; fi`;

/**
 * What a host is. First line: a nonce; a line `<nonce> <section> <exit code>` closes each section. Sections, in order:
 * capabilities, version, domcapabilities (of q35), accelerator (see KVM_PROBE), ip (JSON), bridges (OVS, JSON), ovs
 * (version), networks, osRelease, kernel, hostname, cpu (/proc/cpuinfo), memory, speeds (`<nic> <Mbit/s>`), physical
 * (NICs with a device behind them), system (vendor, product).
 */
export const HOST_FACTS = `read -r n < /proc/sys/kernel/random/uuid
echo "$n"
end() { printf "\\n%s\\n" "$n $1 $2"; }
virsh capabilities; end capabilities $?
virsh version --daemon; end version $?
virsh domcapabilities --virttype qemu --machine q35 2>/dev/null; end domcapabilities $?
(
${KVM_PROBE}
); end accelerator $?
ip -json -details addr; end ip $?
ovs-vsctl --timeout=5 --format=json --columns=name,datapath_type list bridge 2>/dev/null; end bridges $?
ovs-vsctl --version 2>/dev/null; end ovs $?
virsh -q net-list --name; end networks $?
cat /etc/os-release 2>/dev/null; end osRelease $?
uname -r; end kernel $?
uname -n; end hostname $?
grep -m 2 -E "^(model name|cpu MHz)" /proc/cpuinfo; end cpu $?
grep -m 1 "^MemTotal:" /proc/meminfo; end memory $?
for d in /sys/class/net/*; do read -r s 2>/dev/null < "$d/speed" && echo "\${d##*/} $s"; done 2>/dev/null; end speeds 0
for d in /sys/class/net/*; do [ -e "$d/device" ] && echo "\${d##*/}"; done; end physical 0
cat /sys/class/dmi/id/sys_vendor 2>/dev/null || echo; cat /sys/class/dmi/id/product_name 2>/dev/null || echo; end system 0`;

/** $1 user, $2 line. The line is added once, the folder and file keep sshd's required modes and owner. */
export const AUTHORIZED_KEY_ADD = `umask 077
home=$(getent passwd "$1" | cut -d : -f 6)
[ -n "$home" ] && [ -d "$home" ] || { echo "no home directory" >&2; exit 1; }
file=$home/.ssh/authorized_keys
[ -d "$home/.ssh" ] || { mkdir -m 700 "$home/.ssh" && chown "$1:" "$home/.ssh"; } || exit 1
if [ -f "$file" ]; then
grep -qxF -e "$2" "$file" && exit 0
[ -z "$(tail -c 1 "$file")" ] || echo >> "$file"
else
: > "$file" && chown "$1:" "$file" && chmod 600 "$file" || exit 1
fi
printf "%s\\n" "$2" >> "$file"`;

/** $1 user, $2 line. */
export const AUTHORIZED_KEY_REMOVE = `umask 077
home=$(getent passwd "$1" | cut -d : -f 6)
file=$home/.ssh/authorized_keys
[ -n "$home" ] && [ -f "$file" ] || exit 0
grep -qxF -e "$2" "$file" || exit 0
rest=$(mktemp "$file.XXXXXXXX") || exit 1
grep -vxF -e "$2" "$file" > "$rest"
chown --reference="$file" "$rest" && chmod --reference="$file" "$rest" && mv -T -- "$rest" "$file"`;
