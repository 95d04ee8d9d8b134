#!/usr/bin/env bash
# Simulated power cuts: an ext4 image on a loop device is shut down without flushing its journal while a seller runs on
# it, then mounted again and checked. Needs root, Linux, losetup, mkfs.ext4, python3 (for the ioctl).
#
#   powercut.sh probe                 exits 0 where cuts can be made
#   powercut.sh CUTS SELLER CHECK     shell commands; both get the mounted folder as $DIR, CHECK also $ACKED
#
# SELLER prints READY once it sells, then the number of each sale after it was acknowledged; runs until killed.
# CHECK exits 0 when nothing acknowledged is missing and the database is sound; its last line is shown otherwise.
# What was acknowledged is read before the cut: an fdatasync that is under way while the ioctl runs can return 0 for data
# that never arrive (Linux 6.18: 4 of 120 cuts of a program that only writes and syncs; 0 of 120 read before).
# Prints a line for each cut that lost something and one at the end; exits 1 when any did.
set -u
work=$(mktemp -d) img=$work/disk.img
export DIR=$work/mnt
mkdir "$DIR"
trap 'umount "$DIR" 2>/dev/null; rm -rf "$work"' EXIT

make_disk() {
  truncate -s 512M "$img" && mkfs.ext4 -q -F "$img" && mount -o loop "$img" "$DIR"
}
pull_the_plug() {
  # EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH: the disk is gone, nothing more reaches it.
  python3 -c 'import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))' "$DIR"
}

if [ "${1:-}" = probe ]; then
  make_disk >/dev/null 2>&1 && pull_the_plug >/dev/null 2>&1
  exit
fi
cuts=$1 seller=$2 check=$3
make_disk || exit 2
bad=0 with_sales=0 sold=0
for i in $(seq "$cuts"); do
  setsid bash -c "exec $seller" >"$work/acks" 2>"$work/err" &
  pid=$!
  for _ in $(seq 3000); do
    grep -q READY "$work/acks" && break
    kill -0 $pid 2>/dev/null || break
    sleep 0.02
  done
  sleep "0.$(printf %03d $((150 + RANDOM % 450)))"
  ACKED=$(grep -E '^[0-9]+$' "$work/acks" | tail -n 1)
  export ACKED
  pull_the_plug || exit 2
  kill -KILL -- "-$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  for _ in $(seq 100); do umount "$DIR" 2>/dev/null && break; sleep 0.05; done
  mount -o loop "$img" "$DIR" || { echo "cut $i: cannot mount again"; exit 2; }
  [ -n "$ACKED" ] && with_sales=$((with_sales + 1)) && sold=$ACKED
  if ! said=$(bash -c "$check" 2>&1); then
    bad=$((bad + 1))
    echo "cut $i: acknowledged ${ACKED:-none}: $(tail -n 1 <<<"$said")"
  fi
done
echo "cuts=$cuts cuts_with_sales=$with_sales sales=$sold cuts_with_loss=$bad"
[ "$bad" -eq 0 ] && [ "$with_sales" -gt 0 ]
