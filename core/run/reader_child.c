/*
 * reader_child.c - see reader_child.h: read a request, unpack the file that came
 * with it, send what is in it.
 */
#include "run/reader_child.h"

#include <fcntl.h>
#include <locale.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "run/confine.h"
#include "run/link.h"
#include "run/reader.h"
#include "run/separate.h"
#include "run/unpack.h"
#include "run/wire.h"

static const size_t held_most = 65536;             /* bytes of small members that are sent at once */
static const int64_t send_every = 10;              /* milliseconds after which they are sent in any case */
static const size_t memory_most = (size_t)3 << 30; /* address space: a member, its copy, the library's windows */

struct child {
	int socket;
	struct reader_status *status;
	const struct alloc *heap;
	const struct wanted *wanted;
	struct buf out;
	int64_t sent_at;
};

static void out_send(struct child *c)
{
	if (!buf_ok(&c->out))
		_exit(1);
	if (!link_send_all(c->socket, &c->out))
		_exit(0);
	if (c->out.cap > 16 * held_most)
		buf_release(&c->out);
	c->sent_at = clock_ms();
}

/* ------------------------------------------------------------------- callbacks */

static bool part_is_wanted(const struct child *c, const char *name, size_t begin, size_t end, bool is_folder)
{
	char part[READER_NAME_SIZE], below[READER_NAME_SIZE];

	if (end >= sizeof below || name[begin] == '.')
		return false;
	memcpy(below, name, end);
	below[end] = '\0';
	memcpy(part, name + begin, end - begin);
	part[end - begin] = '\0';
	return is_folder ? wanted_folder(c->wanted, below, part) : wanted_file(c->wanted, below, part);
}

/* As in folders: no name that begins with a dot, nothing below what is left out. */
static bool on_name(void *user, const char *name)
{
	const struct child *c = user;
	size_t begin = 0;

	for (;;) {
		const size_t end = begin + strcspn(name + begin, "/");
		if (!part_is_wanted(c, name, begin, end, name[end] == '/'))
			return false;
		if (!name[end])
			return true;
		begin = end + 1;
	}
}

static void step(struct child *c)
{
	atomic_fetch_add_explicit(&c->status->steps, 1, memory_order_relaxed);
}

static void on_member(void *user, uint64_t index, const char *name)
{
	struct child *c = user;
	const size_t n = strlen(name);

	memcpy(c->status->name, name, n < READER_NAME_SIZE ? n + 1 : 0);
	atomic_store_explicit(&c->status->index, index, memory_order_relaxed);
	step(c);
}

static void on_progress(void *user)
{
	step(user);
}

/* --------------------------------------------------------------------- answers */

static void item_put(struct child *c, const struct unpack_item *item)
{
	const size_t frame = wire_begin(&c->out, item->message ? WIRE_TROUBLE : WIRE_MEMBER);

	wire_put_number(&c->out, item->index);
	wire_put_string(&c->out, item->name);
	if (item->message) {
		wire_put_number(&c->out, (uint64_t)item->severity);
		wire_put_number(&c->out, item->is_last);
		wire_put_string(&c->out, item->message);
		wire_put_string(&c->out, item->hint);
	} else {
		wire_put_str(&c->out, item->bytes);
	}
	wire_end(&c->out, frame);
	if (c->out.n >= held_most || !buf_ok(&c->out) || clock_ms() - c->sent_at >= send_every)
		out_send(c);
}

static void answer(struct child *c, int fd, bool single, uint64_t skip)
{
	const struct unpack_options options = { .heap = c->heap,
						.fd = fd,
						.single = single,
						.most = READER_DOCUMENT_MOST,
						.skip = skip,
						.user = c,
						.wants = on_name,
						.at = on_member,
						.progress = on_progress };
	const char *why = unpack_load();
	struct unpack *u = why ? NULL : unpack_open(&options);
	struct unpack_item item = {
		.name = "", .severity = SEVERITY_ERROR, .message = why ? why : "out of memory", .is_last = true
	};
	size_t frame;

	if (!u)
		item_put(c, &item);
	while (u && unpack_next(u, &item)) {
		atomic_store_explicit(&c->status->index, READER_AT_NOTHING, memory_order_relaxed);
		item_put(c, &item);
		step(c);
	}
	unpack_close(u);
	frame = wire_begin(&c->out, WIRE_UNPACKED);
	wire_end(&c->out, frame);
	out_send(c);
}

/* -------------------------------------------------------------------- requests */

/* The request of one frame and the descriptor that came with it. */
static int request_read(struct child *c, bool *single, uint64_t *skip)
{
	char frame[256];
	struct wire_reader payload;
	enum wire_kind kind;
	size_t n_fds = 0;
	int fd;
	const ssize_t n = link_receive(c->socket, frame, sizeof frame, &fd, 1, &n_fds);

	if (n <= 0 || wire_frame((struct str){ frame, (size_t)n }, &kind, &payload) != (size_t)n || kind != WIRE_UNPACK)
		_exit(0);
	*single = wire_number(&payload) != 0;
	*skip = wire_number(&payload);
	if (n_fds != 1)
		_exit(1);
	return fd;
}

/*
 * From here on it reads what comes over its socket and the files that are handed
 * to it, and writes to the socket: the library is loaded before.
 */
static void process_confine(void)
{
	const struct confine_limits limits = { memory_most, 0, 16 };
	const struct rlimit nothing = { 0, 0 };
	const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		close(null);
	}
	setrlimit(RLIMIT_FSIZE, &nothing);
	confine(&limits, 0);
}

_Noreturn void reader_main(int socket, struct reader_status *status, const struct alloc *heap,
			   const struct wanted *wanted)
{
	struct child c = { .status = status, .heap = heap, .wanted = wanted };
	uint64_t skip;
	bool single;

	process_separate(&socket);
	c.socket = socket;
	buf_init(&c.out, heap, 0);
	/* Names are told as UTF-8, whatever the format keeps them in. */
	setlocale(LC_CTYPE, "C.UTF-8");
	unpack_load();
	process_confine();
	for (;;) {
		const int fd = request_read(&c, &single, &skip);
		answer(&c, fd, single, skip);
		close(fd);
	}
}
