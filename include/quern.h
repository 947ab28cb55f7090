/*
 * quern.h - documents as records, plugins in Lua, results as plain values.
 *
 * This is the whole public interface of libquern.
 *
 * Memory    Everything comes from the allocator of the engine (malloc by
 *           default).  What a function creates, its named partner frees.
 *           Strings returned are UTF-8, NUL-terminated, and live as long as
 *           the object they were taken from, unless their function says
 *           otherwise.  Lengths are in bytes.
 * Errors    Functions that can fail return a quern_code, and fill a
 *           quern_error that the caller owns where they take one (NULL is
 *           allowed: the code alone); on success it is all zeros.  A result
 *           (*out) is NULL on failure.  What is wrong in a document that can
 *           still be read is a diagnostic of the document, no error.  The
 *           library never aborts, exits, prints, changes locale, signals or
 *           directory.
 * Threads   quern, quern_doc and quern_schema are immutable and may be shared
 *           between threads; a quern_plugin, quern_value under construction or
 *           quern_selector belongs to one thread at a time.
 *           quern_plugin_interrupt() is the one call on a plugin allowed from elsewhere.
 * Versions  Structs that the caller fills begin with their size: use the
 *           *_INIT macros (a size of 0 is refused).  Fields are only ever
 *           added at the end.  Structs and what they point to are read during
 *           the call, unless their comment says otherwise.
 *
 * Lines and columns are 1-based, columns count bytes, 0 means unknown.
 * Positions, node kinds and fields are those of CommonMark; dates in results
 * are EDTF (ISO 8601-2); paths in results are as the caller gave them.
 */
#ifndef QUERN_H
#define QUERN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A program linked with libquern.a may define QUERN_STATIC; with GCC and clang it makes no difference. */
#if defined(QUERN_STATIC)
#define QUERN_API
#elif defined(__GNUC__)
#define QUERN_API __attribute__((visibility("default")))
#else
#define QUERN_API
#endif

#define QUERN_VERSION_MAJOR 0
#define QUERN_VERSION_MINOR 1
#define QUERN_VERSION_PATCH 0
#define QUERN_VERSION       "0.1.0"
/* The plugin contract: a manifest says api = 1. */
#define QUERN_PLUGIN_API 1

/* Version of the library that is linked, "major.minor.patch". */
QUERN_API const char *quern_version(void);

/* ------------------------------------------------------------------ errors */

typedef enum quern_code {
	QUERN_OK = 0,
	QUERN_INVALID,     /* an argument, option, format or selector is wrong */
	QUERN_NOT_FOUND,   /* no such file or plugin */
	QUERN_IO,          /* the system refused to read or write */
	QUERN_NOMEM,       /* memory refused, or a plugin's memory budget spent */
	QUERN_LIMIT,       /* a hard limit on a document or a result */
	QUERN_SYNTAX,      /* a plugin or a text does not parse */
	QUERN_MANIFEST,    /* a plugin's table is not a manifest */
	QUERN_RUNTIME,     /* a plugin raised an error */
	QUERN_TIMEOUT,     /* a plugin's time budget is spent */
	QUERN_STACK,       /* a plugin recursed too deep */
	QUERN_OUTPUT,      /* a plugin wrote too much, or to a path it may not */
	QUERN_DENIED,      /* a plugin changed or reached what it may not */
	QUERN_VALUE,       /* a plugin returned what is no plain value */
	QUERN_INTERRUPTED, /* quern_plugin_interrupt() was called */
	QUERN_BUSY,        /* the plugin is already running */
	QUERN_STALE /* an object was used after its host released it; or a plugin after a breach killed its state */
} quern_code;

/* "QUERN_TIMEOUT" -> "timeout": a word for logs; never NULL. */
QUERN_API const char *quern_code_name(quern_code code);

typedef struct quern_error {
	quern_code code;
	uint32_t line, column; /* in path; 0: unknown */
	char path[256];        /* file the message speaks of: a plugin, a document; cut at a character if longer */
	char message[768];     /* one sentence, no newline at the end */
	char hint[256];        /* what to do about it; "" if there is nothing to say */
	char traceback[1536];  /* Lua traceback, "" where there is none */
} quern_error;

typedef enum quern_severity { QUERN_NOTE = 0, QUERN_WARNING = 1, QUERN_ERROR = 2 } quern_severity;

typedef struct quern_diagnostic {
	quern_severity severity;
	uint32_t line, column;
	const char *message; /* may hold control characters of the document: escape before printing */
	const char *hint;    /* NULL: none */
} quern_diagnostic;

/* ------------------------------------------------------------------ engine */

typedef struct quern quern;

/*
 * The allocator: new_size 0 frees and returns NULL, ptr NULL allocates, else
 * resizes; NULL refuses and leaves ptr alone.  Must be thread-safe when the
 * engine is shared.  cmark, libyaml, libxml2 and jansson work in memory of
 * their own choosing where they offer no hook (libyaml, libxml2, jansson: malloc).
 */
typedef void *(*quern_alloc_fn)(void *user, void *ptr, size_t old_size, size_t new_size);

typedef struct quern_value quern_value;

/*
 * A function of the host, which plugins call as quern.host.NAME(...).  args is
 * a list, lent for the call.  *out comes in as NULL, which is nil; else it is a root
 * value of this engine (quern_value_new_string(q, ...), ...), which the library then
 * frees.  Any other code than QUERN_OK is an error that the plugin may catch, with
 * the message and the hint of *error (filled with zeros before), and which the call of
 * the plugin ends with if it does not.  The function runs in the thread, and in the
 * locale, of whoever called the plugin.  Its time counts, but it is never cut short: a
 * deadline that passes meanwhile ends the plugin when the function has returned.  It may
 * call anything of this library; the plugin that called it answers QUERN_BUSY.
 * Functions are called while a plugin loads, too, where its chunk calls them.
 */
typedef quern_code (*quern_host_fn)(void *user, quern *q, const quern_value *args, quern_value **out,
				    quern_error *error);

typedef struct quern_host_function {
	const char *name; /* letters, digits and _, no digit first; copied */
	quern_host_fn call;
	void *user; /* must be thread-safe when the engine is shared */
} quern_host_function;

/* Receives output piecewise; anything but QUERN_OK stops the writer, which returns it. */
typedef quern_code (*quern_write_fn)(void *user, const char *bytes, size_t len);

/*
 * Reads a file of a plugin in place of the library: hands its bytes to write.  path is a folder of the plugin path, or
 * the plugin's own, "/" and a name; QUERN_NOT_FOUND and QUERN_DENIED look in the next folder.
 */
typedef quern_code (*quern_read_fn)(void *user, const char *path, quern_write_fn write, void *to);

typedef struct quern_config {
	size_t size;
	quern_alloc_fn alloc; /* NULL: malloc */
	void *alloc_user;
	/* Folders searched for plugins by name and for require'd modules, in order; copied. */
	const char *const *plugin_path;
	size_t plugin_path_count;
	/* Hard limits on one document; 0: the default in brackets. */
	size_t max_document_bytes; /* [256 MiB] */
	uint32_t max_nodes;        /* [20,000,000] */
	uint32_t max_depth;        /* [400] deeper structure is flattened with a warning */
	/* Budgets of one call of a plugin function; 0: the default in brackets. */
	/* Seconds of processor time of the calling thread; a call that holds many megabytes ends somewhat before, as one step
	 * over all of them cannot be cut [10] */
	double time_limit;
	size_t memory_limit; /* bytes of one plugin's Lua heap, and of one result [256 MiB] */
	size_t output_limit; /* bytes a call may write, log and return; a message is 512 more, a file 1024 [256 MiB] */
	int unsafe_html;     /* plugins' HTML rendering lets raw HTML and any URL scheme through, asked or not [0] */
	/*
	 * Not 0: the host promises to call quern_tick() some fifty times a second of processor time while plugins of
	 * this engine run, all in one thread.  Then no hook slows their code down [0]
	 */
	int host_ticks;
	/*
	 * Log of the calls that bring none of their own (quern_output.log), of loading among them: print, quern.log and
	 * warnings about values.  plugin is its path; message is not NUL-terminated.  NULL: dropped.
	 */
	void (*log)(void *user, quern_severity severity, const char *plugin, const char *message, size_t len);
	void *log_user;
	const quern_host_function *host_functions; /* copied */
	size_t host_function_count;
	/* Where plugins and modules are read from; must be thread-safe when the engine is shared.  NULL: the file system. */
	quern_read_fn read_file;
	void *read_file_user;
	/* Told, while a document loads, the name of its encoding where iconv does not know that.  NULL: nobody. */
	void (*unknown_encoding)(void *user, const char *name);
	void *unknown_encoding_user;
} quern_config;

#define QUERN_CONFIG_INIT                                                                                              \
	{                                                                                                              \
		sizeof(quern_config), NULL, NULL, NULL, 0, 0, 0, 0, 0.0, 0, 0, 0, 0, NULL, NULL, NULL, 0, NULL, NULL,  \
			NULL, NULL                                                                                     \
	}

/* config NULL: all defaults.  *out is freed by quern_free. */
QUERN_API quern_code quern_new(const quern_config *config, quern **out, quern_error *error);
/* Counted: documents and plugins keep the engine alive; NULL is allowed. */
QUERN_API void quern_free(quern *q);

/* ------------------------------------------------------------------ values */

/* quern_value is ordered plain data: null, boolean, integer, finite float, string, list, map with string keys. */

typedef enum quern_kind {
	QUERN_NULL_VALUE = 0,
	QUERN_BOOLEAN,
	QUERN_INTEGER,
	QUERN_FLOAT,
	QUERN_STRING,
	QUERN_LIST,
	QUERN_MAP
} quern_kind;

/*
 * A root value owns everything below it and is freed whole.  Elements handed
 * out by quern_value_at and quern_value_get belong to their root and must not be freed.
 */
QUERN_API quern_code quern_value_new_map(quern *q, quern_value **out);
QUERN_API quern_code quern_value_new_list(quern *q, quern_value **out);
QUERN_API quern_code quern_value_new_string(quern *q, const char *s, size_t len, quern_value **out); /* copied */
QUERN_API quern_code quern_value_new_integer(quern *q, int64_t i, quern_value **out);
QUERN_API quern_code quern_value_new_float(quern *q, double d, quern_value **out); /* finite, else QUERN_INVALID */
QUERN_API quern_code quern_value_new_boolean(quern *q, int b, quern_value **out);
QUERN_API quern_code quern_value_from_json(quern *q, const char *text, size_t len, quern_value **out,
					   quern_error *error);
QUERN_API void quern_value_free(quern_value *v);

/* Setters on a root map, replacing a key that is there; strings are copied. */
QUERN_API quern_code quern_value_set_string(quern_value *map, const char *key, const char *s, size_t len);
QUERN_API quern_code quern_value_set_integer(quern_value *map, const char *key, int64_t i);
QUERN_API quern_code quern_value_set_float(quern_value *map, const char *key, double d);
QUERN_API quern_code quern_value_set_boolean(quern_value *map, const char *key, int b);
/*
 * Puts a deep copy of item (NULL: null; it stays the caller's) under a key of a root
 * map, or behind the last of a root list.  QUERN_VALUE when that would be nested more than 200 deep.
 */
QUERN_API quern_code quern_value_set(quern_value *map, const char *key, const quern_value *item);
QUERN_API quern_code quern_value_append(quern_value *list, const quern_value *item);

/* v NULL counts as null everywhere below; wrong kinds give 0, NULL or "". */
QUERN_API quern_kind quern_value_kind(const quern_value *v);
QUERN_API int quern_value_boolean(const quern_value *v);
QUERN_API int64_t quern_value_integer(const quern_value *v);
QUERN_API double quern_value_float(const quern_value *v); /* integers are converted */
QUERN_API const char *quern_value_string(const quern_value *v, size_t *len);
QUERN_API size_t quern_value_count(const quern_value *v); /* of a list or map */
QUERN_API const quern_value *quern_value_at(const quern_value *v, size_t i);
QUERN_API const char *quern_value_key(const quern_value *map, size_t i, size_t *len);
QUERN_API const quern_value *quern_value_get(const quern_value *map, const char *key); /* O(1) expected */

/* Deterministic JSON on one line, no newline at the end.  The line is built with malloc: an element knows no engine. */
QUERN_API quern_code quern_value_to_json(const quern_value *v, quern_write_fn write, void *user);

/* --------------------------------------------------------------- documents */

typedef struct quern_doc quern_doc;

typedef enum quern_format {
	QUERN_AUTO = 0,   /* by the path's suffix, else by looking */
	QUERN_MARKDOWN,   /* CommonMark with our dialect, front matter, HTML understood */
	QUERN_COMMONMARK, /* the specification and nothing else */
	QUERN_HTML,
	QUERN_TEXT,
	QUERN_JSON_TREE /* the tree itself, as quern_node_render writes it to "json" */
} quern_format;

typedef struct quern_doc_options {
	size_t size;
	const char *path; /* name in results and diagnostics; NULL: the file's, or "-" */
	quern_format format;
	const char *encoding; /* iconv name; NULL: UTF-8, or what an HTML document declares */
	uint32_t with;        /* QUERN_READ_*: parts of the dialect to read beside QUERN_COMMONMARK [0] */
	uint32_t without;     /* ... and parts not to read in QUERN_MARKDOWN [0] */
	size_t at_first;      /* bytes of a file to read before anybody asks for more; 0: all; see quern_doc_load [0] */
	size_t file_size;     /* of the file, as the caller has seen it [0] */
} quern_doc_options;

#define QUERN_DOC_OPTIONS_INIT                                                                                         \
	{                                                                                                              \
		sizeof(quern_doc_options), NULL, QUERN_AUTO, NULL, 0, 0, 0, 0                                          \
	}

/* What QUERN_MARKDOWN reads beside CommonMark; plugins/README.md says how each looks. */
enum {
	QUERN_READ_FRONT_MATTER = 1 << 0,
	QUERN_READ_HTML = 1 << 1, /* raw HTML becomes nodes; without it, it stays raw */
	QUERN_READ_TABLES = 1 << 2,
	QUERN_READ_STRIKETHROUGH = 1 << 3,
	QUERN_READ_TASKS = 1 << 4,
	QUERN_READ_AUTOLINKS = 1 << 5,
	QUERN_READ_FOOTNOTES = 1 << 6,
	QUERN_READ_ATTRIBUTES = 1 << 7,
	QUERN_READ_DEFINITIONS = 1 << 8,
	QUERN_READ_ABBREVIATIONS = 1 << 9,
	QUERN_READ_TEMPLATES = 1 << 10
};

/*
 * Fills format, with and without from a name as users write it: "auto",
 * "html", "markdown-tables-footnotes", "commonmark+tables".  QUERN_INVALID with a hint where it is none.
 */
QUERN_API quern_code quern_format_read(const char *name, quern_doc_options *options, quern_error *error);

/* "markdown", ... */
QUERN_API const char *quern_format_name(quern_format f);

/* Text is copied.  Front matter and body are parsed when first asked for, once, by whichever thread asks. */
QUERN_API quern_code quern_doc_parse(quern *q, const char *text, size_t len, const quern_doc_options *options,
				     quern_doc **out, quern_error *error);
/*
 * A regular file: pipes and devices are refused unopened.  With at_first and file_size, which says that the caller
 * has looked already, the file is opened at once, and of a longer one in Markdown only the beginning is read if its
 * front matter ends there.  The rest is read when the body, the source or the digest is asked for; until then, or
 * until the document goes, the file stays open.
 */
QUERN_API quern_code quern_doc_load(quern *q, const char *file, const quern_doc_options *options, quern_doc **out,
				    quern_error *error);
/* The same of a regular file that is open at its beginning; fd is taken over, whatever happens. */
QUERN_API quern_code quern_doc_load_open(quern *q, int fd, const quern_doc_options *options, quern_doc **out,
					 quern_error *error);
QUERN_API quern_doc *quern_doc_ref(quern_doc *doc);
QUERN_API void quern_doc_unref(quern_doc *doc);

QUERN_API const char *quern_doc_path(const quern_doc *doc);
QUERN_API quern_format quern_doc_format(const quern_doc *doc);
QUERN_API const char *quern_doc_digest(const quern_doc *doc); /* BLAKE2b-256, hex */
QUERN_API const char *quern_doc_source(const quern_doc *doc, size_t *len);
/* NULL: no front matter, or broken (see the diagnostics). */
QUERN_API const quern_value *quern_doc_meta(const quern_doc *doc);
QUERN_API const char *quern_doc_title(const quern_doc *doc, size_t *len); /* "" when there is none */
/* Parses all that is not parsed yet.  QUERN_NOMEM or QUERN_LIMIT when the body could not be kept. */
QUERN_API quern_code quern_doc_complete(const quern_doc *doc, quern_error *error);
QUERN_API size_t quern_doc_diagnostic_count(const quern_doc *doc);
QUERN_API quern_diagnostic quern_doc_diagnostic(const quern_doc *doc, size_t i);
/* The same for what has been read so far: never makes the body parse.  0 past the last one. */
QUERN_API int quern_doc_diagnostic_so_far(const quern_doc *doc, size_t i, quern_diagnostic *out);
/* Not 0 when nothing is left to parse. */
QUERN_API int quern_doc_is_complete(const quern_doc *doc);

typedef enum quern_view { QUERN_OUTLINE, QUERN_IMAGES, QUERN_LINKS, QUERN_TABLES } quern_view;
/* The derived lists of `show -t json`, as a new root value. */
QUERN_API quern_code quern_doc_view(const quern_doc *doc, quern_view view, quern_value **out);

/* ------------------------------------------------------------------- nodes */

/* A value: copy it freely; valid while the caller holds the document. doc NULL: no node. */
typedef struct quern_node {
	const quern_doc *doc;
	uint32_t index;
} quern_node;

#define QUERN_NODE_NONE(n) ((n).doc == NULL)

/* All O(1) unless said. */
QUERN_API quern_node quern_doc_root(const quern_doc *doc);
QUERN_API const char *quern_node_kind(quern_node n); /* "heading", ...; "" for no node */
QUERN_API quern_node quern_node_parent(quern_node n);
QUERN_API quern_node quern_node_first(quern_node n);
QUERN_API quern_node quern_node_last(quern_node n);
QUERN_API quern_node quern_node_next(quern_node n);
QUERN_API quern_node quern_node_prev(quern_node n);
/* The node after n in document order inside root; none at the end. Start with n = root. */
QUERN_API quern_node quern_node_following(quern_node root, quern_node n);
/* Fields by name: level, url, literal, ...  Absent: 0, fallback, or NULL. */
QUERN_API const char *quern_node_string(quern_node n, const char *field, size_t *len); /* not NUL-terminated */
QUERN_API int64_t quern_node_integer(quern_node n, const char *field, int64_t fallback);
QUERN_API int quern_node_boolean(quern_node n, const char *field);
QUERN_API const char *quern_node_attribute(quern_node n, const char *name, size_t *len); /* not NUL-terminated */
/* 0 where the node has no source.  What is not wanted may be NULL. */
QUERN_API void quern_node_span(quern_node n, uint32_t *line, uint32_t *column, uint32_t *end_line,
			       uint32_t *end_column);
/* Readable text of the subtree.  O(subtree). */
QUERN_API quern_code quern_node_text(quern_node n, quern_write_fn write, void *user);

/*
 * Do two subtrees say the same?  Kinds, fields, attributes in any order, nesting and text count; positions do not.
 * 1 for yes; 0 for no, or where either is no node.  O(the smaller).
 */
QUERN_API int quern_node_equal(quern_node a, quern_node b);

typedef struct quern_selector quern_selector;
QUERN_API quern_code quern_selector_compile(quern *q, const char *css, quern_selector **out, quern_error *error);
QUERN_API void quern_selector_free(quern_selector *s);
/* The next match after n inside root; none at the end.  Start with n = root. */
QUERN_API quern_node quern_selector_next(const quern_selector *s, quern_node root, quern_node n);
/* Where n, the last match, is that of a `section`: the last block of what this heading begins; else no node. */
QUERN_API quern_node quern_selector_section_last(const quern_selector *s, quern_node n);

typedef enum quern_render_flags {
	QUERN_UNSAFE = 1,      /* html: let raw HTML and any URL scheme through */
	QUERN_FRONT_MATTER = 2 /* markdown: keep the front matter */
} quern_render_flags;

/* Added to the flags, markdown: paragraphs are filled to so many columns of a terminal, 1 to 10000. */
#define QUERN_WRAP(columns) ((unsigned)(columns) << 16)

/* to: "html", "markdown", "text", "json" (the node tree) or "tree". */
QUERN_API quern_code quern_node_render(quern_node n, const char *to, unsigned flags, quern_write_fn write, void *user,
				       quern_error *error);
/* The record of `show -t json`, one line with its newline. */
QUERN_API quern_code quern_doc_to_json(const quern_doc *doc, quern_write_fn write, void *user);

/* ----------------------------------------------------------------- schemas */

/* A JSON Schema (2020-12, the part that fits) for front matter; immutable, may be shared between threads. */
typedef struct quern_schema quern_schema;

/* One complaint; d and its strings are valid during the call. */
typedef void (*quern_tell_fn)(void *user, const quern_diagnostic *d);

/*
 * text: JSON or YAML, told apart by the suffix of name or else by looking.  tell
 * (NULL is allowed) gets all that is wrong with the schema, and warnings about keywords
 * that check nothing.  On failure *out is NULL, and error holds the first error (QUERN_SYNTAX).
 */
QUERN_API quern_code quern_schema_read(quern *q, const char *name, const char *text, size_t len, quern_tell_fn tell,
				       void *user, quern_schema **out, quern_error *error);
QUERN_API void quern_schema_free(quern_schema *s);
/*
 * tell (NULL is allowed) gets everything in the front matter of doc that the
 * schema rules out, in the order of the source, and what was wrong with the front
 * matter itself.  A document without front matter is held to be an empty map.
 * QUERN_OK when all is well, QUERN_INVALID otherwise.
 */
QUERN_API quern_code quern_schema_check(const quern_schema *s, const quern_doc *doc, quern_tell_fn tell, void *user,
					quern_error *error);

/* ----------------------------------------------------------------- plugins */

typedef struct quern_plugin quern_plugin;

/*
 * name_or_path: a name found on the engine's plugin path, or a path ending in
 * ".lua".  Runs the chunk under the budgets.  On failure *out is NULL and
 * error says where (QUERN_NOT_FOUND, QUERN_SYNTAX, QUERN_MANIFEST, ...).
 */
QUERN_API quern_code quern_plugin_load(quern *q, const char *name_or_path, quern_plugin **out, quern_error *error);
/*
 * The files that loading name_or_path may read, now or as it runs: the plugin's own, then the modules that a text
 * among them names; where a text may name modules as it runs, by an expression or by load, all modules of the
 * folders.  Nothing is run.  code QUERN_OK: bytes are the file's; QUERN_DENIED: a link leads out of the folder;
 * others: it cannot be read.  What each returns, unless QUERN_OK, ends it.  With read_file this loads a plugin where
 * there is no file system any more.
 */
typedef quern_code (*quern_file_fn)(void *user, const char *path, quern_code code, const char *bytes, size_t len);
QUERN_API quern_code quern_plugin_files(quern *q, const char *name_or_path, quern_file_fn each, void *user,
					quern_error *error);
/* From memory; path is what errors call it and, if it names a folder, where require looks first. */
QUERN_API quern_code quern_plugin_load_source(quern *q, const char *path, const char *text, size_t len,
					      quern_plugin **out, quern_error *error);
/* NULL is allowed.  From inside a call of the plugin (a callback, a host function): freed when that ends. */
QUERN_API void quern_plugin_free(quern_plugin *p);
/*
 * Loads it again, modules included, and sets the same options, format and instant: from text (copied),
 * or where that is NULL from the file that quern_plugin_path names.  When anything of
 * that fails, the plugin stays as it is and goes on working; else its manifest, and the strings taken
 * from it, are new.  QUERN_BUSY from inside a call of the plugin.
 */
QUERN_API quern_code quern_plugin_reload(quern_plugin *p, const char *text, size_t len, quern_error *error);
/* How many calls (reload, map, reduce, render) of this plugin have ended with this code so far. */
QUERN_API uint64_t quern_plugin_outcomes(const quern_plugin *p, quern_code code);

QUERN_API const char *quern_plugin_name(const quern_plugin *p);
QUERN_API const char *quern_plugin_path(const quern_plugin *p);
/* {name, summary, formats: [...], options: [{name, type, default, help, ...}], map, reduce, render: booleans} */
QUERN_API const quern_value *quern_plugin_manifest(const quern_plugin *p);

/*
 * Sets options from a map (NULL: defaults), the output format (NULL: the
 * first) and the instant of opts.now (NULL: "1970-01-01T00:00:00Z").  String values are converted
 * to the type that the manifest declares, as from a command line.  QUERN_INVALID
 * names the option, the value and what is allowed.  Call before map; may be called again.
 */
QUERN_API quern_code quern_plugin_configure(quern_plugin *p, const quern_value *options, const char *to,
					    const char *now, quern_error *error);
/*
 * BLAKE2b-256, in hex, of all that decides what map returns but the document and
 * its options: the plugin's source and modules, its options, format and instant,
 * the engine's limits, quern's version.  NULL where that cannot be known: a
 * module was required whose name stands in no source, or the engine has host functions.  Valid until the next call
 * on the plugin; to be asked again after a map whose result is to be kept.
 */
QUERN_API const char *quern_plugin_digest(quern_plugin *p);
/*
 * Between watching and asking: whether a map looked at opts.to.  Where none did,
 * its values are good for every format of the plugin.  Each call forgets
 * what was known; on 0 ends the watch, which costs map half a microsecond.
 */
QUERN_API void quern_plugin_watch_format(quern_plugin *p, int on);
QUERN_API int quern_plugin_read_format(const quern_plugin *p);
/* The format in force. */
QUERN_API const char *quern_plugin_format(const quern_plugin *p);

/* Where a call's side results go.  Members may be NULL: then files are refused and the log is dropped. */
typedef struct quern_output {
	size_t size;
	void *user;
	/* out:write(path, text): path is relative, normalised, free of "..", NUL and empty parts. */
	quern_code (*file)(void *user, const char *path, const char *bytes, size_t len);
	/* print, quern.log and warnings about values; message is not NUL-terminated. */
	void (*log)(void *user, quern_severity severity, const char *message, size_t len);
} quern_output;

#define QUERN_OUTPUT_INIT                                                                                              \
	{                                                                                                              \
		sizeof(quern_output), NULL, NULL, NULL                                                                 \
	}

/*
 * The pure function: one document in, one value out (NULL in *out for nil).
 * The value is the caller's.  After QUERN_TIMEOUT, QUERN_NOMEM, QUERN_STACK or
 * QUERN_INTERRUPTED the state is gone: the next call builds a new one from the same source and options.
 */
QUERN_API quern_code quern_plugin_map(quern_plugin *p, const quern_doc *doc, const quern_output *output,
				      quern_value **out, quern_error *error);
/*
 * The same, with the value as one line of JSON, as quern_value_to_json writes it, handed to write in one
 * piece; write is not called for nil.  Cheaper where JSON is all that is wanted.
 */
QUERN_API quern_code quern_plugin_map_json(quern_plugin *p, const quern_doc *doc, const quern_output *output,
					   quern_write_fn write, void *user, quern_error *error);
/* reduce(a, b): a and b stay the caller's.  QUERN_INVALID when the plugin has none. */
QUERN_API quern_code quern_plugin_reduce(quern_plugin *p, const quern_value *a, const quern_value *b, quern_value **out,
					 quern_error *error);

/* What render reads: results by ordinal.  get is called in any order; *value is valid until the next get. */
typedef struct quern_results {
	size_t size;
	void *user;
	size_t count;
	quern_code (*get)(void *user, size_t i, const char **path, const quern_value **value);
	const quern_value *reduced; /* not NULL: the plugin reduces; render gets this and get is not called */
} quern_results;

#define QUERN_RESULTS_INIT                                                                                             \
	{                                                                                                              \
		sizeof(quern_results), NULL, 0, NULL, NULL                                                             \
	}

/* Writes the text; with a plugin that has no render, the {"path","value"} lines. */
QUERN_API quern_code quern_plugin_render(quern_plugin *p, const quern_results *results, const quern_output *output,
					 quern_write_fn write, void *user, quern_error *error);

/* From any thread: the running call, or else the next one, ends with QUERN_INTERRUPTED. One atomic store. */
QUERN_API void quern_plugin_interrupt(quern_plugin *p);

/*
 * With host_ticks: looks whether the time of the call that runs is up, or whether it was interrupted; if so the call
 * ends at its next instruction.  Async-signal-safe: made to be called by the handler of a timer's signal,
 * in the thread that runs the plugins.  Between calls, or without host_ticks, it does nothing.
 * Returns by how many seconds the call is over its time, 0 for most: what cannot be ended, as the parsing of a very
 * long document, runs on, and a process that is there for nothing else may then end itself.
 */
QUERN_API double quern_tick(quern *q);

#ifdef __cplusplus
}
#endif

#endif
