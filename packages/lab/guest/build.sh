#!/bin/bash
# build.sh CACHE_DIR OUT.qcow2
# Builds the lab's guest: one disk image that boots under BIOS (syslinux) and under UEFI with Secure Boot (shim, GRUB
# and kernel as signed by Debian), with busybox as its user land. All binaries come from Debian packages, which
# are kept in CACHE_DIR/debs. Disk: partition 1 FAT (boot), partition 2 ext4 (root, grows with the disk).
set -euo pipefail
cache=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
root_mib=64
work=$(mktemp -d "$cache/build.XXXXXX")
trap 'rm -rf "$work"' EXIT

# ---- packages ------------------------------------------------------------------------------------------------
mkdir -p "$cache/debs" && cd "$cache/debs"
meta=linux-image-cloud-amd64 # Debian's small kernel for virtual machines
apt-cache show $meta > /dev/null 2>&1 || apt-get update -qq
kernel=$(apt-cache depends $meta | awk '/Depends: linux-image/ { print $2; exit }')
packages="qemu-guest-agent busybox-static grub-efi-amd64-signed shim-signed"
for package in $kernel $packages; do
  compgen -G "${package}_*.deb" > /dev/null || apt-get download -qq "$package" || { apt-get update -qq && apt-get download -qq "$package"; }
done
unpack() { dpkg-deb -x "$(ls -t "$cache/debs/${1}"_*.deb | head -1)" "$2"; }
mkdir "$work"/{kernel,parts,root,early}
unpack "$kernel" "$work/kernel"
for package in $packages; do unpack "$package" "$work/parts"; done
version=$(ls "$work/kernel/lib/modules")
depmod -b "$work/kernel" "$version"
busybox=$work/parts/bin/busybox

# ---- pieces --------------------------------------------------------------------------------------------------
# copy_modules TREE NAME...: the named modules and all that they need; names that this kernel lacks are skipped
copy_modules() {
  local tree=$1 from=$work/kernel/lib/modules/$version to=$1/lib/modules/$version name file
  shift
  for name in "$@"; do
    modprobe -S "$version" -d "$work/kernel" --show-depends "$name" 2> /dev/null | awk '/^insmod/ { print $2 }' || true
  done | sort -u | while read -r file; do install -D -m 644 "$file" "$to/${file#*/lib/modules/"$version"/}"; done
  cp "$from"/modules.{order,builtin,builtin.modinfo} "$to/"
  depmod -b "$tree" "$version"
}
# install_program FROM TO: a program and the libraries it is linked with
install_program() {
  local library
  rm -f "$work/root$2"
  install -D -m 755 "$1" "$work/root$2"
  ldd "$1" 2> /dev/null | grep -o '/[^ ]*' | while read -r library; do
    [ -e "$work/root$library" ] || install -D -m 755 "$(readlink -f "$library")" "$work/root$library"
  done
}

# ---- root file system ----------------------------------------------------------------------------------------
root=$work/root
mkdir -p "$root"/{bin,sbin,usr/bin,usr/sbin,lib,lib64,proc,sys,dev,run,tmp,root,mnt,www,etc/qemu,var/log}
cp "$busybox" "$root/bin/busybox"
"$busybox" --list-full | while read -r applet; do
  mkdir -p "$root/$(dirname "$applet")"
  [ -e "$root/$applet" ] || ln -s /bin/busybox "$root/$applet"
done
install_program "$work/parts/usr/sbin/qemu-ga" /usr/sbin/qemu-ga
for program in resize2fs sfdisk partx mke2fs; do install_program "$(command -v $program)" /sbin/$program; done
ln -sf mke2fs "$root/sbin/mkfs.ext4"
copy_modules "$root" virtio_pci virtio_blk virtio_net virtio_console virtio_balloon virtio_mem virtio_scsi virtio-rng \
  virtio_input virtiofs sr_mod sd_mod isofs vfat nls_ascii nls_cp437 ext4 crc32c_generic ata_piix ahci button evdev psmouse \
  pvpanic-pci pvpanic-mmio qemu_fw_cfg i6300esb iTCO_wdt e1000 e1000e 8139cp xhci-pci usbhid hid-generic usb-storage uas \
  bochs virtio-gpu 8021q
# busybox links of the same name go first: cp would write through them into busybox itself
(cd "$here/root" && find . -type f) | while read -r file; do
  rm -f "$root/$file"
  install -D -m 644 "$here/root/$file" "$root/$file"
done
chmod 755 "$root"/etc/init.d/rcS "$root"/etc/acpi/PWRF/* $(cd "$here/root/sbin" && printf "$root/sbin/%s " *)
echo vireo-guest > "$root/etc/hostname"
printf 'Vireo lab guest \\n \\l\n' > "$root/etc/issue"
echo 'root:x:0:0:root:/root:/bin/sh' > "$root/etc/passwd"
echo 'root:x:0:' > "$root/etc/group"
echo "root:$(openssl passwd -6 lab):19000:0:99999:7:::" > "$root/etc/shadow"
chmod 600 "$root/etc/shadow"
printf 'ttyS0\ntty1\n' > "$root/etc/securetty"
printf 'NAME="Debian GNU/Linux"\nPRETTY_NAME="Debian (Vireo lab guest)"\nID=debian\nVERSION_ID="%s"\n' "$(. /etc/os-release; echo "${VERSION_ID:-}")" > "$root/etc/os-release"
: > "$root/etc/fstab"
ln -sf /proc/mounts "$root/etc/mtab"

# ---- initramfs -----------------------------------------------------------------------------------------------
early=$work/early
mkdir -p "$early"/{bin,proc,sys,dev,new}
cp "$busybox" "$early/bin/"
install -m 755 "$here/initramfs-init" "$early/init"
copy_modules "$early" virtio_pci virtio_blk virtio_scsi sd_mod ata_piix ahci ext4 crc32c_generic
(cd "$early" && find . | cpio -o -H newc -R 0:0 --quiet) | lz4 -q -l -9 > "$work/initrd"

# ---- disk ----------------------------------------------------------------------------------------------------
linux=$work/kernel/boot/vmlinuz-$version
boot_mib=$((($(stat -c %s "$linux") + $(stat -c %s "$work/initrd")) / 1048576 + 10))
total_mib=$((1 + boot_mib + root_mib + 1))
# Both consoles, the screen last so that it is /dev/console; the rest only makes an emulated boot shorter.
options="root=LABEL=vireoroot ro quiet loglevel=3 console=ttyS0,115200 console=tty0 net.ifnames=0 mitigations=off audit=0 \
selinux=0 apparmor=0 nokaslr no_timer_check tsc=reliable random.trust_cpu=on random.trust_bootloader=on \
rcupdate.rcu_expedited=1 8250.nr_uarts=1 memory_hotplug.memmap_on_memory=0 raid=noautodetect"
disk=$work/disk.raw
truncate -s ${total_mib}M "$disk"
printf 'label: dos\nstart=1MiB, size=%dMiB, type=ef, bootable\nstart=%dMiB, size=%dMiB, type=83\n' \
  $boot_mib $((1 + boot_mib)) $root_mib | sfdisk -q "$disk"
dd if=/usr/lib/syslinux/mbr/mbr.bin of="$disk" conv=notrunc bs=440 count=1 status=none
# It warns on stderr that the disk is larger than this file system, as it should be.
mkfs.vfat -F 16 -n VIREOBOOT --offset 2048 "$disk" $((boot_mib * 1024)) > "$work/vfat.log" 2>&1 || { cat "$work/vfat.log" >&2; exit 1; }
boot="$disk@@1M" # mtools: the file system 1 MiB into the disk
mmd -i "$boot" ::/syslinux ::/EFI ::/EFI/BOOT ::/EFI/debian
mcopy -i "$boot" "$linux" ::/vmlinuz
mcopy -i "$boot" "$work/initrd" ::/initrd
printf 'DEFAULT vireo\nPROMPT 0\nTIMEOUT 0\nLABEL vireo\nKERNEL /vmlinuz\nINITRD /initrd\nAPPEND %s\n' "$options" > "$work/syslinux.cfg"
mcopy -i "$boot" "$work/syslinux.cfg" /usr/lib/syslinux/modules/bios/ldlinux.c32 ::/syslinux/
syslinux --install --offset $((2048 * 512)) --directory /syslinux "$disk"
mcopy -i "$boot" "$work/parts/usr/lib/shim/shimx64.efi.signed" ::/EFI/BOOT/BOOTX64.EFI
mcopy -i "$boot" "$work/parts/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed" ::/EFI/BOOT/grubx64.efi
printf 'set timeout=0\nsearch --no-floppy --label VIREOBOOT --set=root\nlinux /vmlinuz %s\ninitrd /initrd\nboot\n' "$options" > "$work/grub.cfg"
mcopy -i "$boot" "$work/grub.cfg" ::/EFI/debian/ # where Debian's GRUB looks, and where it is loaded from
mcopy -i "$boot" "$work/grub.cfg" ::/EFI/BOOT/
mke2fs -q -t ext4 -L vireoroot -m 0 -O ^metadata_csum -d "$root" -E "offset=$(((1 + boot_mib) * 1048576)),root_owner=0:0" "$disk" ${root_mib}M
qemu-img convert -O qcow2 -c -o compression_type=zstd "$disk" "$out.part"
mv -T "$out.part" "$out"
