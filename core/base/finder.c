/*
 * finder.c - the trie: tables for the first byte and the first two, and the
 * other edges in a hash table from (node, byte) to node, at most half full.
 */
#include "base/finder.h"

#include "base/ascii.h"

#define NODES_MAX ((size_t)1 << 22)
#define NO_WORD   UINT32_MAX

struct edge {
	uint32_t key; /* node * 256 + byte, plus 1 so that 0 is empty */
	uint32_t to;
};

struct finder {
	uint32_t n_nodes, mask;
	unsigned mode;
	uint32_t first[256]; /* node after the first byte, folded; 0: no word begins so */
	uint32_t pairs
		[2048];  /* bits: some word begins with these two bytes, or is the first alone; every form of them */
	bool leads[256]; /* some word begins with this byte; every form of it */
	struct edge edges[];
};

static size_t edges_for(size_t n_bytes)
{
	size_t n = 8;
	while (n < 2 * n_bytes)
		n *= 2;
	return n;
}

size_t finder_size(size_t n_words, size_t n_bytes)
{
	if (n_words >= NODES_MAX || n_bytes >= NODES_MAX)
		return 0;
	return sizeof(struct finder) + edges_for(n_bytes) * sizeof(struct edge) + (n_bytes + 1) * sizeof(uint32_t);
}

static uint32_t *words_of(const struct finder *f)
{
	return (uint32_t *)(uintptr_t)(f->edges + f->mask + 1);
}

static unsigned char folded(unsigned mode, char c)
{
	unsigned char b = (unsigned char)c;
	if ((mode & FINDER_DIGIT) && b >= '1' && b <= '9')
		return '0';
	return (mode & FINDER_FOLD) && b >= 'A' && b <= 'Z' ? (unsigned char)(b + 32) : b;
}

/* The edge of this key, or the empty place where it would stand. */
static uint32_t edge_find(const struct finder *f, uint32_t node, unsigned char byte)
{
	uint32_t key = node * 256 + byte + 1, i = (key * 2654435761u) >> 7 & f->mask;
	while (f->edges[i].key && f->edges[i].key != key)
		i = (i + 1) & f->mask;
	return i;
}

/* Whether a word may begin with these two bytes: what most places of a text are spared more by. */
static bool pair_begins(const struct finder *f, unsigned char a, unsigned char b)
{
	return f->pairs[a * 8 + b / 32] >> (b % 32) & 1;
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
	unsigned char first[10], second[10];
	size_t n_first = forms_of(f->mode, word.p[0], first);
	size_t n_second = word.n > 1 ? forms_of(f->mode, word.p[1], second) : 0;
	for (size_t i = 0; i < n_first; i++) {
		uint32_t *row = &f->pairs[first[i] * 8];
		f->leads[first[i]] = true;
		if (word.n == 1)
			memset(row, 0xFF, 8 * sizeof *row);
		for (size_t k = 0; k < n_second; k++)
			row[second[k] / 32] |= (uint32_t)1 << (second[k] % 32);
	}
}

static void add_word(struct finder *f, struct str word, uint32_t number)
{
	uint32_t *words = words_of(f);
	uint32_t node = 0;
	for (size_t i = 0; i < word.n; i++) {
		unsigned char byte = folded(f->mode, word.p[i]);
		uint32_t *to = &f->first[byte];
		if (i > 0) {
			struct edge *e = &f->edges[edge_find(f, node, byte)];
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
}

bool finder_init(struct finder *f, const struct str *words, size_t n, unsigned mode)
{
	size_t n_bytes = 0;
	for (size_t i = 0; i < n; i++) {
		if (words[i].n == 0 || words[i].n > FINDER_WORD_MAX)
			return false;
		n_bytes += words[i].n;
	}
	memset(f, 0, finder_size(n, n_bytes));
	f->mode = mode;
	f->mask = (uint32_t)edges_for(n_bytes) - 1;
	for (size_t i = 0; i < n; i++) {
		add_pair(f, words[i]);
		add_word(f, words[i], (uint32_t)i);
	}
	return true;
}

/* The longest word at a place; 0 where there is none. */
static size_t match_at(const struct finder *f, struct str text, size_t from, uint32_t *word)
{
	const uint32_t *words = words_of(f);
	uint32_t node = f->first[folded(f->mode, text.p[from])];
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
		node = f->edges[edge_find(f, node, folded(f->mode, text.p[i]))].to;
	}
	return best;
}

bool finder_next(const struct finder *f, struct str text, size_t from, size_t until, struct finder_match *out)
{
	size_t end = until < text.n ? until : text.n;
	for (size_t i = from; i < end; i++) {
		unsigned char byte = (unsigned char)text.p[i];
		if (!f->leads[byte])
			continue;
		if (i + 1 < text.n && !pair_begins(f, byte, (unsigned char)text.p[i + 1]))
			continue;
		if ((f->mode & FINDER_WHOLE) && i > 0 && ascii_is_letter(byte) &&
		    ascii_is_letter((unsigned char)text.p[i - 1]))
			continue;
		size_t n = match_at(f, text, i, &out->word);
		if (n) {
			out->from = i;
			out->to = i + n;
			return true;
		}
	}
	return false;
}
