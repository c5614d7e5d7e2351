/** $1 directory. Prints the free MiB for files under it. */
export const FREE_MIB = `set -- $(stat -f -c "%a %S" -- "$1") || exit 1
[ $# -eq 2 ] || exit 1
echo $(( $1 * $2 / 1048576 ))`;

/**
 * $@ pairs of a datastore's path and a disk's path under it. Removes the disks, or none of them if one is not a regular file
 * whose real folder is in the datastore: a definition may name anything, and links lead anywhere. The folder is entered
 * first and the file named within it, so that nothing can be exchanged in between. What is gone already is fine.
 */
export const DISK_REMOVE = `each() {
while [ $# -gt 1 ]; do
root=$2 file=$3
if [ -e "$file" ] || [ -L "$file" ]; then
( top=$(realpath -e -- "$root") && cd -P -- "\${file%/*}" || exit 3
case "$(pwd -P)/" in "$top"/*) ;; *) echo "not in its datastore: $file" >&2; exit 3 ;; esac
name=./\${file##*/}
[ -f "$name" ] && [ ! -L "$name" ] || { echo "not a regular file: $file" >&2; exit 3; }
[ "$1" = look ] || exec rm -f -- "$name" ) || return 3
fi
act=$1; shift 3; set -- "$act" "$@"
done
}
each look "$@" && each remove "$@"`;

/**
 * Shell functions that read image headers without any image tool: a tool believes what a guest wrote.
 * `hexAt FILE OFFSET COUNT`: bytes as hex digits. `numberAt FILE OFFSET COUNT`: a big-endian number.
 * `backingOf FILE`: the backing file's name as the qcow2 header has it, or nothing.
 */
const HEADER_FUNCTIONS = `hexAt() { od -An -v -tx1 -j "$2" -N "$3" -- "$1" 2>/dev/null | tr -d " \\n"; }
numberAt() { h=$(hexAt "$1" "$2" "$3"); [ -n "$h" ] || h=0; echo $((0x$h)); }
backingOf() {
[ "$(hexAt "$1" 0 4)" = 514649fb ] || return 0
o=$(numberAt "$1" 8 8); s=$(numberAt "$1" 16 4)
if [ "$o" -gt 0 ] && [ "$s" -gt 0 ] && [ "$s" -lt 1024 ]; then dd if="$1" bs=1 skip="$o" count="$s" 2>/dev/null | tr -d "\\000\\n"; fi
}
`;

/**
 * $1 path, $2 expected format (qcow2, raw or iso), $3 datastore path. Prints a verdict (see image-safety.ts).
 * qcow2 header fields by the format's specification: backing file offset at 8, size at 24, incompatible features at 72
 * (bit 2: external data file).
 */
export const IMAGE_SAFETY = `${HEADER_FUNCTIONS}say() { echo "$1"; exit 0; }
[ -e "$1" ] || say missing
[ -f "$1" ] && [ ! -L "$1" ] || say notRegular
real=$(realpath -e -- "$1") && root=$(realpath -e -- "$3") || say missing
case "$real" in "$root"/*) ;; *) say outside ;; esac
magic=$(hexAt "$1" 0 4)
[ -n "$magic" ] || say unexpectedFormat
if [ "$2" != qcow2 ]; then
case "$magic" in 514649fb|4b444d56|434f5744|76686478|23204469|636f6e65|3c3c3c20|51454400) say unexpectedFormat ;; esac
[ "$2" != iso ] || [ "$(hexAt "$1" 32769 5)" = 4344303031 ] || say unexpectedFormat
say safe
fi
[ "$magic" = 514649fb ] || say unexpectedFormat
version=$(numberAt "$1" 4 4)
[ "$version" -eq 2 ] || [ "$version" -eq 3 ] || say unexpectedFormat
[ "$(hexAt "$1" 8 8)" = 0000000000000000 ] || say backingFile
if [ "$version" -eq 3 ]; then
features=$(numberAt "$1" 79 1)
[ $(( features & 4 )) -eq 0 ] || say dataFile
fi
case "$(hexAt "$1" 24 8)" in 0000[0-3]*) ;; *) say tooLarge ;; esac
json=$(timeout -k 2 10 prlimit --as=2147483648 qemu-img info --output=json -f qcow2 "$1" 2>/dev/null) || say unreadable
case "$json" in *'"backing-filename"'*) say backingFile ;; *'"data-file"'*) say dataFile ;; esac
say safe`;

/**
 * $1 uuid to leave out, $2... files. Prints the UUIDs of the domains whose disks, or the backing chains of their disks as
 * the files' own headers tell (at most 64 deep), reach one of the files; else \`none\`. Compares inodes, so links and
 * bind mounts don't hide a user. A backing name that is no plain path counts when it contains the file's path.
 * One virsh process for all domains' disks.
 */
export const FILE_USERS = `${HEADER_FUNCTIONS}except=$1; shift
all=$(virsh -q list --all --uuid) || exit 1
batch=
for id in $all; do
[ "$id" = "$except" ] || batch="$batch echo @$id@; domblklist $id --details; domblklist $id --details --inactive;"
done
[ -n "$batch" ] || { echo none; exit 0; }
blocks=$(virsh -q "$batch") || exit 1
users=$(printf "%s\\n" "$blocks" | while IFS= read -r line; do
case "$line" in @*) id=\${line#@}; id=\${id%%@*}; line=\${line#@*@} ;; esac
f=
read -r type device target f <<ROW
$line
ROW
[ "$f" != - ] || continue
deep=0
while [ -n "$f" ] && [ $deep -lt 64 ]; do
for t do if [ "$f" -ef "$t" ]; then echo "$id"; break 2; fi; done
b=$(backingOf "$f")
case "$b" in
"") break ;;
/*) f=$b ;;
file:/*) f=\${b#file:} ;;
*:*) for t do case "$b" in *"$t"*) echo "$id"; break 2 ;; esac; done; break ;;
*) f=$(dirname -- "$f")/$b ;;
esac
deep=$((deep + 1))
done
done | sort -u) || exit 1
if [ -n "$users" ]; then printf "%s\\n" "$users"; else echo none; fi`;

/**
 * What can be read of storage. First line: a nonce; then per libvirt pool `<nonce> pool <active|inactive> <free bytes>
 * <all bytes> <base64 of its XML>` and, after an active one that is a directory, per regular file in it that is not named
 * by a UUID `<nonce> file <size> <blocks of 512> <hex of bytes 0-31>- <hex of bytes 32769-32773, of *.iso only>- <base64
 * of its name>`; at last `<nonce> end 0`. Names go as base64, so nothing in them can pass for structure. libvirt's own
 * volume list is not used: it is as old as the pool's last refresh.
 */
export const HOST_STORAGE = `${HEADER_FUNCTIONS}read -r n < /proc/sys/kernel/random/uuid
echo "$n"
pools=$(virsh -q pool-list --all --uuid) || exit 1
active=$(virsh -q pool-list --uuid) || exit 1
for p in $pools; do
xml=$(virsh -q pool-dumpxml "$p") || continue
path=$(printf "%s\\n" "$xml" | sed -n "s:^ *<path>\\(.*\\)</path>$:\\1:p" | head -n 1 | sed "s/&lt;/</g;s/&gt;/>/g;s/&apos;/'/g;s/&quot;/\\"/g;s/&amp;/\\&/g")
free=0; total=0; state=inactive
case "
$active
" in *"
$p
"*) state=active ;; esac
if [ $state = active ] && [ -d "$path" ]; then
space=$(timeout -k 1 5 stat -f -c "%a %b %S" -- "$path") && read -r a b s <<SPACE && free=$((a * s)) && total=$((b * s))
$space
SPACE
fi
echo "$n pool $state $free $total $(printf "%s" "$xml" | base64 -w 0)"
[ $state = active ] && [ -d "$path" ] || continue
for f in "$path"/*; do
[ -f "$f" ] && [ ! -L "$f" ] || continue
name=\${f##*/}
case "$name" in ????????-????-????-????-????????????*|*.part) continue ;; esac
iso=
case "$name" in *.[iI][sS][oO]) iso=$(hexAt "$f" 32769 5) ;; esac
echo "$n file $(stat -c "%s %b" -- "$f") $(hexAt "$f" 0 32)- $iso- $(printf "%s" "$name" | base64 -w 0)"
done
done
echo "$n end 0"`;
