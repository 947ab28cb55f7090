/*
 * unpack_library.c - see unpack_library.h.
 */
#include "run/unpack_library.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* In the order of the struct. */
static const char *const names[] = {
	"archive_read_new",
	"archive_read_free",
	"archive_read_support_format_tar",
	"archive_read_support_format_zip",
	"archive_read_support_format_raw",
	"archive_read_support_format_empty",
	"archive_read_support_filter_gzip",
	"archive_read_support_filter_zstd",
	"archive_read_set_read_callback",
	"archive_read_set_seek_callback",
	"archive_read_set_skip_callback",
	"archive_read_set_callback_data",
	"archive_read_open1",
	"archive_read_next_header",
	"archive_format",
	"archive_read_data",
	"archive_error_string",
	"archive_set_error",
	"archive_filter_bytes",
	"archive_filter_count",
	"archive_entry_pathname",
	"archive_entry_pathname_utf8",
	"archive_entry_filetype",
	"archive_entry_hardlink",
	"archive_entry_size",
	"archive_entry_size_is_set",
	"archive_entry_is_encrypted",
};

_Static_assert(sizeof(struct unpack_library) == sizeof names / sizeof names[0] * sizeof(void *),
	       "a name for each function");

bool unpack_library_load(struct unpack_library *l)
{
	void *handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		void *address = handle ? dlsym(handle, names[i]) : NULL;
		if (!address)
			return false;
		memcpy((char *)l + i * sizeof address, &address, sizeof address);
	}
	return true;
}
