/*
 * unpack_library.h - what unpack.c uses of libarchive, found by name when it is
 * first needed: a run without archives does not load it, which would take a
 * fifth of the program's start.
 */
#ifndef QUERN_RUN_UNPACK_LIBRARY_H
#define QUERN_RUN_UNPACK_LIBRARY_H

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>

/* What is used of libarchive, by name. */
struct unpack_library {
	__typeof__(archive_read_new) *new;
	__typeof__(archive_read_free) *free;
	__typeof__(archive_read_support_format_tar) *format_tar;
	__typeof__(archive_read_support_format_zip) *format_zip;
	__typeof__(archive_read_support_format_raw) *format_raw;
	__typeof__(archive_read_support_format_empty) *format_empty;
	__typeof__(archive_read_support_filter_gzip) *filter_gzip;
	__typeof__(archive_read_support_filter_zstd) *filter_zstd;
	__typeof__(archive_read_set_read_callback) *set_read;
	__typeof__(archive_read_set_seek_callback) *set_seek;
	__typeof__(archive_read_set_skip_callback) *set_skip;
	__typeof__(archive_read_set_callback_data) *set_data;
	__typeof__(archive_read_open1) *open;
	__typeof__(archive_read_next_header) *next_header;
	__typeof__(archive_format) *format;
	__typeof__(archive_read_data) *read;
	__typeof__(archive_error_string) *error_string;
	__typeof__(archive_set_error) *set_error;
	__typeof__(archive_filter_bytes) *filter_bytes;
	__typeof__(archive_filter_count) *filter_count;
	__typeof__(archive_entry_pathname) *pathname;
	__typeof__(archive_entry_pathname_utf8) *pathname_utf8;
	__typeof__(archive_entry_filetype) *filetype;
	__typeof__(archive_entry_hardlink) *hardlink;
	__typeof__(archive_entry_size) *size;
	__typeof__(archive_entry_size_is_set) *size_is_set;
	__typeof__(archive_entry_is_encrypted) *is_encrypted;
};

/* It stays loaded as long as the process lives.  False: it is not there. */
bool unpack_library_load(struct unpack_library *l);

#endif
