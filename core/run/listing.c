/*
 * listing.c - see listing.h.
 */
#include "run/listing.h"

#include <string.h>

#include "run/wire.h"

static const uint64_t piece_items = 512;

/* What decides which names are in a listing, and how it is written. */
static void digest_make(struct listing *l, const struct alloc *heap, const struct wanted *wanted)
{
	struct buf b;

	buf_init(&b, heap, 0);
	buf_addz(&b, "listing 1");
	wire_put_number(&b, wanted->n_include);
	for (size_t i = 0; i < wanted->n_include; i++)
		wire_put_string(&b, wanted->include[i]);
	for (size_t i = 0; i < wanted->n_exclude; i++)
		wire_put_string(&b, wanted->exclude[i]);
	if (buf_ok(&b))
		digest_hex(buf_str(&b), l->digest);
	buf_release(&b);
}

void listing_init(struct listing *l, const struct alloc *heap, const struct wanted *wanted)
{
	*l = (struct listing){ .cache = NULL };
	buf_init(&l->key, heap, 0);
	buf_init(&l->in, heap, 0);
	buf_init(&l->out, heap, 0);
	digest_make(l, heap, wanted);
}

void listing_release(struct listing *l)
{
	buf_release(&l->key);
	buf_release(&l->in);
	buf_release(&l->out);
}

/* No document has a path like this. */
static const char *key_of(struct listing *l)
{
	buf_clear(&l->key);
	buf_addf(&l->key, "%s//%llu", l->archive, (unsigned long long)l->piece);
	return buf_ok(&l->key) ? l->key.p : NULL;
}

/* The piece of this number, if it is known and holds. */
static bool piece_load(struct listing *l)
{
	const char *key = l->cache && l->digest[0] ? key_of(l) : NULL;
	struct cache_entry entry;

	if (!key || cache_find(l->cache, key, &l->stamp, &entry) != CACHE_FRESH || strcmp(entry.digest, l->digest) != 0)
		return false;
	buf_clear(&l->in);
	buf_adds(&l->in, entry.outcome);
	l->rest = (struct wire_reader){ buf_str(&l->in).p, buf_str(&l->in).p + l->in.n, !buf_ok(&l->in) };
	l->is_last = wire_number(&l->rest) != 0;
	l->left = wire_number(&l->rest);
	return !l->rest.failed;
}

static void piece_keep(struct listing *l, bool is_last)
{
	const char *key = l->gathering ? key_of(l) : NULL;
	struct buf piece;

	buf_init(&piece, l->out.heap, 0);
	wire_put_number(&piece, is_last);
	wire_put_number(&piece, l->gathered);
	buf_adds(&piece, buf_str(&l->out));
	l->gathering = key && buf_ok(&l->out) && buf_ok(&piece);
	if (l->gathering)
		cache_put(l->cache, key, &l->stamp, l->digest, buf_str(&piece));
	buf_release(&piece);
	buf_clear(&l->out);
	l->gathered = 0;
	l->piece++;
}

void listing_begin(struct listing *l, const char *archive, const struct stat *st)
{
	l->archive = archive;
	l->stamp = file_stamp_of(st);
	l->piece = l->gathered = l->left = 0;
	buf_clear(&l->out);
	l->is_last = false;
	l->gathering = l->cache && l->digest[0];
	l->serving = piece_load(l);
}

enum listing_got listing_next(struct listing *l, struct reader_item *item)
{
	if (l->serving && l->left == 0) {
		if (l->is_last)
			return LISTING_END;
		l->piece++;
		l->serving = piece_load(l);
	}
	if (!l->serving)
		return LISTING_UNKNOWN;
	const bool is_member = wire_number(&l->rest) != 0;
	*item = (struct reader_item){ .name = wire_string(&l->rest) };
	if (!is_member) {
		item->severity = wire_number(&l->rest) == SEVERITY_WARNING ? SEVERITY_WARNING : SEVERITY_ERROR;
		item->message = wire_string(&l->rest);
		item->hint = wire_string(&l->rest);
	}
	l->left--;
	/* What does not read is read again, and not kept: pieces begin at their own items. */
	if (l->rest.failed || !item->name || (!is_member && !item->message)) {
		l->serving = l->gathering = false;
		return LISTING_UNKNOWN;
	}
	return is_member ? LISTING_MEMBER : LISTING_PROBLEM;
}

void listing_add(struct listing *l, bool is_member, const struct reader_item *item)
{
	if (!l->gathering)
		return;
	wire_put_number(&l->out, is_member);
	wire_put_string(&l->out, item->name);
	if (!is_member) {
		wire_put_number(&l->out, (uint64_t)item->severity);
		wire_put_string(&l->out, item->message);
		wire_put_string(&l->out, item->hint);
	}
	if (++l->gathered == piece_items)
		piece_keep(l, false);
}

void listing_end(struct listing *l)
{
	if (l->gathering && !l->serving)
		piece_keep(l, true);
	l->gathering = false;
}

void listing_forget(struct listing *l)
{
	l->gathering = l->serving = false;
}
