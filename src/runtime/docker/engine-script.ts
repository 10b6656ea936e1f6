/**
 * Keeps an engine running for as long as the container does; `$1` is the group that may use it. One at a time: a second one
 * leaves again, and an engine that an earlier one has left behind is waited for. In a shell, for it stays in memory.
 */
export const ENGINE_SCRIPT = `
exec 9> /run/berth-docker.lock
flock -n 9 || exit 0

# cgroup v2: a group that hands out controllers to groups below it may hold no process of its own.
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  mkdir -p /sys/fs/cgroup/init
  xargs -rn1 < /sys/fs/cgroup/cgroup.procs > /sys/fs/cgroup/init/cgroup.procs 2> /dev/null || :
  sed -e 's/ / +/g' -e 's/^/+/' < /sys/fs/cgroup/cgroup.controllers > /sys/fs/cgroup/cgroup.subtree_control || :
fi

runs() { [ "$(cat "/proc/$(cat "$1" 2> /dev/null)/comm" 2> /dev/null)" = "$2" ]; }

stopping= child= pause=1
trap 'stopping=1; [ -z "$child" ] || kill "$child" 2> /dev/null' TERM INT HUP
while [ -z "$stopping" ]; do
  while runs /var/run/docker.pid dockerd && [ -z "$stopping" ]; do sleep 1 9>&-; done
  # Numbers of processes of an earlier run of the container are others' now.
  rm -f /var/run/docker.pid
  runs /var/run/docker/containerd/containerd.pid containerd || rm -f /var/run/docker/containerd/containerd.pid
  [ "$(stat -c %s /var/log/berth-docker.log)" -lt 8388608 ] || : > /var/log/berth-docker.log
  began=$(date +%s)
  dockerd --group "$1" --shutdown-timeout 5 9>&- &
  child=$!
  # A signal ends the first wait; the second one is for the engine's own end.
  wait "$child"
  [ -z "$stopping" ] || wait "$child"
  child=
  [ -z "$stopping" ] || break
  if [ $(($(date +%s) - began)) -ge 10 ]; then pause=1; elif [ "$pause" -lt 30 ]; then pause=$((pause * 2)); fi
  echo "berth: the engine ended; it is started again in $pause s"
  sleep "$pause" 9>&-
done
`
