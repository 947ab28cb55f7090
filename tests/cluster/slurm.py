"""A Slurm cluster on this machine, for one test: munged, slurmctld and two
slurmd on loopback with ports of their own, everything in one folder, stopped
by their process ids.
"""
import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from harness import Skip

CONF = """\
ClusterName=quern
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
CredType=cred/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmUser={user}
SlurmdUser={user}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.%n.log
SlurmdParameters=config_overrides
ReturnToService=2
JobRequeue=1
SlurmdTimeout=6
MessageTimeout=5
KillWait=2
SchedulerParameters=sched_interval=2,bf_interval=2
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=1 State=UNKNOWN
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=10 State=UP
"""
PROGRAMS = "munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "sinfo"


def program(name):
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


def free_ports(n):
    sockets = [socket.socket() for _ in range(n)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def wait_until(what, check, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = check()
        if found:
            return found
        time.sleep(0.2)
    raise TimeoutError(f"{what}: not within {seconds} seconds")


def environment_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def parent_of(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0


class Cluster:
    def __init__(self, folder):
        missing = [p for p in PROGRAMS if not program(p)]
        if missing:
            raise Skip(f"not installed (slurm-wlm, munge): {' '.join(missing)}")
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(mode=0o755)
        self.daemons = {}
        conf = self.folder / "slurm.conf"
        conf.write_text(CONF.format(host=socket.gethostname(), folder=self.folder, user=getpass.getuser(),
                                    ports=free_ports(3)))
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("SLURM", "QUERN", "SBATCH"))}
        self.environment["SLURM_CONF"] = str(conf)

    def __enter__(self):
        try:
            self.start_all()
        except (OSError, TimeoutError) as e:
            logs = self.logs()
            self.__exit__()
            raise Skip(f"no Slurm can be started here: {e}\n{logs}") from e
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self, name, *command):
        log = open(self.folder / f"{name}.out", "wb")
        with log:
            self.daemons[name] = subprocess.Popen([program(command[0]), *command[1:]], env=self.environment,
                                                  cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                                  start_new_session=True)

    def start_all(self):
        f = self.folder
        (f / "state").mkdir()
        (f / "munge.key").write_bytes(os.urandom(128))
        (f / "munge.key").chmod(0o400)
        # The socket lies in a folder of a user who is not root, and below /tmp: --force takes both.
        self.start("munged", "munged", "--foreground", "--force", f"--socket={f}/munge.socket",
                   f"--key-file={f}/munge.key", f"--log-file={f}/munged.log", f"--pid-file={f}/munged.pid",
                   f"--seed-file={f}/munged.seed")
        wait_until("munged", (f / "munge.socket").exists, 20)
        self.start("slurmctld", "slurmctld", "-D")
        self.start_node("n1")
        self.start_node("n2")
        wait_until("two idle nodes", lambda: self.output("sinfo", "-h", "-N", "-o", "%N %t").count("idle") == 2, 60)

    def start_node(self, name):
        self.start(name, "slurmd", "-D", "-N", name)

    def logs(self):
        texts = [f"-- {p.name}\n{p.read_text(errors='replace')[-1500:]}" for p in sorted(self.folder.glob("*.log"))]
        texts += [f"-- {p.name}\n{p.read_text(errors='replace')[-500:]}" for p in sorted(self.folder.glob("*.out"))]
        return "\n".join(texts)

    def output(self, *command):
        run = subprocess.run([program(command[0]), *command[1:]], env=self.environment, capture_output=True,
                             timeout=60, check=False)
        return run.stdout.decode()

    def processes(self, more=b""):
        """Whatever runs in a job of this cluster, and the steps' keepers above it."""
        own = f"SLURM_CONF={self.environment['SLURM_CONF']}".encode() + b"\0"
        daemons = {d.pid for d in self.daemons.values()}
        found = set()
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            pid, environment = int(entry), environment_of(entry)
            if own not in environment + b"\0" or b"SLURM_JOB_ID=" not in environment or more not in environment:
                continue
            found.add(pid)
            above = parent_of(pid)
            if above > 1 and above not in daemons and above != os.getpid():
                name = pathlib.Path(f"/proc/{above}/cmdline")
                try:
                    if b"slurmstepd" in name.read_bytes():
                        found.add(above)
                except OSError:
                    pass
        return found - daemons - {os.getpid()}

    def lose_node(self, name):
        """As if the machine were gone: its slurmd and everything it runs, at once."""
        self.daemons[name].kill()
        for _ in range(3):
            for pid in self.processes(f"SLURMD_NODENAME={name}\0".encode()):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        self.daemons.pop(name).wait(10)

    def submit(self, *arguments, cwd, **environment):
        run = subprocess.run([program("sbatch"), "--parsable", *arguments], cwd=cwd, capture_output=True, timeout=60,
                             env={**self.environment, **environment}, check=False)
        assert run.returncode == 0, run.stderr.decode()
        return run.stdout.decode().strip().split(";")[0]

    def states(self, job):
        """The states of the tasks of an array job."""
        return [s for s in self.output("squeue", "-h", "-r", "-t", "all", "-j", job, "-o", "%T").split() if s]

    def wait(self, job, seconds):
        def ended():
            states = self.states(job)
            return states if states and all(s in ("COMPLETED", "FAILED", "CANCELLED", "TIMEOUT") for s in states) else None
        try:
            return wait_until(f"job {job}", ended, seconds)
        except TimeoutError as e:
            raise AssertionError(f"{e}\n{self.output('squeue')}\n{self.logs()}") from e

    def __exit__(self, *_):
        for name in ("n1", "n2", "slurmctld", "munged"):
            daemon = self.daemons.pop(name, None)
            if not daemon:
                continue
            daemon.terminate()
            try:
                daemon.wait(15)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait(15)
            if name == "n2":
                for pid in self.processes():
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except ProcessLookupError:
                        pass
