#!/bin/bash
# init.sh LAB_DIR NAME CGROUP_VERSION: pid 1 of a lab host. Puts the host's own directories over those of the machine, starts its
# daemons and then reaps what is orphaned. There is no orderly stop: to stop a host is to kill this process.
set -eu
dir=$1 name=$2 cgroup_version=$3
own=$dir/hosts/$name
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C HOME=/root
cd /
hostname "$name"
mount --make-rprivate /
# Copies of others' mounts would keep their network namespaces alive after they were deleted.
for mounted in /run/netns/*; do umount -l "$mounted" 2> /dev/null || true; done

# ---- what survives power loss, as a disk would: everything in LAB_DIR/hosts/NAME ------------------------------------
place() { # FROM TO: directory or file of this host over that of the machine
  if [ -e "$2" ]; then mount --bind "$own/$1" "$2"; fi
}
place root /root
place home /home
place log /var/log
place cache /var/cache
place etc/libvirt /etc/libvirt
place lib/libvirt /var/lib/libvirt
place etc/openvswitch /etc/openvswitch
place lib/openvswitch /var/lib/openvswitch
place etc/ovn /etc/ovn
place lib/ovn /var/lib/ovn
place etc/ssh /etc/ssh
place etc/sudoers.d /etc/sudoers.d
for file in hostname hosts machine-id passwd group shadow; do place "etc/$file" "/etc/$file"; done
mkdir -p /var/log/libvirt/qemu /var/log/openvswitch /var/log/ovn /var/cache/libvirt/qemu \
  /var/lib/libvirt/{qemu,images,dnsmasq,boot,swtpm}
chown libvirt-qemu /var/lib/libvirt/qemu 2> /dev/null || true
mount -t tmpfs -o mode=755 srv /srv
mkdir -p /srv/local /srv/shared
mount --bind "$own/local" /srv/local
mount --bind "$dir/shared" /srv/shared

# ---- what is gone after power loss ----------------------------------------------------------------------------
mount -t tmpfs -o mode=755 run /run
mkdir -p /run/sshd /run/libvirt /run/openvswitch /run/ovn /run/lock /run/netns
mount -t tmpfs -o mode=1777 tmp /tmp
umount -R -l /proc && mount -t proc proc /proc
controllers=" $(ls /sys/fs/cgroup | tr '\n' ' ')"
umount -R -l /sys && mount -t sysfs sysfs /sys
if [ "$cgroup_version" = 2 ]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup
  for controller in cpu cpuacct cpuset memory devices freezer blkio pids; do
    case $controllers in *" $controller "*) ;; *) continue ;; esac
    mkdir "/sys/fs/cgroup/$controller"
    mount -t cgroup -o "$controller" cgroup "/sys/fs/cgroup/$controller"
  done
fi
mount -t tmpfs -o mode=1777 shm /dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts
mount --bind /dev/pts/ptmx /dev/ptmx
# Lab guests run under TCG. A /dev/kvm that root can open but QEMU's user can't makes libvirt 9 throw its cached
# QEMU capabilities away at every define and start ("KVM was enabled when probing, but it is not available now"), 3-8 s each.
# (QEMU gets no /dev of its own, see qemu.conf: libvirt could not move this mount into it.)
if [ -e /dev/kvm ]; then
  : > /run/no-kvm
  chmod 000 /run/no-kvm
  mount --bind /run/no-kvm /dev/kvm
fi

# ---- network cards: plugged in from outside, eth2 last ---------------------------------------------------------------
tries=400
until ip -o link show eth2 2> /dev/null | grep -q 'state UP'; do
  tries=$((tries - 1))
  [ $tries -gt 0 ] || { echo "the network cards did not come"; exit 1; }
  sleep 0.05
done
if [ "$cgroup_version" = 2 ]; then
  # cgroup v2 allows no process in a group that hands out controllers; the lab has moved us into "init" by now
  for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
    echo "+$controller" > /sys/fs/cgroup/cgroup.subtree_control 2> /dev/null || echo "no cgroup controller $controller"
  done
fi

# ---- daemons --------------------------------------------------------------------------------------------------
virtlogd -d
virtlockd -d
libvirtd -d
ovs=/usr/share/openvswitch/scripts/ovs-ctl
$ovs start --no-ovs-vswitchd --system-id="$name"
# Before the switch starts: without it, guests with ordinary virtio offloads get broken TCP on the user space datapath.
ovs-vsctl --no-wait set Open_vSwitch . other_config:userspace-tso-enable=true
ovs-vsctl --no-wait --may-exist add-br vsw0 -- set bridge vsw0 datapath_type=netdev \
  -- --may-exist add-port vsw0 eth1
$ovs start --no-ovsdb-server --no-mlockall --system-id="$name"
/usr/sbin/sshd
for socket in /run/libvirt/libvirt-sock /run/libvirt/virtlogd-sock; do
  until [ -S "$socket" ]; do sleep 0.05; done
done
touch /run/lab-ready

while :; do
  sleep 3600 &
  wait $! || true # bash reaps adopted orphans while it waits
done
