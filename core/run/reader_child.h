/*
 * reader_child.h - the process that reads archives, as it runs; see reader.h.
 */
#ifndef QUERN_RUN_READER_CHILD_H
#define QUERN_RUN_READER_CHILD_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/alloc.h"
#include "run/wanted.h"

#define READER_AT_NOTHING UINT64_MAX
#define READER_NAME_SIZE  4096

/* Memory shared with the parent: what the reader is at, readable after its death. */
struct reader_status {
	_Atomic uint64_t index; /* of the member being read; READER_AT_NOTHING before the first */
	_Atomic uint64_t steps; /* changes whenever it gets on */
	char name[READER_NAME_SIZE];
};

/* Serves socket until it closes; never returns.  Call right after fork. */
_Noreturn void reader_main(int socket, struct reader_status *status, const struct alloc *heap,
			   const struct wanted *wanted);

#endif
