/*
 * test_confine.c - what a confined process can no longer do, part by part of
 * its wall, and what it still can.
 *
 * Each test forks, confines the child and lets it try; the child's exit
 * status is the number of the line where something was other than expected.
 */
#include "../base/cmocka_all.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run/confine.h"

/* What a child has at hand, opened before the wall. */
struct tools {
	unsigned missing; /* what confine() said */
	int file;         /* of this program, for reading */
	int out;          /* of a temporary folder, for writing */
	int tcp, here, there;
};

static int wrong_line;

static void expect(bool ok, int line)
{
	if (!ok && !wrong_line)
		wrong_line = line;
}

#define EXPECT(ok)    expect(ok, __LINE__)
#define REFUSED(call) expect((call) == -1 && (errno == EPERM || errno == EACCES), __LINE__)

static int child_status(const struct confine_limits *limits, unsigned without, void (*work)(const struct tools *t))
{
	int status = 0;
	const pid_t pid = fork();

	if (pid == 0) {
		/* The test's own handlers would go on with the next test. */
		for (int i = 1; i < NSIG; i++)
			signal(i, SIG_DFL);
		struct tools t = { .file = open("/proc/self/exe", O_RDONLY),
				   .out = open("/tmp", O_TMPFILE | O_RDWR, 0600) };
		int ends[2] = { -1, -1 };
		t.tcp = socket(AF_INET, SOCK_STREAM, 0);
		socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
		t.here = ends[0];
		t.there = ends[1];
		t.missing = confine(limits, without);
		work(&t);
		/* A status has eight bits. */
		if (wrong_line)
			dprintf(STDERR_FILENO, "# line %d: errno %d\n", wrong_line, errno);
		_exit(wrong_line ? 1 : 0);
	}
	assert_true(pid > 0);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static const struct confine_limits plenty = { (size_t)1 << 30, 60, 64 };

/* False, and the test skipped, where this system has not what is to be tried. */
static void probe(const struct tools *t)
{
	EXPECT(!(t->missing & (CONFINE_LANDLOCK | CONFINE_FILTER)));
}

static void probe_landlock(const struct tools *t)
{
	EXPECT(!(t->missing & CONFINE_LANDLOCK));
}

/* ------------------------------------------------------------ both, or either */

static void files_are_out_of_reach(const struct tools *t)
{
	(void)t;
	REFUSED(open("/etc/passwd", O_RDONLY));
	REFUSED(open("/etc/passwd", O_WRONLY));
	REFUSED(open("/tmp/quern-confined", O_WRONLY | O_CREAT | O_EXCL, 0600));
	REFUSED(open(".", O_RDONLY | O_DIRECTORY));
	REFUSED(open("/proc/self/mem", O_RDWR));
	REFUSED(open("/dev/null", O_WRONLY));
	REFUSED(mkdir("/tmp/quern-confined", 0700));
	REFUSED(symlink("/etc/passwd", "/tmp/quern-confined"));
	REFUSED(execl("/bin/true", "true", (char *)NULL));
}

static void what_is_open_still_works(const struct tools *t)
{
	char byte, *memory = malloc((size_t)64 << 20);
	struct timespec now;

	EXPECT(pread(t->file, &byte, 1, 0) == 1 && byte == 0x7f);
	EXPECT(read(t->file, &byte, 1) == 1);
	EXPECT(send(t->here, "x", 1, MSG_NOSIGNAL) == 1);
	EXPECT(recv(t->there, &byte, 1, 0) == 1 && byte == 'x');
	EXPECT(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) == 0);
	EXPECT(memory != NULL);
	if (memory)
		memset(memory, 1, (size_t)64 << 20);
	free(memory);
	EXPECT(close(t->file) == 0);
}

/* Documents come like this. */
static void descriptors_are_taken(const struct tools *t)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	char byte = 'f';
	struct iovec piece = { &byte, 1 };
	struct msghdr m = { .msg_iov = &piece, .msg_iovlen = 1 };
	int fd = -1;

	m.msg_control = control.bytes;
	m.msg_controllen = sizeof control.bytes;
	EXPECT(recvmsg(t->there, &m, MSG_CMSG_CLOEXEC) == 1);
	EXPECT(CMSG_FIRSTHDR(&m) != NULL);
	if (CMSG_FIRSTHDR(&m))
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
	EXPECT(fd >= 0 && pread(fd, &byte, 1, 0) == 1);
}

static void descriptor_send(int socket, int fd)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { .bytes = { 0 } };
	char byte = 'f';
	struct iovec piece = { &byte, 1 };
	struct msghdr m = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes };

	m.msg_controllen = sizeof control.bytes;
	CMSG_FIRSTHDR(&m)->cmsg_level = SOL_SOCKET;
	CMSG_FIRSTHDR(&m)->cmsg_type = SCM_RIGHTS;
	CMSG_FIRSTHDR(&m)->cmsg_len = CMSG_LEN(sizeof fd);
	memcpy(CMSG_DATA(CMSG_FIRSTHDR(&m)), &fd, sizeof fd);
	assert_int_equal(sendmsg(socket, &m, 0), 1);
}

static void a_confined_process_reads_what_it_has_and_opens_nothing(void **state)
{
	static const unsigned withouts[] = { 0, CONFINE_LANDLOCK, CONFINE_FILTER };

	(void)state;
	if (child_status(&plenty, 0, probe) != 0)
		skip();
	for (size_t i = 0; i < sizeof withouts / sizeof *withouts; i++) {
		/* Of a sanitizer's build the filter lets files through. */
		if (!(CONFINE_IS_WIDER && withouts[i] == CONFINE_LANDLOCK))
			assert_int_equal(child_status(&plenty, withouts[i], files_are_out_of_reach), 0);
		assert_int_equal(child_status(&plenty, withouts[i], what_is_open_still_works), 0);
	}
}

static void a_confined_process_is_handed_files(void **state)
{
	int ends[2], status = 0;
	const int file = open("/proc/self/exe", O_RDONLY);

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	const pid_t pid = fork();
	if (pid == 0) {
		struct tools t = { .there = ends[1] };
		t.missing = confine(&plenty, 0);
		descriptors_are_taken(&t);
		_exit(wrong_line ? 1 : 0);
	}
	descriptor_send(ends[0], file);
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	close(file);
	close(ends[0]);
	close(ends[1]);
}

/* ------------------------------------------------------------------- filter */

static void no_process_no_address_no_code(const struct tools *t)
{
	const struct sockaddr_in nobody = { .sin_family = AF_INET, .sin_port = htons(9) };
	struct rlimit limit = { 1, 1 };
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	EXPECT(page != MAP_FAILED);
	REFUSED(fork());
	REFUSED(vfork());
	REFUSED(socket(AF_INET, SOCK_STREAM, 0));
	REFUSED(socket(AF_UNIX, SOCK_STREAM, 0));
	REFUSED(connect(t->tcp, (const struct sockaddr *)&nobody, sizeof nobody));
	REFUSED(bind(t->tcp, (const struct sockaddr *)&nobody, sizeof nobody));
	REFUSED(sendto(t->tcp, "x", 1, 0, (const struct sockaddr *)&nobody, sizeof nobody));
	REFUSED(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
	REFUSED(kill(getppid(), 0));
	REFUSED(syscall(SYS_tgkill, getppid(), getppid(), 0));
	REFUSED(write(t->out, "x", 1));
	REFUSED(pwrite(t->out, "x", 1, 0));
	REFUSED(ftruncate(t->out, 0));
	REFUSED(fchmod(t->out, 0777));
	REFUSED(mprotect(page, 4096, PROT_READ | PROT_EXEC));
	EXPECT(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
	REFUSED(prlimit(0, RLIMIT_CPU, &limit, NULL));
	REFUSED(setuid(0));
	REFUSED(chdir("/"));
	REFUSED(memfd_create("x", 0));
}

/* Whatever a worker has no use for, known to this system or not, but the two with which the kernel talks to itself: no filter sees these. */
static void all_other_calls(const struct tools *t)
{
	static const int used[] = {
		SYS_read,
		SYS_readv,
		SYS_pread64,
		SYS_lseek,
		SYS_fstat,
		SYS_close,
		SYS_recvmsg,
		SYS_recvfrom,
		SYS_ppoll,
		SYS_brk,
		SYS_munmap,
		SYS_mremap,
		SYS_madvise,
		SYS_clock_gettime,
		SYS_clock_getres,
		SYS_gettimeofday,
		SYS_timer_create,
		SYS_timer_settime,
		SYS_timer_gettime,
		SYS_timer_delete,
		SYS_rt_sigaction,
		SYS_rt_sigprocmask,
		SYS_rt_sigreturn,
		SYS_sigaltstack,
		SYS_restart_syscall,
		SYS_futex,
		SYS_getpid,
		SYS_gettid,
		SYS_getrandom,
		SYS_getrusage,
		SYS_sysinfo,
		SYS_sched_getaffinity,
		SYS_sched_yield,
		SYS_exit,
		SYS_exit_group,
		SYS_write,
		SYS_writev,
		SYS_sendto,
		SYS_mmap,
		SYS_mprotect,
		SYS_tgkill,
#ifdef __x86_64__
		335,
		336,
#endif
#ifdef SYS_poll
		SYS_poll,
		SYS_time,
#endif
	};

	(void)t;
	for (int call = 0; call < 600; call++) {
		bool is_used = false;
		for (size_t i = 0; i < sizeof used / sizeof *used; i++)
			is_used = is_used || used[i] == call;
		if (is_used)
			continue;
		errno = 0;
		if (syscall(call, 0, 0, 0, 0, 0, 0) != -1 || errno != EPERM) {
			dprintf(STDERR_FILENO, "# call %d\n", call);
			EXPECT(false);
		}
	}
}

static void an_abort_is_an_abort(const struct tools *t)
{
	(void)t;
	signal(SIGABRT, SIG_DFL);
	abort();
}

static void a_confined_process_reaches_nobody(void **state)
{
	(void)state;
	if (CONFINE_IS_WIDER || child_status(&plenty, 0, probe) != 0)
		skip();
	assert_int_equal(child_status(&plenty, 0, no_process_no_address_no_code), 0);
	assert_int_equal(child_status(&plenty, CONFINE_LANDLOCK, no_process_no_address_no_code), 0);
	assert_int_equal(child_status(&plenty, 0, all_other_calls), 0);
	assert_int_equal(WTERMSIG(child_status(&plenty, 0, an_abort_is_an_abort)), SIGABRT);
}

/* ----------------------------------------------------------------- Landlock */

static void no_address_by_landlock(const struct tools *t)
{
	const struct sockaddr_in nobody = { .sin_family = AF_INET, .sin_port = htons(9) };
	const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);

	if (version >= 4) {
		REFUSED(connect(t->tcp, (const struct sockaddr *)&nobody, sizeof nobody));
		REFUSED(bind(t->tcp, (const struct sockaddr *)&nobody, sizeof nobody));
	}
	if (version >= 6)
		REFUSED(kill(getppid(), 0));
	REFUSED(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static void landlock_alone_keeps_addresses_away(void **state)
{
	(void)state;
	if (child_status(&plenty, CONFINE_FILTER, probe_landlock) != 0)
		skip();
	assert_int_equal(child_status(&plenty, CONFINE_FILTER, no_address_by_landlock), 0);
}

/* ------------------------------------------------------------ limits, reports */

static void limits_hold(const struct tools *t)
{
	int fds[64], n = 0;

	EXPECT(t->missing == (CONFINE_LANDLOCK | CONFINE_FILTER));
	while (n < 64 && (fds[n] = dup(t->file)) >= 0)
		n++;
	EXPECT(n < 16 && errno == EMFILE);
	if (!CONFINE_IS_WIDER) {
		void *much = malloc((size_t)512 << 20);
		EXPECT(much == NULL);
		free(much);
	}
}

static void spin(const struct tools *t)
{
	(void)t;
	for (volatile unsigned long i = 0;; i++)
		;
}

static void limits_hold_where_there_is_no_wall(void **state)
{
	const struct confine_limits small = { (size_t)128 << 20, 1, 16 };

	(void)state;
	assert_int_equal(child_status(&small, CONFINE_LANDLOCK | CONFINE_FILTER, limits_hold), 0);
	assert_int_equal(WTERMSIG(child_status(&small, 0, spin)), SIGXCPU);
}

static void what_is_missing_is_told(void **state)
{
	(void)state;
	assert_null(confine_missing_text(0));
	assert_non_null(strstr(confine_missing_text(CONFINE_LANDLOCK), "no Landlock"));
	assert_non_null(strstr(confine_missing_text(CONFINE_FILTER), "no seccomp"));
	assert_non_null(
		strstr(confine_missing_text(CONFINE_FILTER | CONFINE_LANDLOCK | CONFINE_PRIVILEGES), "neither"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_confined_process_reads_what_it_has_and_opens_nothing),
		cmocka_unit_test(a_confined_process_is_handed_files),
		cmocka_unit_test(a_confined_process_reaches_nobody),
		cmocka_unit_test(landlock_alone_keeps_addresses_away),
		cmocka_unit_test(limits_hold_where_there_is_no_wall),
		cmocka_unit_test(what_is_missing_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
