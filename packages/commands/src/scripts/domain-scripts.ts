/*
 * Fixed scripts for POSIX sh, for what takes more than one program in one round trip. Arguments come as $1, $2, ...;
 * nothing is ever pasted into a script. The simulator knows them by identity.
 */

const ALL_DOMAINS = 'all=$(virsh -q list --all --uuid) || exit 1\n';
const IF_ABSENT = 'printf "%s\\n" "$all" | grep -qxF -e "$1" ||';

/** $1 uuid. Prints libvirt's word for the state, or `absent`. */
export const DOMAIN_STATE = `${ALL_DOMAINS}${IF_ABSENT} { echo absent; exit 0; }
exec virsh -q domstate "$1"`;

/** $1 name. Prints `taken` or `free`. */
export const DOMAIN_NAME_PRESENCE = `names=$(virsh -q list --all --name) || exit 1
if printf "%s\\n" "$names" | grep -qxF -e "$1"; then echo taken; else echo free; fi`;

/** $1 uuid. Prints the number of snapshots. */
export const DOMAIN_SNAPSHOTS = `names=$(virsh -q snapshot-list "$1" --name) || exit 1
printf "%s" "$names" | grep -c . || true`;

/**
 * Waits until libvirt is at nothing, so that what a client asked for that was ended meanwhile (by timeout, by a lost
 * connection) has had its effect. Half a minute at most: somebody else's long call is nothing to fail for. Hosts without
 * virt-admin don't wait.
 */
export const LIBVIRT_SETTLED = `command -v virt-admin > /dev/null || exit 0
i=0
while [ $i -lt 60 ]; do
info=
for d in virtqemud libvirtd; do
info=$(virt-admin -c "$d:///system" srv-threadpool-info "$d" 2>/dev/null) && break
done
[ -n "$info" ] || exit 0
set -- $(printf "%s\\n" "$info" | sed -n -E "s/^(nWorkers|freeWorkers|jobQueueDepth) *: *//p")
[ "$1" != "$2" ] || [ "$3" != 0 ] || exit 0
i=$((i + 1)); sleep 0.5
done
exit 0`;

/** $1 uuid. Destroys the domain if it is active. */
export const DOMAIN_DESTROY_IF_ACTIVE = `all=$(virsh -q list --uuid) || exit 1
${IF_ABSENT} exit 0
exec virsh destroy "$1"`;

/** $1 uuid. Undefines the domain if it is defined; never while it runs. */
export const DOMAIN_UNDEFINE_IF_PRESENT = `${ALL_DOMAINS}${IF_ABSENT} exit 0
all=$(virsh -q list --uuid) || exit 1
if printf "%s\\n" "$all" | grep -qxF -e "$1"; then echo "the domain is active" >&2; exit 3; fi
exec virsh undefine "$1" --nvram --managed-save --snapshots-metadata --checkpoints-metadata`;

/** $1 uuid, standard input: domain XML. Defines the domain unless it is defined. */
export const DOMAIN_DEFINE_IF_ABSENT = `${ALL_DOMAINS}if printf "%s\\n" "$all" | grep -qxF -e "$1"; then exit 0; fi
exec virsh define /dev/stdin`;

/**
 * One cycle's reading. First line: a nonce; a line `<nonce> <section> <exit code>` closes each section, so that nothing
 * a host or a guest says can pass for one. Sections: `stat`, `memory`, `uptime` (from /proc) and `virsh`, which is the
 * output of ONE virsh process whatever the number of domains; in it the commands' outputs are parted by lines that
 * begin with `@transient@` and `@stats@`. Without any domain that output does not end in a line feed.
 */
export const HOST_CYCLE = `read -r n < /proc/sys/kernel/random/uuid
echo "$n"
read -r line < /proc/stat; echo "$line"; echo "$n stat 0"
while read -r key value unit; do case "$key" in MemTotal:|MemAvailable:) echo "$key $value";; esac; done < /proc/meminfo
echo "$n memory 0"
read -r line < /proc/uptime; echo "$line"; echo "$n uptime 0"
virsh -q 'list --all --uuid --name; echo @transient@; list --all --transient --uuid; echo @stats@; domstats --raw --nowait --state --cpu-total --balloon --vcpu --interface --block'
printf "\\n%s\\n" "$n virsh $?"`;

/**
 * $@ uuids. First line: a nonce. Per domain the sections `xml <uuid>` (inactive XML) and `blocks <uuid>` (domblkinfo), each
 * closed by `<nonce> <section> <uuid> <exit code>`; at last `autostart -` with the UUIDs that start with the host.
 */
export const DOMAIN_DEFINITIONS = `read -r n < /proc/sys/kernel/random/uuid
echo "$n"
for id do
virsh -q dumpxml --inactive "$id" 2>/dev/null; printf "\\n%s\\n" "$n xml $id $?"
virsh -q domblkinfo "$id" --all 2>/dev/null; printf "\\n%s\\n" "$n blocks $id $?"
done
virsh -q list --all --autostart --uuid; printf "\\n%s\\n" "$n autostart - $?"`;

/**
 * $@ uuids. First line: a nonce. Per domain the JSON of its guest agent's interfaces, cut at 256 KiB, closed by
 * `<nonce> interfaces <uuid> <exit code>`; at last `end`. Four lanes take turns at the domains, so that an agent that
 * hangs delays a few others by some seconds only. Each lane has a pipe of its own; they are emptied one after the other,
 * so that no two answers mix. Not `virsh domifaddr`: libvirt waits without end for an agent that answered before and
 * hangs now, and every such call keeps one of libvirtd's few threads.
 */
export const GUEST_INTERFACES = `read -r n < /proc/sys/kernel/random/uuid
echo "$n"
lane() {
lane=$1 turn=0; shift
for id do
if [ "$turn" -eq "$lane" ]; then
text=$(timeout -k 1 6 virsh -q qemu-agent-command --timeout 4 "$id" '{"execute":"guest-network-get-interfaces"}' < /dev/null 2>/dev/null)
printf "%.262144s\\n%s\\n" "$text" "$n interfaces $id $?"
fi
turn=$(((turn + 1) % 4))
done
}
lane 0 "$@" | { lane 1 "$@" | { lane 2 "$@" | { lane 3 "$@"; cat; }; cat; }; cat; }
echo "$n end 0"`;
