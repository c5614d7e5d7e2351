#!/bin/bash
# boot.sh LAB_DIR NAME CGROUP_VERSION CGROUP_DIR...
# Starts a lab host: joins its cgroups first, so that its cgroup namespace has its root there, then makes all
# namespaces and runs init.sh as pid 1 in them. Whoever kills pid 1 kills everything on the host, as a power cut would.
set -e
dir=$1 name=$2 cgroup_version=$3
shift 3
for cgroup in "$@"; do echo $$ > "$cgroup/cgroup.procs"; done
here=$(cd "$(dirname "$0")" && pwd)
exec unshare --net --mount --uts --ipc --pid --cgroup --fork --kill-child "$here/init.sh" "$dir" "$name" "$cgroup_version"
