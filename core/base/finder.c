/*
 * finder.c - the trie: a row for each first byte, with all bytes that may come
 * second, and the other edges in a hash table from (node, byte) to node, at most half full.
 */
#include "base/finder.h"

#include "base/ascii.h"
#include "base/finder_look.h"

#define NODES_MAX ((size_t)1 << 22)
#define NO_WORD   UINT32_MAX
/* Places that are looked at for an edge; words that are chosen to need more are refused. */
#define PROBE_MAX 128

struct edge {
	uint32_t key; /* node * 256 + byte, plus 1 so that 0 is empty */
	uint32_t to;
};

/* Bytes that heads are made of, and bits for all heads. */
#define HEAD_BYTES ((size_t)3)
#define HEAD_BITS  2048

/* Of the words that begin with one byte, in any of its forms. */
struct row {
	uint32_t node;
	bool has_short;    /* one has fewer than HEAD_BYTES */
	uint32_t pairs[8]; /* bits: a word goes on with this byte in one of its forms, or has one byte only */
};

struct finder {
	uint32_t n_nodes, mask, n_rows;
	unsigned mode;
	struct finder_look look;
	uint32_t heads[HEAD_BITS / 32]; /* bits: a word begins with HEAD_BYTES of this number */
	uint16_t row_of[256];           /* 0: no word begins with this byte; else the row's place plus 1 */
	struct row rows[];              /* edges and words follow */
};

static size_t edges_for(size_t n_bytes)
{
	size_t n = 8;
	while (n < 2 * n_bytes)
		n *= 2;
	return n;
}

static struct edge *edges_of(const struct finder *f)
{
	return (struct edge *)(uintptr_t)(f->rows + f->n_rows);
}

static uint32_t *words_of(const struct finder *f)
{
	return (uint32_t *)(edges_of(f) + f->mask + 1);
}

static unsigned char folded(unsigned mode, char c)
{
	unsigned char b = (unsigned char)c;
	if ((mode & FINDER_DIGIT) && b >= '1' && b <= '9')
		return '0';
	return (mode & FINDER_FOLD) && b >= 'A' && b <= 'Z' ? (unsigned char)(b + 32) : b;
}

/* The edge of this key, or the empty place where it would stand; NULL where neither is near. */
static struct edge *edge_find(struct edge *edges, uint32_t mask, uint32_t node, unsigned char byte)
{
	const uint32_t key = node * 256 + byte + 1, at = (key * 2654435761u) >> 7;
	for (uint32_t n = 0; n < PROBE_MAX; n++) {
		struct edge *e = &edges[(at + n) & mask];
		if (!e->key || e->key == key)
			return e;
	}
	return NULL;
}

/* Whether a word of the row may go on with this byte: what most places of a text are spared more by. */
static bool goes_on(const struct row *row, unsigned char b)
{
	return row->pairs[b / 32] >> (b % 32) & 1;
}

/* All bytes that fold to the same as this one, at most ten; how many. */
static size_t forms_of(unsigned mode, char c, unsigned char out[10])
{
	unsigned char b = folded(mode, c);
	size_t n = 0;
	out[n++] = b;
	if ((mode & FINDER_DIGIT) && b == '0') {
		while (n < 10) {
			out[n] = (unsigned char)('0' + n);
			n++;
		}
	} else if ((mode & FINDER_FOLD) && b >= 'a' && b <= 'z') {
		out[n++] = (unsigned char)(b - 32);
	}
	return n;
}

/* So that the walk over a text folds no byte until a word may begin there. */
static void add_pair(struct finder *f, struct str word)
{
	unsigned char second[10];
	size_t n_second = word.n > 1 ? forms_of(f->mode, word.p[1], second) : 0;
	struct row *row = &f->rows[f->row_of[folded(f->mode, word.p[0])] - 1];
	if (word.n == 1)
		memset(row->pairs, 0xFF, sizeof row->pairs);
	for (size_t k = 0; k < n_second; k++)
		row->pairs[second[k] / 32] |= (uint32_t)1 << (second[k] % 32);
}

/* False: there is no place for it. */
static bool add_word(struct finder *f, struct str word, uint32_t number)
{
	uint32_t *words = words_of(f);
	uint32_t node = 0;
	for (size_t i = 0; i < word.n; i++) {
		unsigned char byte = folded(f->mode, word.p[i]);
		uint32_t *to;
		if (i == 0) {
			to = &f->rows[f->row_of[byte] - 1].node;
		} else {
			struct edge *e = edge_find(edges_of(f), f->mask, node, byte);
			if (!e)
				return false;
			e->key = node * 256 + byte + 1;
			to = &e->to;
		}
		if (!*to) {
			*to = ++f->n_nodes;
			words[*to] = NO_WORD;
		}
		node = *to;
	}
	if (words[node] == NO_WORD)
		words[node] = number;
	return true;
}

/* How many bytes two words have in common from their beginning on. */
static size_t common_start(struct str a, struct str b)
{
	size_t n = 0;
	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	return n;
}

/*
 * Gives each byte that a word begins with the row of its folded form.  How many rows, and bytes that words have beyond what
 * they begin with as the one before did: in order, as most lists are, that is as many as there will be nodes.
 */
static uint32_t rows_give(const struct str *words, size_t n, unsigned mode, uint16_t row_of[256], size_t *n_bytes)
{
	uint16_t n_rows = 0;
	*n_bytes = 0;
	memset(row_of, 0, 256 * sizeof row_of[0]);
	for (size_t i = 0; i < n; i++) {
		unsigned char forms[10];
		*n_bytes += words[i].n - (i > 0 ? common_start(words[i - 1], words[i]) : 0);
		if (words[i].n == 0 || row_of[(unsigned char)words[i].p[0]])
			continue;
		n_rows++;
		for (size_t k = forms_of(mode, words[i].p[0], forms); k > 0; k--)
			row_of[forms[k - 1]] = n_rows;
	}
	return n_rows;
}

static size_t size_for(size_t n_rows, size_t n_bytes)
{
	return sizeof(struct finder) + n_rows * sizeof(struct row) + edges_for(n_bytes) * sizeof(struct edge) +
	       (n_bytes + 1) * sizeof(uint32_t);
}

size_t finder_size(size_t n_words, size_t n_bytes)
{
	if (n_words >= NODES_MAX || n_bytes >= NODES_MAX)
		return 0;
	return size_for(n_words < 256 ? n_words : 256, n_bytes);
}

/* A number for the first HEAD_BYTES at p, the same for all forms of them. */
static inline uint32_t head_of(unsigned mode, const char *p)
{
	uint32_t bytes = (uint32_t)(unsigned char)p[0] << 16 | (uint32_t)(unsigned char)p[1] << 8 | (unsigned char)p[2];
	bytes |= 0x202020; /* in small letters */
	if (mode & FINDER_DIGIT) {
		/* of each byte from 0x30 to 0x3F, the digits among them, the lower half away */
		const uint32_t other = (bytes & 0xF0F0F0F0) ^ 0x30303030;
		const uint32_t tops = other | other << 1 | other << 2 | other << 3;
		bytes &= ~(((~tops & 0x80808080) >> 7) * 0x0F);
	}
	return (bytes * 2654435761u) >> 21;
}

static void add_head(struct finder *f, struct str word)
{
	if (word.n < HEAD_BYTES) {
		f->rows[f->row_of[(unsigned char)word.p[0]] - 1].has_short = true;
		return;
	}
	const uint32_t head = head_of(f->mode, word.p);
	f->heads[head / 32] |= (uint32_t)1 << (head % 32);
}

/* Words that begin much alike: by the first byte and two bits of the second. */
static unsigned part_of(const struct finder *f, struct str word)
{
	unsigned char first = folded(f->mode, word.p[0]), second = word.n > 1 ? folded(f->mode, word.p[1]) : 0;
	return first * 4u + (second < 0x80 ? second >> 3 & 3 : second >> 4 & 3);
}

static void look_for(struct finder *f, struct str word, unsigned bucket)
{
	for (unsigned k = 0; k < LOOK_BYTES; k++) {
		unsigned char forms[10];
		size_t n = k < word.n ? forms_of(f->mode, word.p[k], forms) : 0;
		for (size_t i = 0; i < n; i++)
			finder_look_add(&f->look, bucket, k, forms[i]);
		if (n == 0)
			finder_look_any(&f->look, bucket, k);
	}
}

static void add_looks(struct finder *f, const struct str *words, size_t n)
{
	uint32_t parts[LOOK_PARTS] = { 0 };
	unsigned char buckets[LOOK_PARTS];
	for (size_t i = 0; i < n; i++)
		parts[part_of(f, words[i])]++;
	finder_look_share(parts, buckets);
	for (size_t i = 0; i < n; i++)
		look_for(f, words[i], buckets[part_of(f, words[i])]);
}

bool finder_init(struct finder *f, const struct str *words, size_t n, unsigned mode)
{
	uint16_t row_of[256];
	size_t n_bytes;
	const uint32_t n_rows = rows_give(words, n, mode, row_of, &n_bytes);
	for (size_t i = 0; i < n; i++)
		if (words[i].n == 0 || words[i].n > FINDER_WORD_MAX)
			return false;
	memset(f, 0, size_for(n_rows, n_bytes));
	memcpy(f->row_of, row_of, sizeof row_of);
	f->n_rows = n_rows;
	f->mode = mode;
	f->mask = (uint32_t)edges_for(n_bytes) - 1;
	for (size_t i = 0; i < n; i++) {
		add_pair(f, words[i]);
		if (!add_word(f, words[i], (uint32_t)i))
			return false;
		add_head(f, words[i]);
	}
	if (n > 0 && finder_look_works())
		add_looks(f, words, n);
	return true;
}

/* The longest word at a place; 0 where there is none. */
static size_t match_at(const struct finder *f, const struct row *row, struct str text, size_t from, uint32_t *word)
{
	struct edge *edges = edges_of(f);
	const uint32_t *words = words_of(f);
	uint32_t node = row->node;
	size_t best = 0;
	for (size_t i = from; node;) {
		i++;
		if (words[node] != NO_WORD &&
		    !((f->mode & FINDER_WHOLE) && i < text.n && ascii_is_letter((unsigned char)text.p[i - 1]) &&
		      ascii_is_letter((unsigned char)text.p[i]))) {
			best = i - from;
			*word = words[node];
		}
		if (i >= text.n)
			break;
		const struct edge *e = edge_find(edges, f->mask, node, folded(f->mode, text.p[i]));
		node = e ? e->to : 0;
	}
	return best;
}

/* The row of a word that may begin at a place, by what follows there; NULL where none does. */
static inline const struct row *row_at(const struct finder *f, struct str text, size_t at)
{
	const uint16_t number = f->row_of[(unsigned char)text.p[at]];
	const struct row *row = &f->rows[number - (number > 0)];
	if (!number || (at + 1 < text.n && !goes_on(row, (unsigned char)text.p[at + 1])))
		return NULL;
	if (row->has_short)
		return row;
	if (text.n - at < HEAD_BYTES)
		return NULL;
	const uint32_t head = head_of(f->mode, text.p + at);
	return f->heads[head / 32] >> (head % 32) & 1 ? row : NULL;
}

/* Whether a word of this row stands at a place. */
static bool is_match(const struct finder *f, const struct row *row, struct str text, size_t at,
		     struct finder_match *out)
{
	if ((f->mode & FINDER_WHOLE) && at > 0 && ascii_is_letter(text.p[at]) && ascii_is_letter(text.p[at - 1]))
		return false;
	size_t n = match_at(f, row, text, at, &out->word);
	out->from = at;
	out->to = at + n;
	return n > 0;
}

static bool find_by_look(const struct finder *f, struct str text, size_t at, size_t end, struct finder_match *out)
{
	while (at < end) {
		uint32_t places = finder_look_next(&f->look, text, &at, end, f->mode & FINDER_WHOLE);
		for (; places; places &= places - 1) {
			size_t i = at - LOOK_PLACES + (unsigned)__builtin_ctz(places);
			if (i >= end)
				return false;
			const struct row *row = row_at(f, text, i);
			if (row && is_match(f, row, text, i, out))
				return true;
		}
	}
	return false;
}

bool finder_next(const struct finder *f, struct str text, size_t from, size_t until, struct finder_match *out)
{
	size_t end = until < text.n ? until : text.n;
	if (from + 1 < end && f->n_rows > 0 && finder_look_works())
		return find_by_look(f, text, from, end, out);
	for (size_t i = from; i < end; i++) {
		const struct row *row = row_at(f, text, i);
		if (row && is_match(f, row, text, i, out))
			return true;
	}
	return false;
}
